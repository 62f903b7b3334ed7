"""One question as a person reads it."""

from datetime import UTC, datetime

import pytest

from forecast.show.question import print_question

OPEN = datetime(2023, 3, 13, tzinfo=UTC)
CLOSE = datetime(2023, 5, 1, tzinfo=UTC)
HELD = {
    "prob": 0.3,
    "ci_low": 0.1,
    "ci_high": 0.6,
    "ci_prob": 0.9,
    "fit": "cold",
    "needs_refit": False,
}


@pytest.fixture
def view():
    return {
        "id": "Q1",
        "title": "Will it rain?",
        "status": "open",
        "open_time": OPEN,
        "scheduled_close_time": CLOSE,
        "resolution": None,
        "resolved_at": None,
        "resolution_source": None,
        "resolution_criteria": "Yes if it rains.\nNo if not.",
        "fine_print": "",
        "quote": None,
        "article": None,
        "prior": {"mean": 0.25, "why": "springs"},
        "belief": HELD,
        "joint": {**HELD, "prob": 0.35, "fit": "M2", "needs_refit": True},
        "crowd": {"n": 0, "prob": None, "method": "mean"},
        "beliefs": [],
        "evidence": [],
        "forecasts": [],
    }


def shown(view, capsys):
    print_question(view)
    return capsys.readouterr().out


def test_the_least_that_is_known_of_a_question(view, capsys):
    assert shown(view, capsys) == (
        "Q1  Will it rain?\n"
        "open; opened 13 Mar 2023, closes 30 Apr 2023\n"
        "\n"
        "Yes if it rains.\n"
        "No if not.\n"
        "\n"
        "prior      25%  ██········  springs\n"
        "belief     30%  ███·······  10% to 60% (90%), no fit yet\n"
        "joint      35%  ████······  10% to 60% (90%), fit M2; refit is due\n"
    )


def test_a_resolution_says_when_and_who(view, capsys):
    view |= {"resolution": "yes", "resolved_at": OPEN, "resolution_source": "a \x1bpaper"}
    assert "resolved yes on 13 Mar 2023 (a  paper); opened" in shown(view, capsys)


def test_a_crowd_of_some_has_a_line(view, capsys):
    view["crowd"] = {"n": 2, "prob": 0.5, "method": "mean"}
    assert "crowd      50%  █████·····  mean of 2\n" in shown(view, capsys)


def test_reports_say_how_they_were_judged(view, capsys):
    def told(report, *judgements, copy_of=""):
        return {
            "report": report,
            "published": OPEN,
            "title": "Clouds",
            "source": "wire",
            "grade": "B2",
            "story": "S1",
            "copy_of": copy_of,
            "judgements": judgements,
        }

    view["evidence"] = [
        told("R1", {"words": "", "judgement": "weighed", "weight": -2.302585}),
        told("R2", {"words": "slightly for yes", "judgement": "weighed", "weight": 0.5}),
        told("R3", {"words": "", "judgement": "irrelevant", "weight": 0.0}),
        told("R4", copy_of="R1"),
        told("R5"),
    ]
    lines = shown(view, capsys).splitlines()[-5:]
    judged = (
        "10 times likelier if no",
        "slightly for yes",
        "irrelevant",
        "copy of R1",
        "not judged",
    )
    assert [line.rstrip().endswith(said) for line, said in zip(lines, judged, strict=True)] == [
        True
    ] * 5
