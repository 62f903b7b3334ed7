"""Sources: what was learned of them, and what was not."""

import pytest

from forecast.show.pictures.drawn import svg_of
from forecast.show.pictures.sources import SHOWN, explanation, headline, sources_figure
from forecast.show.pictures.style import BLUE, PAPER
from tests.forecast.show.pictures.views import SOURCES, source

COLD = [source("wire", 0.3, fit="cold"), source("radio", 0.1, fit="cold")]


def test_the_title_says_who_counts_most_and_whether_they_can_be_told_apart():
    assert headline(SOURCES) == "wire counts most, 0.80 of what judges state; radio least, 0.10"
    near = [SOURCES[0], {**SOURCES[1], "ci_high": 0.7}]
    assert headline(near).endswith("but no source can be told from the others yet")
    assert headline(SOURCES[:1]) == "Of wire alone something is learned: it counts 0.80"


def test_without_a_fit_nothing_is_learned():
    assert headline(COLD) == "Nothing is learned of any source yet: they count by their grades"
    assert "Learned by" not in explanation(COLD)


def test_what_rests_on_a_grade_alone_is_hollow():
    dots = [line for line in sources_figure(SOURCES).axes[0].lines if line.get_marker() == "o"]
    assert [dot.get_markerfacecolor() for dot in dots] == [BLUE, BLUE, PAPER]


def test_those_beyond_the_picture_are_counted():
    many = [source(f"paper {n}", 0.5) for n in range(SHOWN + 3)]
    assert "3 more are not shown." in svg_of(sources_figure(many))


def test_no_sources_are_no_picture():
    with pytest.raises(ValueError, match="no sources"):
        sources_figure([])
