"""What a reader of a format is handed: tables and trees, parsed, with their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: the line on which it ends, and its cells by column."""

    number: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file with a header."""

    name: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """A JSON document, or an answer of a live interface."""

    name: str
    value: Any


Document = Table | Tree


def tables(documents: Sequence[Document]) -> list[Table]:
    """Those that are tables."""
    return [one for one in documents if isinstance(one, Table)]


def trees(documents: Sequence[Document]) -> list[Tree]:
    """Those that are trees."""
    return [one for one in documents if isinstance(one, Tree)]


def items(tree: Tree, *names: str) -> list[tuple[str, Any]]:
    """The items of a list, or of the list that an object holds under one of some names.

    Each comes with its place, counted from 1; an object without such a list stands for itself.

    >>> items(Tree("a.json", {"results": [{"id": 1}]}), "results")
    [('a.json, results 1', {'id': 1})]
    """
    value, where = tree.value, "item"
    if isinstance(value, Mapping):
        where = next((name for name in names if isinstance(value.get(name), list)), "")
        if not where:
            return [(tree.name, value)]
        value = value[where]
    if not isinstance(value, list):
        return []
    return [(f"{tree.name}, {where} {at}", one) for at, one in enumerate(value, start=1)]


def keys_of(tree: Tree) -> frozenset[str]:
    """The keys of a tree that is an object; none of one that is a list."""
    return frozenset(tree.value) if isinstance(tree.value, Mapping) else frozenset()
