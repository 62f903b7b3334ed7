"""The register of sources: each described once, its grade set once and overridden rarely."""

import re
from collections.abc import Iterable
from typing import Final

from forecast.desk.desk import Receipt, once, receipt
from forecast.people.sources import Register, host_of, register
from questions.errors import BadInput, Conflict
from questions.store.log import Entry

_GRADE: Final = re.compile(r"[A-F][1-6]?")


@once
def describe(
    entry: Entry,
    name: str,
    *,
    aliases: Iterable[str] = (),
    domains: Iterable[str] = (),
    grade: str = "",
    why: str = "",
) -> Receipt:
    """Put a source in the register, or add to what it says of one; a new grade holds from now on.

    Raises:
        BadInput: an empty name, a domain or grade that is none.
        Conflict: a name, alias or domain that is another source's.
    """
    found = register(entry.everything())
    wanted = _name(name)
    known = found.by_name.get(wanted.casefold())
    official = known.name if known else wanted
    also = [_name(one) for one in aliases]
    hosts = [_domain(one) for one in domains]
    _check_free(found, official, also, hosts)
    record = {
        "name": official,
        "aliases": _joined(known.aliases if known else (), also),
        "domains": _joined(known.domains if known else (), hosts),
        "grade": source_grade(grade) or (known.grades[-1][1] if known and known.grades else ""),
        "why": why or (known.why if known else ""),
    }
    return receipt(official, record, entry.append("source.described", record))


def _check_free(found: Register, name: str, aliases: list[str], domains: list[str]) -> None:
    taken = [(one, found.by_name.get(one.casefold())) for one in aliases]
    taken += [(one, found.by_domain.get(one)) for one in domains]
    for said, owner in taken:
        if owner is not None and owner.name != name:
            raise Conflict(f"{said!r} means {owner.name} already", "choose another")


def source_grade(text: str) -> str:
    """A source's Admiralty grade in capitals; nothing stays nothing.

    Raises:
        BadInput: not A to F, perhaps with 1 to 6.

    >>> source_grade(" b "), source_grade("b2"), source_grade("")
    ('B', 'B2', '')
    """
    grade = text.strip().upper()
    if grade and not _GRADE.fullmatch(grade):
        right = "a letter A to F, such as B, perhaps with 1 to 6 for what it usually says, as in B2"
        raise BadInput("grade", text, right)
    return grade


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or not name.isprintable():
        raise BadInput("name", text, "how the source is called, in printable characters")
    return name


def _domain(text: str) -> str:
    host = host_of(text).removeprefix("www.")
    if not host:
        raise BadInput("domain", text, "the domain of its addresses, such as example.org")
    return host


def _joined(before: Iterable[str], new: Iterable[str]) -> list[str]:
    return list(dict.fromkeys((*before, *new)))
