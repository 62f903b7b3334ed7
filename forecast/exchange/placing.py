"""Forecasts of a platform beside those on record: what is new, what ended, what contradicts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from forecast.exchange.plan import Ending, Held, Key, NewForecast
from forecast.exchange.records import PlatformForecast
from forecast.exchange.work import Asked, Work
from forecast.writing.values import right_value, takes
from questions.errors import BadInput
from questions.instants import iso
from questions.store.texts import check_text


def place_forecasts(said: Iterable[PlatformForecast], work: Work) -> None:
    """Put down what is new of what was said, and when that ended which is on record."""
    by_key: dict[Key, list[PlatformForecast]] = defaultdict(list)
    for one in said:
        try:
            asked, member = work.on(one.origin), work.member(one.by)
            _check_value(one, asked, work.known.now)
            check_text("why", one.why)
            by_key[asked.id, member, one.made_at].append(one)
        except BadInput as error:
            work.refuse(one.origin, error)
    agreed = {key: some[0] for key, some in by_key.items() if _one_value(key, some, work)}
    pairs = {key[:2] for key in agreed}
    by_pair: dict[tuple[str, str], set[datetime]] = defaultdict(set)
    for question, member, at in {*agreed, *work.known.forecasts}:
        if (question, member) in pairs:
            by_pair[question, member].add(at)
    for pair, times in sorted(by_pair.items()):
        rising = sorted(times)
        for at, following in zip(rising, [*rising[1:], None], strict=True):
            key = (*pair, at)
            if key in agreed:
                _place(work, key, agreed[key], work.known.forecasts.get(key), following)


def _check_value(one: PlatformForecast, asked: Asked, now: datetime) -> None:
    if not takes(asked.kind, one.value):
        raise BadInput("forecast", asked.id, right_value(asked.kind))
    if one.made_at > now:
        raise BadInput("forecast time", iso(one.made_at), f"a time that has come: it is {iso(now)}")


def _one_value(key: Key, some: Sequence[PlatformForecast], work: Work) -> bool:
    """Whether what was said at one instant is one thing; else all of it is refused."""
    work.plan.already += len(some) - 1
    if len({(one.value, one.ended_at) for one in some}) == 1:
        return True
    work.plan.already -= len(some) - 1
    for one in some:
        right = f"one value for one instant: {key[1]} says several things of {key[0]} there"
        work.refuse(one.origin, BadInput("forecast at", iso(one.made_at), right))
    return False


def _place(
    work: Work,
    key: Key,
    one: PlatformForecast,
    held: Held | None,
    following: datetime | None,
) -> None:
    """Put down a forecast that is new, or of one on record when it ended."""
    question, member, _ = key
    ends = one.ended_at
    if ends is not None and following is not None and ends >= following:
        ends = None
    if held is None:
        work.plan.forecasts.append(NewForecast(question, member, one, ends))
    elif held.value != one.value:
        right = f"what is on record as {held.id}, which has another value"
        work.refuse(one.origin, BadInput("forecast at", iso(one.made_at), right))
    elif ends is not None and (held.ended_at is None or ends < held.ended_at):
        work.plan.endings.append(Ending(question, member, held.id, ends))
    else:
        work.plan.already += 1
