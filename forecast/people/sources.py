"""Sources: the register of who says so, read from the store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from forecast.records import Source
from questions.store.reading import Reading
from questions.store.tables import SOURCES

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Register:
    """Every source that was described, and what each may be called."""

    sources: tuple[Source, ...]
    by_name: Mapping[str, Source]
    """By name and alias, in one case."""
    by_domain: Mapping[str, Source]


def register(read: Reading) -> Register:
    """The register as it is on record; of each source the last description, and all its grades."""
    described: dict[str, list[Row]] = {}
    for row in read.rows(SOURCES):
        described.setdefault(row["name"], []).append(row)
    return register_of(_source(rows) for rows in described.values())


def register_of(sources: Iterable[Source]) -> Register:
    """A register of some sources.

    >>> found = register_of([Source("Evening Journal", ("EJ",), ("journal.example",))])
    >>> [known_as(found, one) for one in ("ej", "www.journal.example", "somebody")]
    ['Evening Journal', 'Evening Journal', 'somebody']
    """
    listed = tuple(sources)
    names = {name.casefold(): one for one in listed for name in (*one.aliases, one.name)}
    return Register(listed, names, {name: one for one in listed for name in one.domains})


def _source(rows: list[Row]) -> Source:
    last = rows[-1]
    graded = [
        (row["recorded_at"], row["grade"])
        for before, row in zip([None, *rows], rows, strict=False)
        if row["grade"] != (before["grade"] if before else "")
    ]
    return Source(
        name=last["name"],
        aliases=tuple(last["aliases"]),
        domains=tuple(last["domains"]),
        grades=tuple(graded),
        why=last["why"],
    )


def find_source(found: Register, said: str) -> Source | None:
    """The source that a name, an alias or an address means; None if it is in no register."""
    named = found.by_name.get(" ".join(said.split()).casefold())
    return named or _by_domain(found, host_of(said))


def known_as(found: Register, said: str) -> str:
    """The register's name for a source; what was said where the register has none."""
    source = find_source(found, said)
    return source.name if source else " ".join(said.split())


def host_of(said: str) -> str:
    """The host of an address, or of a bare domain; nothing where the text is neither.

    >>> host_of("https://www.Example.org:80/a"), host_of("news.example.org"), host_of("a wire")
    ('www.example.org', 'news.example.org', '')
    """
    text = said.strip().casefold()
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    return host if "." in host and not any(one.isspace() for one in host) else ""


def _by_domain(found: Register, host: str) -> Source | None:
    """The source of the longest domain that a host is in."""
    parts = host.split(".")
    tails = (".".join(parts[place:]) for place in range(len(parts)))
    return next((found.by_domain[one] for one in tails if one in found.by_domain), None)
