"""What new reports say is put on record, proposes answers, and is judged by the team's rules."""

from dataclasses import replace
from datetime import timedelta
from math import inf

import pytest

from forecast.desk.asking import ask
from forecast.desk.judging import judge, retract
from forecast.desk.pointing import agree, end, plainly, point, rules
from forecast.desk.proposing import proposals
from forecast.desk.sources import describe
from forecast.ledger import EVIDENCE
from forecast.views.news import inbox_rows
from questions.errors import BadInput, Conflict, NotFound
from questions.language import english
from questions.records import Bearing
from questions.store import shelf
from questions.store.envelope import plain
from questions.store.tables import DIRECTIONS
from questions.values import YES
from tests.forecast.desk.conftest import CLOSE, OPEN, report

DAY = timedelta(days=1)
HAPPENED = "Alexander Stubb arrived in Kenya on Sunday."
RULED_OUT = "Alexander Stubb will not visit Kenya, his office said."


@pytest.fixture
def visit(office):
    title = "Will Alexander Stubb visit Kenya by 30 April 2023?"
    return ask(office.on(0), title, closes=CLOSE, criteria="Yes if he does.").id


def arrive(office, text=HAPPENED, name="R1", decision="yes", day=1.0, **more):
    """A report that came in and was pointed; what was written for it."""
    copy_of = more.pop("copy_of", "")
    told = report(text, day=day, **more)
    record = replace(told, id=name, story=f"S{name}", copy_of=copy_of)
    near = Bearing(name, "Q2", 0.9, decision)
    desk = office.on(day)
    with desk.reading() as read:
        asked = [one.question for one in shelf.questions(read, desk.now)]
    (spoken,) = plainly(asked, [record], [[near]], english())
    with desk.writing() as entry:
        entry.append("report.read", plain(record))
        entry.append("report.bears", near)
        before = len(entry.rows(DIRECTIONS)), len(entry.rows(EVIDENCE))
        point(entry, record, spoken)
        after = len(entry.rows(DIRECTIONS)), len(entry.rows(EVIDENCE))
    kinds = ("report.says", "evidence.judged")
    return [kind for kind, was, now in zip(kinds, before, after, strict=True) if now > was]


def waiting(office, day=9.0):
    with office.store.reading() as read:
        return proposals(read, OPEN + day * DAY)


def test_what_a_report_says_is_kept_with_its_words(office, visit):
    assert arrive(office) == ["report.says"]
    (row,) = office.rows(DIRECTIONS)
    assert (row["report"], row["question"], row["says"]) == ("R1", visit, "happened")
    with office.store.reading() as read:
        (waits,) = inbox_rows(read, OPEN + DAY)
    assert (waits["says"], waits["quote"] in HAPPENED) == ("happened", True)


@pytest.mark.parametrize(
    "given",
    [
        {"text": "Alexander Stubb may visit Kenya."},
        {"text": "It rained in Kenya."},
        {"decision": "maybe"},
    ],
)
def test_nothing_is_written_of_what_is_not_plain_or_not_sure(office, visit, given):
    assert arrive(office, **given) == []


def test_what_has_happened_proposes_the_answer_with_its_source(office, visit):
    arrive(office)
    (one,) = waiting(office)
    assert (one.question, one.outcome, one.source, one.by) == (visit, YES, "wire (R1)", "")
    assert one.why in HAPPENED
    assert office.rows(EVIDENCE) == []


def test_what_is_ruled_out_may_come_yet_and_proposes_nothing(office, visit):
    assert arrive(office, RULED_OUT) == ["report.says"]
    assert waiting(office) == []


def test_who_calls_it_irrelevant_ends_the_proposal_and_so_does_a_retraction(office, visit):
    arrive(office)
    arrive(office, name="R2", text=HAPPENED + " So it was.")
    judge(office.on(2), "R1", visit, "irrelevant", 0.0)
    assert [one.report for one in waiting(office)] == ["R2"]
    retract(office.on(3), "R2", why="withdrawn")
    assert waiting(office) == []


def test_who_calls_it_decisive_proposes_in_place_of_the_report(office, visit):
    arrive(office)
    judge(office.on(2), "R1", visit, "decisive", inf)
    assert [(one.report, one.by) for one in waiting(office)] == [("R1", "Ana")]


def test_a_copy_proposes_nothing_of_its_own(office, visit):
    arrive(office)
    arrive(office, name="R2", text=HAPPENED + " So.", copy_of="R1")
    assert [one.report for one in waiting(office)] == ["R1"]


class TestRules:
    @pytest.fixture(autouse=True)
    def agreed(self, office, visit):
        describe(office.on(0.1), "The Wire", aliases=["wire"])
        agree(
            office.on(0.5),
            "arrivals",
            source="wire",
            says="happened",
            words="strongly for yes",
            why="its arrivals are seen",
        )

    def test_a_rule_judges_by_its_name_what_it_was_made_for(self, office):
        assert arrive(office) == ["report.says", "evidence.judged"]
        (row,) = office.rows(EVIDENCE)
        assert (row["judge"], row["words"]) == ("rule arrivals", "strongly for yes")
        assert row["why"] == "the rule arrivals: happened"

    @pytest.mark.parametrize(
        "given", [{"text": RULED_OUT}, {"source": "a friend"}, {"copy_of": "R9"}]
    )
    def test_it_judges_nothing_else(self, office, given):
        assert "evidence.judged" not in arrive(office, **given)

    def test_it_judges_what_comes_after_it_and_until_it_is_ended(self, office):
        end(office.on(2), "arrivals", why="two were wrong")
        assert arrive(office, day=3) == ["report.says"]
        with office.store.reading() as read:
            assert rules(read) == []
        with office.store.reading(OPEN + DAY) as read:
            assert [one.source for one in rules(read)] == ["The Wire"]

    def test_a_rule_of_every_source_needs_none(self, office):
        agree(office.on(0.6), "any", says="ruled out", words="slightly for no", why="so")
        assert "evidence.judged" in arrive(office, text=RULED_OUT, source="a friend")

    @pytest.mark.parametrize(
        ("given", "error", "right"),
        [
            ({"name": "arrivals"}, Conflict, "the rule 'arrivals' stands already; end it first"),
            ({"name": " "}, BadInput, "no name: give how the rule is called"),
            ({"says": "hinted"}, BadInput, "direction 'hinted' .* happened, ruled out, denied"),
            ({"words": "likely"}, BadInput, "slightly, moderately or strongly"),
        ],
    )
    def test_what_is_no_rule_is_refused(self, office, given, error, right):
        head = office.head()
        sound = {"name": "b", "says": "denied", "words": "slightly for no", "why": "so"}
        with pytest.raises(error, match=right):
            agree(office.on(1), **{**sound, **given})
        assert office.head() == head

    def test_only_a_rule_that_stands_is_ended(self, office):
        with pytest.raises(NotFound, match=r"no rule 'arrival'; did you mean 'arrivals'\?"):
            end(office.on(1), "arrival", why="x")
