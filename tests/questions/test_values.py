"""The tagged value survives JSON."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.values import (
    Cdf,
    Chosen,
    Moment,
    Number,
    Probability,
    Quantiles,
    Shares,
    Void,
    value_from_json,
    value_to_json,
)

probs = st.floats(0, 1)
numbers = st.floats(allow_nan=False, allow_infinity=False)
values = st.one_of(
    st.builds(Probability, probs),
    st.builds(Shares, st.lists(st.tuples(st.text(), probs)).map(tuple)),
    st.builds(Cdf, st.lists(probs).map(tuple)),
    st.builds(Quantiles, st.lists(st.tuples(probs, numbers)).map(tuple)),
    st.builds(Number, numbers),
    st.builds(Moment, st.datetimes(timezones=st.just(UTC))),
    st.builds(Chosen, st.text()),
    st.builds(Void, st.sampled_from(["ambiguous", "annulled"])),
)


@given(values)
def test_a_value_survives_its_json(value):
    assert value_from_json(json.loads(json.dumps(value_to_json(value)))) == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Probability(0.35), {"kind": "probability", "yes": 0.35}),
        (
            Shares((("A", 0.2), ("B", 0.8))),
            {"kind": "shares", "by_option": [["A", 0.2], ["B", 0.8]]},
        ),
        (Quantiles(((0.5, 3.0),)), {"kind": "quantiles", "at_level": [[0.5, 3.0]]}),
        (
            Moment(datetime(2023, 4, 26, tzinfo=UTC)),
            {"kind": "moment", "at": "2023-04-26T00:00:00Z"},
        ),
        (Void("annulled"), {"kind": "void", "reason": "annulled"}),
    ],
)
def test_a_value_is_written_with_its_tag(value, expected):
    assert value_to_json(value) == expected


def test_a_tag_that_is_none_of_ours_is_refused():
    with pytest.raises(ValueError, match="no value has the tag 'guess'"):
        value_from_json({"kind": "guess"})
