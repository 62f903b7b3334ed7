"""Manifold: a market, and every bet on it, which make the path of its price."""

import re
from typing import Any, Final

from forecast.exchange.clients.calling import Line
from forecast.exchange.clients.wire import Service
from questions.errors import BadFile, BadInput, NotFound

BASE: Final = "https://api.manifold.markets/v0"
PAGE: Final = 1000

_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,200}")


def service(base: str = BASE) -> Service:
    """Manifold at an address; reading it takes no key."""
    return Service("Manifold", base, per_minute=500)


def market(line: Line, reference: str) -> dict[str, Any]:
    """A market by its id, slug or address, with its ``bets``, newest first.

    Raises:
        BadInput: a reference that no market can have.
        NotFound: no such market.
        Unavailable, BadFile: as :meth:`forecast.exchange.clients.calling.Line.get`.
    """
    found = _found(line, named(reference))
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        raise _changed(line, f"the market {reference} has no id")
    return {**found, "bets": _bets(line, found["id"])}


def named(reference: str) -> str:
    """The id or slug in what somebody wrote, which may be the address of the market's page.

    Raises:
        BadInput: neither.

    >>> named("https://manifold.markets/ana/will-it-rain?r=x")
    'will-it-rain'
    """
    last = reference.strip().partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    if _NAME.fullmatch(last) is None or not last.strip("."):
        raise BadInput("market", reference, "its id, its slug or its address")
    return last


def _found(line: Line, name: str) -> Any:
    """Slugs mostly have hyphens, ids never; a slug of one word looks like an id."""
    if "-" not in name:
        try:
            return line.get(f"/market/{name}", what=f"market {name}")
        except NotFound:
            pass
    return line.get(f"/slug/{name}", what=f"market {name}")


def _bets(line: Line, market: str) -> list[dict[str, Any]]:
    """All bets on a market, newest first, each once."""
    found: dict[str, dict[str, Any]] = {}
    params: dict[str, str | int] = {"contractId": market, "limit": PAGE}
    while True:
        page = line.get("/bets", params)
        if not isinstance(page, list) or not all(_is_bet(one) for one in page):
            raise _changed(line, "/bets gives no list of bets")
        known = len(found)
        found |= {one["id"]: one for one in page}
        if len(found) == known:
            return [*found.values()]
        params["before"] = page[-1]["id"]


def _is_bet(one: object) -> bool:
    return isinstance(one, dict) and isinstance(one.get("id"), str)


def _changed(line: Line, problem: str) -> BadFile:
    return BadFile(line.service.name, problem, "its interface may have changed")
