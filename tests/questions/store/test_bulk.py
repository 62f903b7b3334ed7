"""Many rows go in on one chain and come out as they are, as of any instant."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.errors import BadInput
from questions.store import bulk
from questions.store.checking import check
from questions.store.store import QUESTION_KINDS, REOPENINGS, open_store
from questions.store.tables import QUESTIONS

NOON = datetime(2023, 3, 13, 12, tzinfo=UTC)


@pytest.fixture
def store(place):
    made = open_store(place, QUESTION_KINDS, create_with=("live", NOON))
    yield made
    made.close()


def rows(count, start=0):
    each = range(start, start + count)
    return {"question": [f"Q{one}" for one in each], "why": [f"reason {one}" for one in each]}


def extend(store, now, columns, key, kind="question.reopened"):
    with store.writing(now=now, actor="ana", key=key) as entry:
        return entry.extend(kind, columns)


def test_what_goes_in_at_once_can_be_followed_by_one(store):
    assert extend(store, NOON, rows(50), "many") == 50
    with store.writing(now=NOON, actor="ana", key="one") as entry:
        entry.append("question.reopened", {"question": "Q50", "why": "reason 50"})
    with store.reading() as read:
        assert read.first_broken() is None
        assert check(read, QUESTION_KINDS) == []
        assert [row["why"] for row in read.rows(REOPENINGS)] == [
            f"reason {one}" for one in range(51)
        ]


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
instants = st.datetimes(datetime(1990, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
numbers = st.floats(allow_nan=False, allow_infinity=False)
asked = st.fixed_dictionaries(
    {
        "title": words,
        "asked_by": st.sampled_from(["", "Ana", "Bo"]),
        "open_time": st.none() | instants,
        "tags": st.lists(words, max_size=2) | st.dictionaries(words, numbers, max_size=2),
        "effective_at": instants,
    }
)


@given(st.lists(asked, min_size=1, max_size=6), instants)
@settings(max_examples=25, deadline=None)
def test_what_goes_in_at_once_is_the_chain_that_one_by_one_would_be(new_place, payloads, now):
    """Entry by entry, over any text, instant, number and name that a payload may hold."""
    events, tables = [], []
    for at_once in (True, False):
        store = open_store(new_place(), QUESTION_KINDS, create_with=("live", NOON))
        with store.writing(now=now, actor="Ana", key="k") as entry:
            entry.salt = lambda: "salt"
            for name in ("Ana", "Bo"):
                entry.append("question.asked", {"title": "met", "asked_by": name})
            if at_once:
                names = payloads[0]
                entry.extend(
                    "question.asked", {name: [one[name] for one in payloads] for name in names}
                )
            else:
                for one in payloads:
                    said = {name: one[name] for name in one if name != "effective_at"}
                    entry.append("question.asked", said, effective_at=one["effective_at"])
        with store.reading() as read:
            assert check(read, QUESTION_KINDS) == []
            events.append([(one.kind, one.payload, one.key, one.hash) for one in read.events()][4:])
            tables.append(read.rows(QUESTIONS))
        store.close()
    assert tables[0] == tables[1]
    assert events[0] == events[1]


def test_a_retry_of_many_adds_nothing(store):
    assert extend(store, NOON, rows(3), "many") == extend(store, NOON, rows(3), "many") == 3
    with store.reading() as read:
        assert len(read.rows(REOPENINGS)) == 3


def test_numpys_instants_go_in_as_they_are(store):
    stamps = pd.Series(pd.to_datetime(["2023-03-13T12:00:00.000001Z", None]))
    columns = {"title": pd.Series(["a", "b"]), "open_time": stamps, "effective_at": stamps}
    extend(store, NOON, columns, "k", "question.asked")
    with store.reading() as read:
        assert check(read, QUESTION_KINDS) == []
        found = [row["open_time"] for row in read.rows(QUESTIONS)]
        claimed = [row["effective_at"] for row in read.rows(QUESTIONS)]
    assert found == [NOON + timedelta(microseconds=1), None]
    assert claimed == [NOON + timedelta(microseconds=1), NOON]


def test_columns_that_do_not_fit_are_refused(store):
    with pytest.raises(ValueError, match=r"columns of \[1, 2\] values: give equally many"):
        extend(store, NOON, {"question": ["Q1"], "why": ["a", "b"]}, "k")
    with pytest.raises(ValueError, match="reopenings has no column reason"):
        extend(store, NOON, {"question": ["Q1"], "reason": ["a"]}, "k")
    with pytest.raises(TypeError, match="why holds 3, which is no text"):
        extend(store, NOON, {"question": ["Q1"], "why": [3]}, "k")
    with pytest.raises(BadInput, match="without NUL"):
        extend(store, NOON, {"question": ["Q1"], "why": ["\0"]}, "k")
    with store.reading() as read:
        assert read.rows(REOPENINGS) == []


@pytest.mark.parametrize("with_adbc", [True, False])
def test_a_frame_holds_names_and_times_as_of_an_instant(store, monkeypatch, with_adbc):
    if not with_adbc:
        monkeypatch.setattr(bulk, "_driver", lambda _store: None)
    extend(store, NOON, rows(5), "first")
    extend(store, NOON + timedelta(days=1), rows(5, 5), "second")
    whole = bulk.frame(store, REOPENINGS)
    then = bulk.frame(store, REOPENINGS, as_of=NOON)
    assert list(whole.why) == [f"reason {one}" for one in range(10)]
    assert list(then.why) == list(whole.why[:5])
    assert set(whole.actor) == {"ana"}
    assert whole.recorded_at.iloc[0] == NOON


def test_arrow_without_its_extra_says_what_to_install(store, monkeypatch):
    monkeypatch.setattr(bulk, "_driver", lambda _store: None)
    with pytest.raises(ValueError, match=r"pip install tidings\[bulk\]"):
        bulk.arrow(store, REOPENINGS)
