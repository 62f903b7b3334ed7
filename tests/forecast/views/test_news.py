"""What the news says of the questions, and what of it waits for people."""

from datetime import timedelta

import pytest

from forecast.desk.asking import ask
from forecast.desk.judging import judge, retract, take_back
from forecast.desk.settling import propose, resolve
from forecast.desk.sources import describe
from forecast.views.news import NO_STORIES, evidence_rows, inbox_rows, news, proposal_rows, shares
from questions.records import Bearing
from questions.store.envelope import plain
from tests.forecast.desk.conftest import CLOSE, OPEN, furnish, report

DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path):
    office = furnish(tmp_path / "a.db")
    ask(office.on(0), "Will rain fall in Bergen?", closes=CLOSE, criteria="Yes if so.")
    yield office
    office.store.close()


def told(office, name, day=1.0, story="S1", on=(("Q1", "yes"),), **more):
    """A report that bears on some questions, on record."""
    with office.on(day).writing() as entry:
        record = report(f"{name}: it has rained.", day=day, **{"grade": "A1", **more})
        entry.append("report.read", {**plain(record), "id": name, "story": story})
        for question, decision in on:
            relevance = 0.9 if decision == "yes" else 0.3
            entry.append("report.bears", Bearing(name, question, relevance, decision))


def seen(office, view, *words, day, **more):
    at = OPEN + day * DAY
    with office.store.reading(at) as read:
        return view(read, *words, at, **more)


def share(office, day=9.0):
    with office.store.reading(OPEN + day * DAY) as read:
        return shares(news(read)).get("Q1", NO_STORIES)


def test_reports_of_one_instant_keep_the_order_of_the_log(office):
    for name in ("R1", "R2", "R3", "R4"):
        told(office, name)
    told(office, "R5", day=0.5)
    with office.store.reading() as read:
        assert [row["report"] for row in evidence_rows(read, "Q1", news(read))] == [
            "R5",
            "R1",
            "R2",
            "R3",
            "R4",
        ]


def test_the_inbox_has_a_line_a_story_until_it_is_judged(office):
    told(office, "R1")
    told(office, "R2", day=1.5)
    told(office, "R3", day=2, story="S2")
    rows = seen(office, inbox_rows, day=3)
    assert [(row["story"], row["report"], row["reports"]) for row in rows] == [
        ("S2", "R3", 1),
        ("S1", "R1", 2),
    ]
    judge(office.on(3), "R2", "Q1", "irrelevant", 0.0)
    assert [row["story"] for row in seen(office, inbox_rows, day=4)] == ["S2"]
    resolve(office.on(5), "Q1", "no", resolved_at=OPEN + 5 * DAY, source="a paper")
    assert seen(office, inbox_rows, day=6) == []


def test_sure_stories_come_before_doubtful_ones_and_new_before_old(office):
    told(office, "R1", day=1, story="S1", on=[("Q2", "maybe"), ("Q1", "yes")])
    told(office, "R2", day=2, story="S2", on=[("Q1", "maybe")])
    told(office, "R3", day=3, story="S3")
    rows = seen(office, inbox_rows, day=4)
    assert [(row["story"], row["question"]) for row in rows] == [
        *(("S3", "Q1"), ("S1", "Q1"), ("S1", "Q2"), ("S2", "Q1")),
    ]


def test_copies_and_retellings_of_a_story_are_told_apart(office):
    told(office, "R2", copy_of="R1")
    told(office, "R1", day=0.5)
    told(office, "R3", day=2)
    (row,) = seen(office, inbox_rows, day=3)
    assert (row["report"], row["copies"], row["retold"], row["reports"]) == (
        *("R1", ["R2"], ["R3"], 3),
    )


def test_what_is_taken_back_waits_again(office):
    told(office, "R1")
    judge(office.on(2), "R1", "Q1", "weighed", 1.0)
    take_back(office.on(3), "R1", "Q1")
    assert len(seen(office, inbox_rows, day=4)) == 1


def test_a_second_judge_sees_what_only_others_have_judged(office):
    told(office, "R1")
    judge(office.on(2), "R1", "Q1", "weighed", 1.0)
    assert seen(office, inbox_rows, day=3) == []
    assert seen(office, inbox_rows, day=3, judge="Ana") == []
    assert len(seen(office, inbox_rows, day=3, judge="Bo")) == 1


def test_what_was_retracted_waits_no_more_nor_do_its_copies(office):
    told(office, "R1")
    told(office, "R2", copy_of="R1")
    told(office, "R3", story="S3")
    retract(office.on(2), "R1", why="withdrawn")
    assert [row["report"] for row in seen(office, inbox_rows, day=3)] == ["R3"]
    assert share(office) == {"stories": 1, "unjudged": 1}
    assert share(office, day=1.5) == {"stories": 2, "unjudged": 2}


def test_the_unjudged_share_counts_stories_not_reports(office):
    assert share(office) == NO_STORIES
    for name, story in (("R1", "S1"), ("R2", "S1"), ("R3", "S3"), ("R4", "S4")):
        told(office, name, story=story)
    judge(office.on(2), "R2", "Q1", "irrelevant", 0.0)
    assert share(office) == {"stories": 3, "unjudged": 2}


def test_a_story_that_was_judged_bears_even_where_no_words_matched(office):
    told(office, "R1", on=())
    judge(office.on(2), "R1", "Q1", "weighed", 1.0)
    assert share(office) == {"stories": 1, "unjudged": 0}


def test_all_that_judges_said_is_shown_and_which_of_it_stands(office):
    told(office, "R1")
    for day, who, weight in ((2, "Ana", 1.0), (3, "Bo", -1.0), (4, "Ana", 2.0)):
        judge(office.on(day, who), "R1", "Q1", "weighed", weight)
    take_back(office.on(5, "Bo"), "R1", "Q1")
    with office.store.reading() as read:
        ((row),) = evidence_rows(read, "Q1", news(read))
    assert [(one["judge"], one["judgement"], one["stands"]) for one in row["judgements"]] == [
        ("Ana", "weighed", False),
        ("Bo", "weighed", False),
        ("Ana", "weighed", True),
        ("Bo", "withdrawn", False),
    ]


def test_evidence_says_its_sources_name_and_grade_and_what_was_retracted(office):
    told(office, "R1", source="EJ", grade="")
    told(office, "R2", source="EJ", grade="A1", copy_of="R1")
    describe(office.on(2), "Evening Journal", aliases=["EJ"], grade="C")
    retract(office.on(3, "Bo"), "R1", why="withdrawn", corrected_by="R2")
    with office.store.reading() as read:
        first, second = evidence_rows(read, "Q1", news(read))
    assert (first["source"], first["grade"], second["grade"]) == ("Evening Journal", "C", "A1")
    gone = {"at": OPEN + 3 * DAY, "why": "withdrawn", "corrected_by": "R2", "by": "Bo"}
    assert first["retracted"] == second["retracted"] == gone
    with office.store.reading(OPEN + 2 * DAY) as read:
        assert [row["retracted"] for row in evidence_rows(read, "Q1", news(read))] == [None, None]


def test_what_is_proposed_waits_by_question(office):
    propose(office.on(3), "Q1", "no", resolved_at=OPEN, source="a paper", why="seen")
    (row,) = seen(office, proposal_rows, day=4)
    assert (row["question"], row["outcome"], row["source"], row["by"], row["report"]) == (
        *("Q1", "no", "a paper", "Ana", None),
    )
    assert seen(office, proposal_rows, day=4, only="Q2") == []
