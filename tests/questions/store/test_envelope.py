"""The one text of a record, and the hash that an entry has."""

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.store.envelope import GENESIS, canonical, chain_hash, plain
from questions.values import Chosen, Number, Quantiles

NOON = datetime(2023, 3, 13, 12, tzinfo=UTC)
ENTRY = {
    "seq": 1,
    "kind": "question.reopened",
    "payload": "{}",
    "effective_at": NOON,
    "recorded_at": NOON,
    "actor": "ana",
    "key": "k:1",
    "mode": "live",
    "supersedes": None,
}
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@dataclass(frozen=True)
class Pair:
    left: object
    right: object


def test_a_record_becomes_what_json_can_hold():
    there = datetime(2023, 3, 13, 14, tzinfo=timezone(timedelta(hours=2)))
    assert plain(Pair((NOON, there), {1: Chosen("yes")})) == {
        "left": ["2023-03-13T12:00:00Z", "2023-03-13T12:00:00Z"],
        "right": {"1": {"kind": "chosen", "option": "yes"}},
    }


def test_infinities_are_words_and_what_is_no_number_is_nothing():
    assert plain([math.inf, -math.inf, math.nan]) == ["Infinity", "-Infinity", None]
    assert plain(Number(math.inf)) == {"kind": "number", "value": "Infinity"}
    assert plain(Quantiles(((0.5, -math.inf),)))["at_level"] == [[0.5, "-Infinity"]]


@given(json_values)
def test_a_text_reads_back_as_the_value_and_is_written_the_same_again(value):
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(st.text(), st.integers(), max_size=5))
def test_the_order_of_keys_does_not_matter(value):
    assert canonical(value) == canonical(dict(reversed(value.items())))


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_has_no_text(number):
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical([number])


def test_floats_have_one_text_form():
    assert canonical([1.0, 0.1, 1e-7, 1e22]) == "[1.0,0.1,1e-07,1e+22]"


def test_an_entry_is_hashed_behind_a_version_byte():
    """By hand: the version byte, then the JSON list of the previous hash and every field."""
    text = (
        f'["{GENESIS}",1,"question.reopened","{{}}",1678708800000000,1678708800000000,'
        '"ana","k:1","live",null]'
    )
    assert chain_hash(GENESIS, **ENTRY) == sha256(b"\x01" + text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("seq", 2),
        ("kind", "x"),
        ("payload", '{"a":1}'),
        ("effective_at", NOON + timedelta(microseconds=1)),
        ("recorded_at", NOON + timedelta(microseconds=1)),
        ("actor", "bo"),
        ("key", "k:2"),
        ("mode", "replay"),
        ("supersedes", 1),
    ],
)
def test_every_field_counts_in_the_hash(name, other):
    assert chain_hash(GENESIS, **{**ENTRY, name: other}) != chain_hash(GENESIS, **ENTRY)


def test_the_hash_before_counts_in_the_hash():
    assert chain_hash("1" * 64, **ENTRY) != chain_hash(GENESIS, **ENTRY)
