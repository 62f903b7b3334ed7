"""Countries with their demonyms and capitals: "Russian", "Moscow" and "the Kremlin" are Russia.

The table is ``countries.csv``; ``|`` separates alternatives within a cell.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Countries:
    """What a word says about a country: each mapping gives the country's name in a title."""

    by_name: Mapping[str, str]
    by_adjective: Mapping[str, str]
    by_people: Mapping[str, str]
    by_capital: Mapping[str, str]
    adjective: Mapping[str, str]
    """The first adjective of each country that has one."""


def _rows() -> Iterator[dict[str, str]]:
    table = files("questions.english").joinpath("countries.csv").read_text(encoding="utf-8")
    return csv.DictReader(table.splitlines())


def _index(rows: list[dict[str, str]], column: str) -> dict[str, str]:
    return {word: row["name"] for row in rows for word in row[column].split("|") if word}


@cache
def countries() -> Countries:
    """The table, read once.

    >>> countries().by_adjective["Ukrainian"], countries().by_capital["Moscow"]
    ('Ukraine', 'Russia')
    """
    rows = list(_rows())
    return Countries(
        by_name={row["name"]: row["name"] for row in rows} | _index(rows, "also"),
        by_adjective=_index(rows, "adjective"),
        by_people=_index(rows, "people"),
        by_capital=_index(rows, "capital"),
        adjective={row["name"]: row["adjective"].split("|")[0] for row in rows if row["adjective"]},
    )


def country_of(word: str) -> str | None:
    """The country that a name, demonym, people or capital stands for.

    >>> country_of("Beijing"), country_of("U.S."), country_of("Danes"), country_of("Bakhmut")
    ('China', 'the United States', 'Denmark', None)
    """
    table = countries()
    for index in (table.by_name, table.by_adjective, table.by_people, table.by_capital):
        if word in index:
            return index[word]
    return None
