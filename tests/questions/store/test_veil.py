"""Rows under a veil are in nothing that is read: neither one by one nor a table at a time."""

from datetime import timedelta

import sqlalchemy as sa

from forecast.ledger import COMMENTS, FORECASTS, KINDS, NOTES, QUOTES
from questions.store import bulk
from questions.store.store import open_store
from questions.store.tables import RESOLUTIONS
from questions.store.veil import Veil, seen
from tests.store.places import OPEN

HIDING = {"forecasts": "member", "comments": "member", "quotes": ""}
PRIVATE = {"notes": "member"}


def lived(place):
    """Ana and Bo each said something of Q1 and of Q2, and kept a note."""
    store = open_store(place, KINDS, create_with=("live", OPEN))
    with store.writing(now=OPEN, actor="Ana", key="k") as entry:
        for number, (who, question) in enumerate(
            (who, question) for who in ("Ana", "Bo") for question in ("Q1", "Q2")
        ):
            said = {"id": f"F{number}", "question": question, "member": who}
            entry.append("forecast.made", {**said, "value": {"kind": "probability", "yes": 0.5}})
            entry.append("comment.made", {**said, "text": f"{who} on {question}"})
            entry.append("note.kept", {**said, "text": f"{who} keeps {question}"})
        entry.append("crowd.quoted", {"question": "Q1", "platform": "elsewhere"})
    return store


def veil(store, reader, *hidden):
    with store.reading() as read:
        return Veil(read.ids().get(reader, ""), frozenset(hidden), HIDING, PRIVATE)


def rows(store, table, held, **equal):
    with store.reading() as read:
        read.veil = held
        return [(row["member"], row["question"]) for row in read.rows(table, **equal)]


def test_the_rows_of_others_on_a_hidden_question_are_left_out(place):
    store = lived(place)
    held = veil(store, "Ana", "Q1")
    assert rows(store, FORECASTS, held) == [("Ana", "Q1"), ("Ana", "Q2"), ("Bo", "Q2")]
    assert rows(store, COMMENTS, held, question="Q1") == [("Ana", "Q1")]
    assert rows(store, FORECASTS, held, member="Bo") == [("Bo", "Q2")]
    store.close()


def test_what_a_column_holds_is_told_once_and_keeps_to_the_veil(place):
    store = lived(place)
    with store.reading() as read:
        assert read.distinct(FORECASTS, "question", member="Bo") == {"Q1", "Q2"}
        read.veil = veil(store, "Ana", "Q1")
        assert read.distinct(FORECASTS, "question", member="Bo") == {"Q2"}
        assert read.then(OPEN - timedelta(days=1)).distinct(FORECASTS, "question") == set()
    store.close()


def test_nobody_in_particular_has_no_rows_of_their_own(place):
    store = lived(place)
    assert rows(store, FORECASTS, veil(store, "", "Q1")) == [("Ana", "Q2"), ("Bo", "Q2")]
    assert rows(store, NOTES, veil(store, "")) == []
    store.close()


def test_what_is_private_is_shown_to_its_author_whatever_is_hidden(place):
    store = lived(place)
    assert rows(store, NOTES, veil(store, "Bo")) == [("Bo", "Q1"), ("Bo", "Q2")]
    store.close()


def test_rows_that_are_nobody_s_are_hidden_from_everybody(place):
    store = lived(place)
    with store.reading() as read:
        read.veil = veil(store, "Ana", "Q1")
        assert read.rows(QUOTES) == []
        assert read.then(OPEN).rows(QUOTES) == []
        read.veil = veil(store, "Ana", "Q2")
        assert len(read.rows(QUOTES)) == 1
    store.close()


def test_a_whole_table_keeps_to_the_veil(place):
    store = lived(place)
    held = veil(store, "Ana", "Q1", "Q7")
    found = bulk.frame(store, FORECASTS, veil=held)
    assert list(zip(found["member"], found["question"], strict=True)) == [
        ("Ana", "Q1"),
        ("Ana", "Q2"),
        ("Bo", "Q2"),
    ]
    assert len(bulk.frame(store, FORECASTS, as_of=OPEN, veil=held)) == 3
    assert len(bulk.frame(store, NOTES, veil=veil(store, "Bo"))) == 2
    assert len(bulk.frame(store, FORECASTS)) == 4
    store.close()


def test_a_table_that_no_veil_names_is_read_whole():
    assert seen(Veil("P1", frozenset({"Q1"}), HIDING, PRIVATE), RESOLUTIONS) is None
    assert seen(Veil("P1", frozenset(), HIDING, PRIVATE), FORECASTS) is None
    assert isinstance(seen(Veil("P1", frozenset(), HIDING, PRIVATE), NOTES), sa.ColumnElement)
