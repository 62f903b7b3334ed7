"""A list that comes in pages becomes one list, each item once."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from forecast.exchange.clients.answers import held
from forecast.exchange.clients.calling import Line, Params
from questions.errors import BadFile

Item = dict[str, Any]


def paged(
    line: Line,
    path: str,
    name: str,
    params: Callable[[list[Item]], Params],
) -> list[Item]:
    """The items of a list that an answer holds under a name, page after page.

    ``params`` says how to ask for the next page, given what there is so far. An item that comes
    again, because the list moved meanwhile, is kept once; a page without a new item is the last.

    Raises:
        BadFile: an answer without such a list.
        Unavailable, NotFound: as :meth:`forecast.exchange.clients.calling.Line.get`.
    """
    found: dict[str, Item] = {}
    known = -1
    while len(found) > known:
        known = len(found)
        for item in _items(line, path, name, params([*found.values()])):
            found.setdefault(_identity(item), item)
    return [*found.values()]


def _items(line: Line, path: str, name: str, params: Params) -> Iterator[Item]:
    for item in held(line.get(path, params), name, line.service, path):
        if not isinstance(item, dict):
            problem = f"{path} gives {name} of another kind than expected"
            raise BadFile(line.service.name, problem, "its interface may have changed")
        yield item


def _identity(item: Item) -> str:
    """What tells an item from the others: its id, or all of it where it has none."""
    return str(item["id"]) if "id" in item else json.dumps(item, sort_keys=True)
