"""A whole store as columns says what it says row by row."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecast.histories.kernels import FOREVER
from forecast.ledger import FORECASTS, KINDS
from forecast.people.columns import columns
from forecast.people.roster import forecasts
from questions.instants import from_micros
from questions.store.store import open_store
from questions.values import Probability, Shares

START = datetime(2025, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["says", "says", "says", "withdraws", "corrects", "imports", "prices"]),
        st.sampled_from(["Q1", "Q2"]),
        st.sampled_from(["Ana", "Bo"]),
        st.integers(0, 20),
        st.none() | st.integers(1, 9),
        st.sampled_from([0.0, 0.25, 1 / 3, 1.0]),
    ),
    max_size=18,
)


def write(store, steps):
    made = 0
    for place, (verb, question, member, hour, lasts, prob) in enumerate(steps):
        now = START + (30 + place) * HOUR
        with store.writing(now=now, actor="Ana", key=str(place)) as entry:
            if verb == "withdraws":
                row = {"question": question, "member": member}
                entry.append("forecast.withdrawn", row, effective_at=START + hour * HOUR)
                continue
            at = START + hour * HOUR
            made += 1
            value = Shares((("x", 1.0),)) if verb == "prices" else Probability(prob)
            row = {
                "id": f"F{made}",
                "question": question,
                "member": member,
                "value": value,
                "made_at": at,
                "why": "",
                "confirmed": False,
                "corrects": f"F{made - 1}" if verb == "corrects" and made > 1 else "",
            } | ({"expires": at + lasts * HOUR} if lasts else {})
            entry.append("forecast.made", row, effective_at=at)


def as_rows(found):
    return sorted(
        (
            found.questions[question],
            found.forecasters[forecaster],
            from_micros(int(made)),
            None if ended == FOREVER else from_micros(int(ended)),
            float(prob),
        )
        for question, forecaster, made, ended, prob in zip(
            found.question, found.forecaster, found.made, found.ended, found.probs, strict=True
        )
    )


def one_by_one(read):
    return sorted(
        (one.question, one.member, one.made_at, one.ended_at, one.value.yes)
        for one in forecasts(read)
        if isinstance(one.value, Probability)
    )


@given(steps=STEPS, back=st.integers(0, 9))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_columns_are_the_forecasts_one_by_one_now_and_as_of_any_time(tmp_path_factory, steps, back):
    path = tmp_path_factory.mktemp("columns") / "t.db"
    store = open_store(path, KINDS, create_with=("live", START))
    try:
        write(store, steps)
        for as_of in (None, START + (30 + len(steps) - back) * HOUR):
            with store.reading(as_of) as read:
                assert as_rows(columns(store, read, as_of=as_of)) == one_by_one(read)
    finally:
        store.close()


def test_a_store_without_forecasts_has_empty_columns(tmp_path):
    store = open_store(tmp_path / "t.db", KINDS, create_with=("live", START))
    with store.reading() as read:
        found = columns(store, read)
    store.close()
    assert (found.questions, found.forecasters, len(found.made)) == ((), (), 0)


@pytest.mark.parametrize("imported", [True, False])
def test_what_was_brought_in_is_left_out_on_request(tmp_path, imported):
    store = open_store(tmp_path / "t.db", KINDS, create_with=("live", START))
    write(store, [("says", "Q1", "Ana", 1, None, 0.25), ("says", "Q1", "Bo", 1, None, 0.5)])
    with store.writer.begin() as connection:
        connection.execute(sa.update(FORECASTS).where(FORECASTS.c.id == "F2").values(mode="import"))
    with store.reading() as read:
        found = columns(store, read, imported=imported)
    store.close()
    assert len(found.made) == (2 if imported else 1)
