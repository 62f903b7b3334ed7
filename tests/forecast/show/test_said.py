"""What was said of a question, and in which words, on a terminal."""

from datetime import UTC, datetime

import pytest

from forecast.show.question import print_question
from forecast.views.worded import worded
from tests.forecast.show.test_question import view  # noqa: F401

DAY = datetime(2023, 3, 14, tzinfo=UTC)


@pytest.fixture
def shown(view, capsys):  # noqa: F811
    def of(**more):
        print_question({**view, **more})
        return capsys.readouterr().out

    return of


def test_a_clarification_stands_with_the_question(shown):
    text = shown(clarifications=[{"at": DAY, "by": "Bo", "why": "drizzle\x1b[2J counts"}])
    assert "No if not.\n\nClarified on 14 Mar 2023 by Bo: drizzle [2J counts\n" in text


def test_a_disputed_resolution_says_so(shown):
    told = {"at": DAY, "by": "Bo", "why": "it was sleet", "settled": ""}
    text = shown(
        resolution="yes",
        resolved_at=DAY,
        resolution_source="a paper",
        disputed=True,
        disputes=[told],
    )
    assert "resolved yes on 14 Mar 2023 (a paper), disputed; opened" in text
    assert "Disputed on 14 Mar 2023 by Bo: it was sleet\n" in text


def test_comments_and_notes_have_their_own_parts(shown):
    said = {"id": "C1", "at": DAY, "by": "Bo", "text": "clouds"}
    text = shown(comments=[said], notes=[{**said, "id": "N1", "by": "Ana"}])
    assert "\nComments\n  C1  14 Mar 2023  Bo: clouds\n" in text
    assert "\nYour notes, shown to nobody else\n  N1  14 Mar 2023  Ana: clouds\n" in text


def test_words_stand_beside_the_numbers_where_they_are_asked_for(view, capsys):  # noqa: F811
    view["crowd"] = {"n": 2, "prob": 0.9, "method": "mean"}
    print_question(worded(view))
    text = capsys.readouterr().out
    assert "belief     30%  ███·······  unlikely; 10% to 60%" in text
    assert "crowd      90%  █████████·  very likely; mean of 2" in text
