"""Manifold: a market and the bets on it, which make the path of its price.

A price is a crowd's and a bet is nobody's forecast. Times are milliseconds. Resolved to the
market's own price (MKT) is ambiguous, cancelled is annulled.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from forecast.exchange.cells import blank, instant, moment, probability, required, said
from forecast.exchange.documents import Document, items, trees
from forecast.exchange.gathering import Gathering
from forecast.exchange.records import (
    Batch,
    Person,
    PlatformCrowd,
    PlatformQuestion,
    PlatformResolution,
    Quote,
)
from questions.errors import BadInput
from questions.records import Binary
from questions.values import NO, YES, Outcome, Void

PLATFORM: Final = "manifold"
MARKET: Final = {"outcomeType", "question", "createdTime"}
BET: Final = {"contractId", "createdTime", "probAfter"}
CROWD: Final = "market"
Item = Mapping[str, Any]


def suits(documents: Sequence[Document]) -> bool:
    """Whether a tree holds markets or bets."""
    found = (item for tree in trees(documents) for _, item in items(tree, "markets")[:5])
    return any(_has(item, MARKET) or _has(item, BET) for item in found)


def _has(item: Any, keys: Iterable[str]) -> bool:
    return isinstance(item, Mapping) and item.keys() >= {*keys}


def read(documents: Sequence[Document]) -> Batch:
    """What the markets and bets hold."""
    found = Gathering(PLATFORM)
    bets: dict[str, list[tuple[str, Item]]] = defaultdict(list)
    markets: list[tuple[str, Item]] = []
    for tree in trees(documents):
        for place, item in items(tree, "markets"):
            if _has(item, BET):
                bets[str(item["contractId"])].append((place, item))
            else:
                markets.append((place, item))
    for place, item in markets:
        with found.at(place):
            _market(found, item, place, bets)
    return found.batch()


def _market(
    found: Gathering,
    item: Item,
    place: str,
    bets: Mapping[str, Sequence[tuple[str, Item]]],
) -> None:
    """A market: one question, or one for each of its answers."""
    kind, identity = required(item, "outcomeType"), required(item, "id")
    own = [(f"{place}, bet {at}", one) for at, one in enumerate(item.get("bets") or [], start=1)]
    path = [*own, *bets.get(identity, ())]
    if kind == "BINARY":
        _question(found, item, item, place, path)
    elif kind == "MULTIPLE_CHOICE":
        for answer in item["answers"]:
            mine = [one for one in path if one[1].get("answerId") == answer["id"]]
            _question(found, item, answer, place, mine)
    else:
        right = "BINARY or MULTIPLE_CHOICE: other prices are no probabilities"
        raise BadInput("outcomeType", kind, right)


def _question(
    found: Gathering,
    market: Item,
    part: Item,
    place: str,
    path: Sequence[tuple[str, Item]],
) -> None:
    identity = required(market, "id")
    url = said(market, "url") or f"https://manifold.markets/market/{identity}"
    is_answer = part is not market
    title = required(market, "question")
    asker = Person(said(market, "creatorUsername"), said(market, "creatorId"))
    record = PlatformQuestion(
        origin=found.origin(identity + (f"/{part['id']}" if is_answer else ""), place),
        title=f"{title} ({required(part, 'text')})" if is_answer else title,
        kind=Binary(),
        open_time=moment(market.get("createdTime"), "createdTime"),
        scheduled_close_time=moment(market.get("closeTime"), "closeTime"),
        resolution_criteria=f"As its maker resolves it on Manifold: {url}",
        background=said(market, "textDescription"),
        url=url,
        asked_by=asker if asker.name else None,
    )
    found.questions.append(record)
    with found.at(f"{place}, resolution"):
        _resolution(found, record, market, part)
    _path(found, record, market, part, path)


def _resolution(found: Gathering, record: PlatformQuestion, market: Item, part: Item) -> None:
    when = instant(part.get("resolutionTime"), "resolutionTime") or instant(
        market.get("resolutionTime"), "resolutionTime"
    )
    ended = _outcome(said(part, "resolution"), said(market, "resolution"), part, market)
    if ended is None:
        return
    if when is None:
        raise BadInput("resolutionTime", "", "when it was resolved")
    detail = said(part, "resolutionProbability") if isinstance(ended, Void) else ""
    source = f"Manifold, {record.url}" + (f" (resolved to {detail})" if detail else "")
    found.resolutions.append(PlatformResolution(record.origin, ended, when, source))


def _outcome(own: str, whole: str, part: Item, market: Item) -> Outcome | None:
    """How it ended by its own word, else by the market's: the id of the answer that won."""
    if not own and part is not market and whole not in ("", "MKT", "CANCEL", "CHOOSE_MULTIPLE"):
        return YES if whole == part["id"] else NO
    match own or whole:
        case "":
            return None
        case "YES":
            return YES
        case "NO":
            return NO
        case "MKT" | "CHOOSE_MULTIPLE":
            return Void("ambiguous")
        case "CANCEL":
            return Void("annulled")
    raise BadInput("resolution", own or whole, "YES, NO, MKT or CANCEL")


def _path(
    found: Gathering,
    record: PlatformQuestion,
    market: Item,
    part: Item,
    path: Sequence[tuple[str, Item]],
) -> None:
    """The price from the opening on, and after each bet; the last of an instant holds."""
    prices: dict[datetime, Quote] = {}
    known = []
    for place, bet in path:
        with found.at(place):
            if not blank(bet.get("isRedemption")) and bet["isRedemption"]:
                continue
            quote = _quote(bet)
            known.append((quote.at, said(bet, "id"), quote, bet))
    known.sort(key=lambda one: one[:2])
    if known and not blank(known[0][3].get("probBefore")):
        with found.at(record.origin.place):
            before = probability(known[0][3]["probBefore"], "probBefore")
            prices[record.open_time] = Quote(record.open_time, before)
    prices |= {quote.at: quote for _, _, quote, _ in known}
    price, seen = part.get("probability", part.get("prob")), market.get("lastUpdatedTime")
    if not prices and not blank(price) and not blank(seen):
        with found.at(f"{record.origin.place}, probability"):
            at = moment(seen, "lastUpdatedTime")
            prices[at] = Quote(at, probability(price, "probability"))
    if prices:
        quotes = tuple(prices[at] for at in sorted(prices))
        found.crowds.append(PlatformCrowd(record.origin, CROWD, quotes))


def _quote(bet: Item) -> Quote:
    at = moment(bet.get("createdTime"), "createdTime")
    return Quote(at, probability(bet["probAfter"], "probAfter"))
