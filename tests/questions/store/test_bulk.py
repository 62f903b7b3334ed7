"""Many rows go in on one chain and come out as they are, as of any instant."""

from datetime import UTC, datetime, timedelta

import pytest

from questions.store import bulk
from questions.store.checking import check
from questions.store.store import QUESTION_KINDS, REOPENINGS, open_store

NOON = datetime(2023, 3, 13, 12, tzinfo=UTC)


@pytest.fixture
def store(place):
    made = open_store(place, QUESTION_KINDS, create_with=("live", NOON))
    yield made
    made.close()


def rows(count, start=0):
    return ({"question": f"Q{one}", "why": f"reason {one}"} for one in range(start, start + count))


def extend(store, now, payloads, key):
    with store.writing(now=now, actor="ana", key=key) as entry:
        return entry.extend("question.reopened", payloads)


def test_what_goes_in_at_once_is_the_chain_that_one_by_one_would_be(store):
    assert extend(store, NOON, rows(50), "many") == 50
    with store.writing(now=NOON, actor="ana", key="one") as entry:
        entry.append("question.reopened", {"question": "Q50", "why": "reason 50"})
    with store.reading() as read:
        assert read.first_broken() is None
        assert check(read, QUESTION_KINDS) == []
        assert [row["why"] for row in read.rows(REOPENINGS)] == [
            f"reason {one}" for one in range(51)
        ]


def test_batches_are_kept_as_a_whole_or_not_at_all(store):
    def failing():
        yield from rows(30)
        raise RuntimeError("the file ended")

    with pytest.raises(RuntimeError, match="the file ended"):
        extend(store, NOON, failing(), "many")
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
