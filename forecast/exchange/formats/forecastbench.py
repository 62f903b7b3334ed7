"""ForecastBench: question sets, forecast sets and resolution sets.

A market question is asked once; a question on a series once for each date on which it resolves.
Both open when forecasts are due. The value at the freeze of a market question is its crowd.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from forecast.exchange.cells import (
    blank,
    instant,
    listed,
    moment,
    next_midnight,
    number,
    probability,
    required,
    said,
    truth,
)
from forecast.exchange.documents import Document, Tree, items, keys_of, trees
from forecast.exchange.gathering import Gathering
from forecast.exchange.records import (
    Batch,
    Person,
    PlatformCrowd,
    PlatformForecast,
    PlatformQuestion,
    PlatformResolution,
    Quote,
)
from questions.errors import BadInput
from questions.instants import iso
from questions.records import Binary
from questions.values import NO, YES, Outcome, Void

PLATFORM: Final = "forecastbench"
CROWD: Final = "market at the freeze"
MARKETS: Final = {"infer", "manifold", "metaculus", "polymarket"}
QUESTION: Final = {"id", "source", "question", "freeze_datetime"}
FORECAST: Final = {"id", "source", "forecast"}
RESOLUTION: Final = {"id", "source", "resolved_to"}
LISTS: Final = ("questions", "forecasts", "resolutions")
Item = Mapping[str, Any]


def suits(documents: Sequence[Document]) -> bool:
    """Whether a tree holds one of the three sets."""
    found = (item for tree in trees(documents) for _, item in items(tree, *LISTS)[:5])
    return any(
        isinstance(item, Mapping) and any(item.keys() >= keys for keys in _SHAPES) for item in found
    )


_SHAPES: Final = (QUESTION, FORECAST, RESOLUTION)


def read(documents: Sequence[Document]) -> Batch:
    """What the sets hold."""
    found = Gathering(PLATFORM)
    for tree in trees(documents):
        for place, item in items(tree, *LISTS):
            with found.at(place):
                _alone(item)
                if item.keys() >= QUESTION:
                    _questions(found, item, place, tree)
                elif item.keys() >= RESOLUTION:
                    _resolution(found, item, place)
                else:
                    _forecast(found, item, place, tree)
    return found.batch()


def _alone(item: Item) -> None:
    """See that an item is about one question: combinations of two are not taken."""
    if isinstance(item["id"], list):
        right = "one question: what is asked of two together is not taken"
        raise BadInput("id", ", ".join(map(str, item["id"])), right)


def _due(tree: Tree) -> datetime | None:
    """When forecasts on a set were due."""
    if "forecast_due_date" not in keys_of(tree):
        return None
    return instant(tree.value["forecast_due_date"], "forecast_due_date")


def _identity(item: Item, on: Any) -> str:
    """What stands for a question: its source and id, of a series with the date."""
    source = required(item, "source").lower()
    name = f"{source}/{required(item, 'id')}"
    return name if source in MARKETS else f"{name}/{iso(moment(on, 'resolution_date'))[:10]}"


def _questions(found: Gathering, item: Item, place: str, tree: Tree) -> None:
    opens = _due(tree) or moment(item["freeze_datetime"], "freeze_datetime")
    for on in _dates(item):
        with found.at(place):
            _question(found, item, place, opens, on)


def _dates(item: Item) -> Iterator[Any]:
    if required(item, "source").lower() in MARKETS:
        yield None
    else:
        yield from listed(item.get("resolution_dates"), "resolution_dates")


def _question(found: Gathering, item: Item, place: str, opens: datetime, on: Any) -> None:
    question = _identity(item, on)
    closes = (
        moment(item.get("market_info_close_datetime"), "market_info_close_datetime")
        if on is None
        else next_midnight(moment(on, "resolution_date"), "resolution_date")
    )
    url = said(item, "url")
    record = PlatformQuestion(
        origin=found.origin(question, place),
        title=_title(required(item, "question"), opens, on),
        kind=Binary(),
        open_time=opens,
        scheduled_close_time=closes,
        resolution_criteria=said(item, "resolution_criteria")
        or said(item, "market_info_resolution_criteria")
        or "As ForecastBench resolves it.",
        background=said(item, "background"),
        url=url,
    )
    found.questions.append(record)
    price = item.get("freeze_datetime_value")
    if on is None and not blank(price):
        with found.at(f"{place}, freeze_datetime_value"):
            at = moment(item["freeze_datetime"], "freeze_datetime")
            quotes = (Quote(at, probability(price, "freeze_datetime_value")),)
            found.crowds.append(PlatformCrowd(record.origin, CROWD, quotes))


def _title(text: str, opens: datetime, on: Any) -> str:
    """The question with its dates in their places."""
    until = "" if on is None else iso(moment(on, "resolution_date"))[:10]
    title = text.replace("{resolution_date}", until)
    title = title.replace("{forecast_due_date}", iso(opens)[:10])
    return f"{title} (by {until})" if until and until not in title else title


def _forecast(found: Gathering, item: Item, place: str, tree: Tree) -> None:
    made = _due(tree)
    if made is None:
        raise BadInput("forecast_due_date", "", "the date that the file names beside its forecasts")
    maker = " / ".join(part for key in ("organization", "model") if (part := said(tree.value, key)))
    if not maker:
        raise BadInput("organization", "", "who forecast, beside the forecasts")
    question = _identity(item, item.get("resolution_date"))
    value = probability(item["forecast"], "forecast")
    origin = found.origin(question, place)
    why = said(item, "reasoning")
    found.forecasts.append(PlatformForecast(origin, Person(maker), value, made, why=why))


def _resolution(found: Gathering, item: Item, place: str) -> None:
    if not truth(item.get("resolved")):
        found.passed["values that are a market's price so far, no outcomes"] += 1
        return
    when = moment(item.get("resolution_date"), "resolution_date")
    question = _identity(item, item.get("resolution_date"))
    ended = _outcome(number(item["resolved_to"], "resolved_to"))
    source = f"ForecastBench, {required(item, 'source')}"
    origin = found.origin(question, place)
    found.resolutions.append(
        PlatformResolution(origin, ended, next_midnight(when, "resolution_date"), source)
    )


def _outcome(amount: float) -> Outcome:
    if amount in (0.0, 1.0):
        return YES if amount else NO
    if 0 < amount < 1:
        return Void("ambiguous")
    raise BadInput("resolved_to", f"{amount:g}", "a number from 0 to 1")
