"""Many payloads of one kind, column by column: as the log has them, and as their table keeps them.

What :func:`questions.store.envelope.plain` and a table's column types do for one payload, done
for a column at a time, so that a million forecasts go in within seconds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from questions.instants import from_micros, iso
from questions.store.envelope import canonical, plain, quoted
from questions.store.tables import Instant, Nested
from questions.store.texts import Free, check_text, sealed


@dataclass(frozen=True, slots=True)
class Encoded:
    """A column twice: the JSON of each value, and what its table keeps."""

    logged: Sequence[str]
    kept: Sequence[Any]


@dataclass(slots=True)
class Encoder:
    """Encodes columns; knows the people, and gathers the free texts that it seals."""

    person: Callable[[str], str]
    salt: Callable[[], str]
    free: Free = field(default_factory=dict)

    def column(self, column: sa.Column[Any], values: Sequence[Any]) -> Encoded:
        """A column's values, of any sequence, by what the column holds.

        Raises:
            BadInput: text that not every engine can keep.
            TypeError: what is no text in a column of text.
        """
        values = values if _is_stamps(values) else listed(values)
        match column.info.get("holds"), column.type:
            case "person", _:
                return _texts(column.name, [self.person(one) for one in values])
            case "free text", _:
                return self._free_texts(column.name, values)
            case _, Instant():
                return _instants(values)
            case _, Nested():
                return _nested(values)
            case _, sa.Text():
                return _texts(column.name, values)
        held = [plain(one) for one in values]
        return Encoded([canonical(one) for one in held], held)

    def sealed_texts(self) -> dict[str, list[str]]:
        """The columns of the free texts that were sealed so far."""
        return {
            "digest": [*self.free],
            "salt": [salt for salt, _ in self.free.values()],
            "text": [text for _, text in self.free.values()],
        }

    def _free_texts(self, name: str, values: Sequence[str | None]) -> Encoded:
        kept = _texts(name, values).kept
        return Encoded([self._sealed(one) for one in kept], kept)

    def _sealed(self, words: str | None) -> str:
        if not words:
            return "null" if words is None else '""'
        return canonical(sealed(words, self.salt(), self.free))


def _texts(name: str, values: Sequence[Any]) -> Encoded:
    known: dict[str | None, str] = {None: "null"}
    for one in dict.fromkeys(values):
        if one is not None:
            if not isinstance(one, str):
                raise TypeError(f"{name} holds {one!r}, which is no text")
            check_text(name, one)
            known[one] = quoted(one)
    return Encoded([known[one] for one in values], values)


def _instants(values: Sequence[Any]) -> Encoded:
    """Datetimes, ISO texts, None, or an array of numpy's instants in UTC."""
    counts = whole_micros(values)
    known = {
        one: "null" if one is None else quoted(iso(from_micros(one)))
        for one in dict.fromkeys(counts)
    }
    return Encoded([known[one] for one in counts], counts)


def whole_micros(values: Sequence[Any]) -> list[int | None]:
    """Instants as microseconds since 1970.

    >>> from datetime import UTC, datetime
    >>> whole_micros([datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), None])
    [1000000, None]
    """
    if _is_stamps(values):
        import numpy as np

        return _counted(np.asarray(values, dtype="datetime64[us]"))
    keep = Instant().process_bind_param
    known = {one: keep(one, None) for one in dict.fromkeys(values)}
    return [known[one] for one in values]


def _is_stamps(values: Sequence[Any]) -> bool:
    return getattr(getattr(values, "dtype", None), "kind", "") == "M"


def listed(values: Sequence[Any]) -> Sequence[Any]:
    """The values of a column of pandas or numpy as Python's own."""
    return values.tolist() if hasattr(values, "tolist") else values


def _counted(stamps: Any) -> list[int | None]:
    import numpy as np

    counts: list[int | None] = stamps.astype(np.int64).tolist()
    for at in np.flatnonzero(np.isnat(stamps)).tolist():
        counts[at] = None
    return counts


def _nested(values: Sequence[Any]) -> Encoded:
    logged = [canonical(plain(one)) for one in values]
    return Encoded(logged, [None if one == "null" else one for one in logged])


def payloads(columns: Mapping[str, Encoded]) -> list[str]:
    """The canonical text of each payload.

    >>> payloads({"b": Encoded(["1"], [1]), "a": Encoded(['"x"'], ["x"])})
    ['{"a":"x","b":1}']
    """
    names = sorted(columns)
    form = "{" + ",".join(f"{quoted(name)}:%s" for name in names) + "}"
    return [form % row for row in zip(*(columns[name].logged for name in names), strict=True)]
