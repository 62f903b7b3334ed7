"""What every entry of the log is wrapped in, and the chain that its hashes make.

An entry's hash covers the hash before it and its own canonical text, behind a version
byte, so that a change anywhere shows everywhere after it.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from questions.instants import iso, micros
from questions.values import (
    Cdf,
    Chosen,
    Moment,
    Number,
    Probability,
    Quantiles,
    Shares,
    Void,
    value_to_json,
)

_PLAIN = frozenset({str, int, bool})
_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)

CHAIN_VERSION = b"\x01"
GENESIS = "0" * 64

Mode = Literal["live", "replay", "import"]
_VALUES = (Probability, Shares, Cdf, Quantiles, Number, Moment, Chosen, Void)


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log."""

    seq: int
    kind: str
    payload: Mapping[str, Any]
    effective_at: datetime
    """When it is said to have happened."""
    recorded_at: datetime
    """When it was written, by the clock that was passed in."""
    actor: str
    key: str
    """Idempotency key: an entry with a key already in the log is not written again."""
    mode: Mode
    supersedes: int | None
    prev: str
    hash: str


def event_of(row: Mapping[Any, Any]) -> Event:
    """An entry, by its row of the log's table.

    Raises:
        ValueError: a payload that is no JSON object.
    """
    return Event(**{**row, "payload": payload_of(row["payload"])})


def payload_of(text: str) -> dict[str, Any]:
    """The payload that its text in the log says.

    Raises:
        ValueError: it is no JSON object.
    """
    try:
        payload = json.loads(text)
    except RecursionError as error:
        raise ValueError("JSON in too many brackets") from error
    if not isinstance(payload, dict):
        raise ValueError("JSON that is no object")
    return payload


def plain(thing: Any) -> Any:
    """A record, value or collection as what JSON can hold: instants as text, infinities as words.

    >>> plain(Probability(0.5))
    {'kind': 'probability', 'yes': 0.5}
    >>> plain({"weight": float("inf")})
    {'weight': 'Infinity'}
    """
    if thing is None or type(thing) in _PLAIN:
        return thing
    if isinstance(thing, _VALUES):
        return plain(value_to_json(thing))
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, datetime):
        return iso(thing)
    if isinstance(thing, float) and not math.isfinite(thing):
        return None if math.isnan(thing) else "Infinity" if thing > 0 else "-Infinity"
    if isinstance(thing, Mapping):
        return {str(key): plain(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [plain(item) for item in thing]
    return thing


def canonical(thing: Any) -> str:
    """The one text of a JSON value: keys sorted, no blanks, finite numbers only.

    Raises:
        ValueError: a float that is not finite.

    >>> canonical({"b": 1.0, "a": [True, None]})
    '{"a":[true,null],"b":1.0}'
    """
    return _CANONICAL.encode(thing)


quoted = json.encoder.encode_basestring
"""A string as canonical JSON has it."""


def chain_hash(
    prev: str,
    *,
    seq: int,
    kind: str,
    payload: str,
    effective_at: datetime,
    recorded_at: datetime,
    actor: str,
    key: str,
    mode: str,
    supersedes: int | None,
) -> str:
    """SHA-256 (hex) of an entry and of the hash before it; ``payload`` is its canonical text."""
    entry = [
        prev,
        seq,
        kind,
        payload,
        micros(effective_at),
        micros(recorded_at),
        actor,
        key,
        mode,
        supersedes,
    ]
    return sha256(CHAIN_VERSION + canonical(entry).encode()).hexdigest()


def chain(
    prev: str,
    *,
    first: int,
    kind: str,
    payloads: Sequence[str],
    effective_at: Sequence[int],
    recorded_at: int,
    actor: str,
    keys: Sequence[str],
    mode: str,
) -> list[str]:
    """The hashes of many entries of one kind that follow each other; instants in microseconds.

    The first has the number ``first`` and follows ``prev``; each is what :func:`chain_hash`
    makes of it. None of them supersedes another.
    """
    head, who, tail = f",{quoted(kind)},", quoted(actor), f",{quoted(mode)},null]"
    hashes = []
    rows = zip(payloads, effective_at, keys, strict=True)
    for seq, (payload, at, key) in enumerate(rows, first):
        entry = (
            f'["{prev}",{seq}{head}{quoted(payload)},{at},{recorded_at},{who},{quoted(key)}{tail}'
        )
        prev = sha256(CHAIN_VERSION + entry.encode()).hexdigest()
        hashes.append(prev)
    return hashes
