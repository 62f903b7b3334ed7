"""One question as a person reads it."""

from datetime import UTC, datetime

import pytest

from forecast.show.question import print_question

OPEN = datetime(2023, 3, 13, tzinfo=UTC)
CLOSE = datetime(2023, 5, 1, tzinfo=UTC)
HELD = {
    "at": OPEN,
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
        "type": "binary",
        "ties": [],
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
        "share": {"stories": 0, "unjudged": 0},
        "proposals": [],
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


def test_a_deadline_that_is_near_is_counted_in_days(view, capsys):
    view["belief"] = {**HELD, "at": datetime(2023, 4, 28, 9, tzinfo=UTC)}
    assert "closes 30 Apr 2023 (in 2 days)\n" in shown(view, capsys)
    view |= {"status": "resolved", "resolution": "no", "resolved_at": CLOSE}
    assert "closes 30 Apr 2023\n" in shown(view, capsys)


def test_a_resolution_says_when_and_who(view, capsys):
    view |= {"resolution": "yes", "resolved_at": OPEN, "resolution_source": "a \x1bpaper"}
    assert "resolved yes on 13 Mar 2023 (a  paper); opened" in shown(view, capsys)


def test_a_crowd_of_some_has_a_line(view, capsys):
    view["crowd"] = {"n": 2, "prob": 0.5, "method": "mean"}
    assert "crowd      50%  █████·····  mean of 2\n" in shown(view, capsys)


def said(judgement, weight=0.0, words="", *, judge="Ana", stands=True):
    return {
        "judge": judge,
        "judgement": judgement,
        "weight": weight,
        "words": words,
        "stands": stands,
    }


def told(report, *judgements, copy_of="", retracted=None):
    return {
        "report": report,
        "published": OPEN,
        "title": "Clouds",
        "source": "wire",
        "grade": "B2",
        "story": "S1",
        "copy_of": copy_of,
        "retracted": retracted,
        "judgements": judgements,
    }


def test_reports_say_how_they_were_judged(view, capsys):
    view["evidence"] = [
        told("R1", said("weighed", -2.302585)),
        told("R2", said("weighed", 0.5, "slightly for yes")),
        told("R3", said("irrelevant")),
        told("R4", copy_of="R1"),
        told("R5"),
        told("R6", said("weighed", 1.0, stands=False), said("withdrawn", stands=False)),
        told("R7", said("weighed", 1.0), retracted={"corrected_by": "R8"}),
        told("R8", said("decisive", -6.9)),
    ]
    lines = shown(view, capsys).splitlines()[-8:]
    judged = (
        "10 times likelier if no",
        "slightly for yes",
        "irrelevant",
        "copy of R1",
        "not judged",
        "not judged",
        "retracted (see R8)",
        "decisive for no",
    )
    ends = [line.rstrip().endswith(what) for line, what in zip(lines, judged, strict=True)]
    assert ends == [True] * 8


def test_judges_who_disagree_are_named_and_those_who_agree_are_one(view, capsys):
    yes, no = ("weighed", 1.0, "slightly for yes"), ("weighed", -1.0, "slightly for no")
    view["evidence"] = [
        told("R1", said(*yes), said(*no, judge="Bo")),
        told("R2", said(*yes), said(*yes, judge="Bo")),
    ]
    first, second = shown(view, capsys).splitlines()[-2:]
    assert first.rstrip().endswith("Ana: slightly for yes; Bo: slightly for no")
    assert second.rstrip().endswith("B2      S1      slightly for yes")


def test_what_is_not_judged_is_counted_and_said_to_be_neutral(view, capsys):
    view["share"] = {"stories": 8, "unjudged": 3}
    view["evidence"] = [told("R1")]
    heading = "Reports: 3 of 8 stories that bear on this are unjudged, and count as neutral\n"
    assert heading in shown(view, capsys)


def test_what_is_proposed_is_shown_before_it_holds(view, capsys):
    answer = {"question": "Q1", "outcome": "yes", "source": "wire (R7)", "by": "Bo", "at": OPEN}
    view["proposals"] = [answer]
    assert "Proposed as the answer\n  Q1 yes: wire (R7), says Bo, 13 Mar 2023\n" in shown(
        view, capsys
    )


def forecast(**more):
    plain = {"member": "Ana", "made_at": OPEN, "says": "30%", "why": "", "shown": "open"}
    return {**plain, "active": True, "withdrawn": False, "confirmed": False, **more}


@pytest.mark.parametrize(
    ("more", "end"),
    [
        ({}, "30%"),
        ({"shown": "blind"}, "30%    blind"),
        ({"shown": "revealed", "active": False}, "30%    past, after a look"),
        ({"active": False, "withdrawn": True}, "30%    withdrawn"),
        ({"shown": "", "confirmed": True}, "30%       looked at again"),
        ({"shown": "blind", "confirmed": True, "why": "as before"}, "30%    blind   as before"),
    ],
)
def test_a_forecast_says_whether_it_was_made_blind_and_holds(view, capsys, more, end):
    view["forecasts"] = [forecast(**more)]
    *_, line = shown(view, capsys).splitlines()
    assert line.rstrip() == f"13 Mar 2023   Ana   {end}"
