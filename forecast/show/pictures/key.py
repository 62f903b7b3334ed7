"""The key of a question's picture: its numbered reports, with how far each moved the belief."""

from collections.abc import Sequence
from typing import Final

from forecast.show.pictures import style
from forecast.show.pictures.course import Course, Move
from forecast.show.pictures.frame import Frame
from forecast.show.pictures.layout import LEFT, LIST_LINE, RIGHT, Layout
from forecast.show.pictures.lettering import shortened, width_of, write_lines
from forecast.show.pictures.telling import left_out, steps_of
from forecast.show.terminal import clean, day

GAP: Final = 0.15
MOST: Final = 3.0
"""How wide the column of moves may become; a report that was judged often is cut."""


def write_key(frame: Frame, layout: Layout, course: Course, moves: Sequence[Move]) -> None:
    """Write a line for each numbered report: number, day, title, and its moves, in columns."""
    rows = [
        (str(first.number), day(first.at), clean(first.title), shortened(moved, MOST, style.SMALL))
        for first, moved in steps_of(moves)
    ]
    if not rows:
        return
    size = {"fontsize": style.SMALL}
    numbers, dates, titles, moved = zip(*rows, strict=True)
    left, down = LEFT, frame.top + layout.list_top
    right = layout.width - RIGHT
    after = left + _widest(numbers)
    write_lines(frame.figure, numbers, after, down, LIST_LINE, ha="right", **size)
    write_lines(frame.figure, dates, after + GAP, down, LIST_LINE, **size)
    begin = after + 2 * GAP + _widest(dates)
    room = right - _widest(moved) - GAP - begin
    short = [shortened(one, room, style.SMALL) for one in titles]
    write_lines(frame.figure, short, begin, down, LIST_LINE, **size)
    down = write_lines(frame.figure, moved, right, down, LIST_LINE, ha="right", **size)
    if missing := left_out(course, moves):
        said = f"and {missing} report{'' if missing == 1 else 's'} that moved it less"
        write_lines(frame.figure, [said], after + GAP, down, LIST_LINE, **size)


def _widest(texts: Sequence[str]) -> float:
    return max((width_of(text, style.SMALL) for text in texts), default=0.0)
