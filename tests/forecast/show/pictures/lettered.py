"""Where the letters of a picture stand once it is drawn."""

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from forecast.show.pictures.style import styled

SLACK = 1.5
"""Pixels, at 100 an inch, by which the boxes of two texts may touch."""


def boxes(figure):
    """Each text that is seen, with its box in pixels."""
    figure.set_dpi(100)
    with styled():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer = canvas.get_renderer()
        unseen = _undrawn(figure)
        return [
            (one.get_text(), one.get_window_extent(renderer))
            for one in figure.findobj(Text)
            if one.get_visible() and one.get_text().strip() and one not in unseen
        ]


def _undrawn(figure):
    """The labels of ticks outside the axes, which matplotlib keeps and does not draw."""
    axis = [one for axes in figure.axes for one in (axes.xaxis, axes.yaxis)]
    drawn = {tick for one in axis for tick in one._update_ticks()}
    every = {tick for one in axis for tick in (*one.majorTicks, *one.minorTicks)}
    return {label for tick in every - drawn for label in (tick.label1, tick.label2)}


def collisions(figure):
    """The pairs of texts that stand in one another's way, and those that leave the figure."""
    found = boxes(figure)
    crossed = [
        (one, other)
        for (one, first), (other, second) in combinations(found, 2)
        if min(first.x1, second.x1) - max(first.x0, second.x0) > SLACK
        and min(first.y1, second.y1) - max(first.y0, second.y0) > SLACK
    ]
    width, height = (100 * inches for inches in figure.get_size_inches())
    beyond = [
        (text, "beyond the figure")
        for text, box in found
        if box.x0 < -SLACK or box.y0 < -SLACK or box.x1 > width + SLACK or box.y1 > height + SLACK
    ]
    return crossed + beyond
