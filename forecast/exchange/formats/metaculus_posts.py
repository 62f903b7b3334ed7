"""Metaculus' live interface: posts with their questions, one's own forecasts, aggregations.

A post holds one question, a group of them, a conditional pair or none; questions go by the id
of the question. Times are epoch seconds or ISO, of one payload in both.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from forecast.exchange.cells import (
    blank,
    instant,
    kind_name,
    moment,
    number,
    outcome,
    required,
    said,
    suiting,
    truth,
)
from forecast.exchange.documents import Document, items, trees
from forecast.exchange.formats.metaculus import (
    PLATFORM,
    all_options,
    criteria,
    spot_time,
    value_of,
)
from forecast.exchange.gathering import Gathering
from forecast.exchange.kinds import POINTS, Range, kind_of
from forecast.exchange.records import (
    ME,
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
from questions.records import Kind

Item = Mapping[str, Any]
HOLDS = ("question", "group_of_questions", "conditional", "notebook")


def suits(documents: Sequence[Document]) -> bool:
    """Whether a tree holds posts."""
    found = (item for tree in trees(documents) for _, item in items(tree, "results")[:5])
    return any(_is_post(item) for item in found)


def _is_post(item: Any) -> bool:
    if not isinstance(item, Mapping) or "id" not in item:
        return False
    asked = item.get("question")
    return isinstance(asked, Mapping) or bool({*HOLDS[1:]} & item.keys())


def read(documents: Sequence[Document]) -> Batch:
    """What the posts hold."""
    found = Gathering(PLATFORM)
    for tree in trees(documents):
        for place, post in items(tree, "results"):
            with found.at(place):
                _post(found, post, place)
    return found.batch()


def _post(found: Gathering, post: Item, place: str) -> None:
    required(post, "id")
    asked = list(_questions(post))
    found.passed["posts without a question"] += not asked
    for title, question in asked:
        with found.at(f"{place}, question {question.get('id', '?')}"):
            _question(found, post, question, title, place)


def _questions(post: Item) -> Iterator[tuple[str, Item]]:
    """Each question of a post with its title."""
    if isinstance(one := post.get("question"), Mapping):
        yield said(one, "title") or said(post, "title"), one
    if isinstance(group := post.get("group_of_questions"), Mapping):
        for one in group["questions"]:
            yield _of_group(said(post, "title"), one), one
    if isinstance(pair := post.get("conditional"), Mapping):
        condition = said(pair["condition"], "title")
        for branch, when in (("question_yes", "yes"), ("question_no", "no")):
            child = said(pair.get("condition_child") or {}, "title")
            title = said(pair[branch], "title")
            yield title or f"If {condition} ({when}): {child}", pair[branch]


def _of_group(title: str, one: Item) -> str:
    own, label = said(one, "title"), said(one, "label")
    if own and own != label:
        return own
    return f"{title} ({label})" if label else title


def _question(found: Gathering, post: Item, asked: Item, title: str, place: str) -> None:
    question = required(asked, "id")
    where = f"{place}, question {question}"
    kind = _kind(asked)
    post_id = said(asked, "post_id") or said(post, "id")
    url = f"https://www.metaculus.com/questions/{post_id}/"
    opens = moment(asked.get("open_time"), "open_time")
    closes = moment(asked.get("scheduled_close_time"), "scheduled_close_time")
    record = PlatformQuestion(
        origin=found.origin(question, where),
        title=title or required(asked, "title"),
        kind=kind,
        open_time=opens,
        scheduled_close_time=closes,
        actual_close_time=instant(asked.get("actual_close_time"), "actual_close_time"),
        spot_scoring_time=spot_time(
            instant(asked.get("spot_scoring_time"), "spot_scoring_time"),
            instant(asked.get("cp_reveal_time"), "cp_reveal_time"),
            opens,
        ),
        resolution_criteria=said(asked, "resolution_criteria") or criteria(url),
        fine_print=said(asked, "fine_print"),
        background=said(asked, "description"),
        url=url,
        post=post_id,
    )
    found.questions.append(record)
    _resolution(found, record, asked)
    _own(found, record, asked, where)
    _crowds(found, record, asked, where)


def _kind(asked: Item) -> Kind:
    scaling: Item = asked.get("scaling") or {}
    history = asked.get("options_history") or []
    options = asked.get("all_options_ever") or all_options(history, asked.get("options") or [])
    inside = asked.get("inbound_outcome_count") or scaling.get("inbound_outcome_count")
    zero = scaling.get("zero_point")
    span = Range(
        scaling.get("range_min"),
        scaling.get("range_max"),
        truth(asked.get("open_lower_bound")),
        truth(asked.get("open_upper_bound")),
        None if blank(zero) else number(zero, "zero_point"),
        int(number(inside, "inbound_outcome_count")) if inside else POINTS - 1,
        said(asked, "unit"),
    )
    return kind_of(kind_name(required(asked, "type")), [str(one) for one in options], span)


def _resolution(found: Gathering, record: PlatformQuestion, asked: Item) -> None:
    with found.at(f"{record.origin.place}, resolution"):
        ended = outcome(record.kind, asked.get("resolution"), "resolution")
        if ended is None:
            return
        times = ("actual_resolve_time", "actual_close_time", "scheduled_close_time")
        when = next(one for name in times if (one := instant(asked.get(name), name)))
        source = f"Metaculus, {record.url}"
        found.resolutions.append(PlatformResolution(record.origin, ended, when, source))


def _own(found: Gathering, record: PlatformQuestion, asked: Item, where: str) -> None:
    """One's own forecasts, oldest first or not; the latest may stand apart too."""
    mine: Item = asked.get("my_forecasts") or {}
    history = list(mine.get("history") or [])
    if (latest := mine.get("latest")) and latest not in history:
        history.append(latest)
    for at, one in enumerate(history, start=1):
        place = f"{where}, forecast {at}"
        with found.at(place):
            start = moment(one.get("start_time"), "start_time")
            ended = instant(one.get("end_time"), "end_time")
            if ended is not None and ended < start:
                right = f"a time after the start at {iso(start)}"
                raise BadInput("end_time", one["end_time"], right)
            value = value_of(record.kind, one["forecast_values"], "forecast_values")
            suiting(record.kind, value, "forecast_values")
            origin = found.origin(record.origin.question, place)
            who = Person("", said(one, "author_id"))
            found.forecasts.append(
                PlatformForecast(origin, who if who.id else ME, value, start, ended)
            )


