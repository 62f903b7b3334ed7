"""Clarifications, tags, comments and notes beside a question."""

import pytest

from forecast.desk.annotating import clarify, comment, note, tag
from forecast.desk.redacting import redact
from forecast.desk.settling import resolve
from forecast.ledger import COMMENTS, KINDS, NOTES
from forecast.views.sayings import clarification_rows
from questions.errors import BadInput, Conflict, NotFound
from questions.store import shelf
from questions.store.checking import check
from questions.store.tables import CLARIFICATIONS
from questions.store.texts import ERASED
from tests.forecast.desk.conftest import OPEN


def question(office):
    with office.store.reading() as read:
        (found,) = shelf.questions(read, OPEN)
        return found.question


def test_a_clarification_changes_nothing_that_was_asked(office):
    before = question(office)
    made = clarify(office.on(1, "Bo"), "Q1", why=" drizzle counts ")
    assert (made.id, made.record["why"], made.head) == ("Q1", "drizzle counts", office.head())
    assert question(office) == before
    with office.store.reading() as read:
        (row,) = clarification_rows(read, "Q1")
    assert (row["why"], row["by"]) == ("drizzle counts", "Bo")


def test_what_is_resolved_is_clarified_no_more(office, nothing_written):
    desk = office.on(2)
    with pytest.raises(BadInput, match="no clarification: give some words"):
        clarify(desk, "Q1", why=" ")
    with pytest.raises(NotFound, match="no question 'Q9'"):
        clarify(desk, "Q9", why="drizzle counts")


def test_a_resolved_question_is_disputed_rather_than_clarified(office):
    resolve(office.on(2), "Q1", "yes", resolved_at=OPEN, source="a paper")
    with pytest.raises(Conflict, match="resolved \\(yes\\); dispute that, or reopen it first"):
        clarify(office.on(3), "Q1", why="drizzle does not count")


def test_tags_are_given_and_taken_after_asking(office):
    tag(office.on(1), "Q1", ["rain", "Oslo", "rain"])
    assert question(office).tags == ("rain", "Oslo")
    tag(office.on(2), "Q1", ["RAIN", "north"])
    assert question(office).tags == ("rain", "Oslo", "north")
    made = tag(office.on(3), "Q1", ["oslo"], remove=True)
    assert made.record["removed"] == ["oslo"]
    assert question(office).tags == ("rain", "north")


def test_tags_are_as_they_were_as_of_an_instant(office):
    tag(office.on(1), "Q1", ["rain"])
    with office.store.reading(OPEN) as read:
        (then,) = shelf.questions(read, OPEN)
    assert then.question.tags == ()


@pytest.mark.parametrize(
    ("tags", "remove", "error", "right"),
    [
        ([], False, BadInput, "no tag: give one tag or several"),
        (["a,b"], False, BadInput, "without a comma"),
        (["a\x1bb"], False, BadInput, "printable characters"),
        ([" "], False, BadInput, "no tag"),
        (["rain"], True, Conflict, "the tags of Q1 are none; there is nothing to change"),
    ],
)
def test_what_is_no_tag_is_refused(office, tags, remove, error, right, nothing_written):
    with pytest.raises(error, match=right):
        tag(office.on(1), "Q1", tags, remove=remove)


@pytest.mark.parametrize(
    ("verb", "table", "identity"), [(comment, COMMENTS, "C"), (note, NOTES, "N")]
)
def test_words_are_kept_once_under_a_key_and_can_be_erased(office, verb, table, identity):
    desk = office.on(1, "Bo")
    made = verb(desk, "oslo", " They booked the hall. ", member="bo")
    assert (made.id, made.record["member"]) == (f"{identity}1", "Bo")
    assert verb(desk, "oslo", "something else", member="bo") == made
    assert verb(office.on(2), "Q1", "more", member="Ana").id == f"{identity}2"
    assert [row["text"] for row in office.rows(table)] == ["They booked the hall.", "more"]
    redact(office.on(3), f"{identity}1", "asked for")
    assert [row["text"] for row in office.rows(table)] == [ERASED, "more"]
    with office.store.reading() as read:
        assert check(read, KINDS) == []


@pytest.mark.parametrize("verb", [comment, note])
def test_blank_words_and_strangers_are_refused(office, verb, nothing_written):
    with pytest.raises(BadInput, match="give some words"):
        verb(office.on(1), "Q1", "\n", member="Ana")
    with pytest.raises(NotFound, match="no member 'Anna'"):
        verb(office.on(1), "Q1", "x", member="Anna")


def test_a_replay_hears_nothing_before_the_question_was_asked(replay):
    with pytest.raises(Conflict, match="Q1 was asked at"):
        clarify(replay.on(-1), "Q1", why="drizzle counts")
    assert replay.rows(CLARIFICATIONS) == []