def _crowds(found: Gathering, record: PlatformQuestion, asked: Item, where: str) -> None:
    for method, told in (asked.get("aggregations") or {}).items():
        if not isinstance(told, Mapping):
            continue
        steps = list(told.get("history") or [])
        if (latest := told.get("latest")) and not _has(steps, latest):
            steps.append(latest)
        with found.at(f"{where}, aggregation {method}"):
            quotes = [one for step in steps if (one := _quote(record.kind, step)) is not None]
            if quotes:
                path = tuple(sorted(quotes, key=lambda one: one.at))
                found.crowds.append(PlatformCrowd(record.origin, method, path))


def _has(steps: Sequence[Item], latest: Item) -> bool:
    """Whether the history has the latest step with its values."""
    start = latest.get("start_time")
    return any(one.get("start_time") == start and one.get("forecast_values") for one in steps)


def _quote(kind: Kind, step: Item) -> Quote | None:
    """One step of an aggregation; None where only its middle is told, not its distribution."""
    values = step.get("forecast_values")
    centers = step.get("centers") or []
    name = type(kind).__name__
    if not values and name == "Binary" and centers:
        values = [1 - number(centers[-1], "centers"), centers[-1]]
    if not values:
        return None
    count = step.get("forecaster_count")
    return Quote(
        moment(step.get("start_time"), "start_time"),
        suiting(kind, value_of(kind, values, "forecast_values"), "forecast_values"),
        None if count is None else int(count),
    )
