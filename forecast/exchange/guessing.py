"""Which column of an unknown table holds what: told by its name, held against its values."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from forecast.exchange.cells import blank, instant
from forecast.exchange.documents import Table
from forecast.exchange.mapping import ODD_TIME, Mapping, day_form
from forecast.writing.words import band_named
from questions.errors import BadInput

SEEN: Final = 2000
"""How many rows are looked at."""
DAYS: Final = (
    *("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d"),
    *("%d %b %Y", "%b %d %Y"),
)
"""How people write days that are not ISO 8601."""
CLOCKS: Final = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
"""What may follow a day."""

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "question_id": ("questionid", "qid", "question", "predictionid", "marketid", "id"),
    "title": (
        *("title", "questiontitle", "question", "questiontext", "statement", "description"),
        *("prediction", "event", "claim", "name"),
    ),
    "type": ("type", "questiontype", "kind"),
    "made_at": (
        *("madeat", "forecastcreatedat", "forecastedat", "forecastdate", "forecasttime"),
        *("predictedat", "timestamp", "datetime", "submittedat", "createdat", "date", "time"),
        *("datemade", "when", "forecasttimestamp"),
    ),
    "ended_at": ("endedat", "expires", "expiresat", "withdrawnat", "endtime"),
    "open_time": (
        *("opentime", "opens", "opened", "opensat", "opendate", "askedat", "questioncreatedat"),
        *("publishedat", "publishedtime"),
    ),
    "scheduled_close_time": (
        *("scheduledclosetime", "closetime", "closes", "closesat", "closedate", "close"),
        *("deadline", "due", "duedate", "resolveby", "resolutiondate", "enddate", "by"),
    ),
    "actual_close_time": ("actualclosetime", "closedat"),
    "resolved_at": (
        *("resolvedat", "resolvetime", "resolutiontime", "dateresolved", "resolveddate"),
        *("resolvedon", "judgedat", "knownat", "actualresolvetime"),
    ),
    "resolution": (
        *("resolution", "outcome", "result", "answer", "resolvedas", "resolvedto", "actual"),
        *("happened", "correct", "truth", "y"),
    ),
    "resolution_criteria": ("resolutioncriteria", "criteria"),
    "fine_print": ("fineprint",),
    "background": ("background",),
    "url": ("url", "link", "address"),
    "tags": ("tags", "tag", "category", "topic"),
    "options": ("options", "choices"),
    "range_min": ("rangemin", "min", "lowerbound"),
    "range_max": ("rangemax", "max", "upperbound"),
    "zero_point": ("zeropoint",),
    "unit": ("unit", "units"),
    "open_lower_bound": ("openlowerbound",),
    "open_upper_bound": ("openupperbound",),
    "inbound_outcome_count": ("inboundoutcomecount",),
    "spot_scoring_time": ("spotscoringtime",),
    "forecaster": (
        *("forecaster", "user", "username", "member", "person", "predictor", "analyst"),
        *("author", "who", "name", "forecastcreatedby", "createdby", "by", "email"),
    ),
    "prob": (
        *("prob", "probability", "probabilityyes", "forecast", "p", "pyes", "chance"),
        *("credence", "confidence", "prediction", "estimate", "percent", "likelihood", "value"),
    ),
    "words": ("words", "word", "likelihood", "estimate", "verbal", "wep", "forecast"),
    "confidence": ("confidence", "analyticconfidence"),
    "probs": ("probs", "probabilities", "shares"),
    "cdf": ("cdf", "continuouscdf"),
    "quantiles": ("quantiles",),
    "why": ("why", "rationale", "reason", "reasoning", "justification", "comment", "notes", "note"),
    "in_crowd": ("incrowd",),
    "source": ("source", "sourcename", "outlet"),
    "grade": ("grade", "admiralty", "admiraltygrade", "reliability"),
}
"""What columns are called, in letters and digits alone; the likelier name first."""

_TIMES: Final = {role for role in NAMES if role.endswith(("_time", "_at"))}
_GRADE: Final = re.compile(r"[A-Fa-f][1-6]?")
_CONFIDENCE: Final = {"low", "moderate", "medium", "high"}
Values = Sequence[str]


def guessed(tables: Iterable[Table]) -> Mapping:
    """The likeliest mapping of some tables, whose columns of one name hold the same."""
    values: dict[str, list[str]] = {}
    for table in tables:
        for line in table.lines[:SEEN]:
            for column, cell in line.cells.items():
                if not blank(cell):
                    values.setdefault(column, []).append(cell)
        for column in table.columns:
            values.setdefault(column, [])
    columns: dict[str, str] = {}
    form = _time_format([cell for some in values.values() for cell in some])
    for role, names in NAMES.items():
        free = [one for one in values if one not in columns.values()]
        found = _column(role, names, {one: values[one] for one in free}, form)
        if found is not None:
            columns[role] = found
    columns = _by_values(columns, values, form)
    probs = values.get(columns.get("prob", ""), [])
    return Mapping(columns, scale=_scale(columns.get("prob", ""), probs), time_format=form)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _column(role: str, names: Values, free: dict[str, list[str]], form: str) -> str | None:
    """The free column that is called so and whose values may have the role."""
    by_name = {_plain(re.sub(r"\(.*?\)|%", "", one)) or _plain(one): one for one in reversed(free)}
    for name in names:
        column = by_name.get(name)
        if column is not None and _fits(role, free[column], form):
            return column
    return None


def _fits(role: str, values: Values, form: str) -> bool:
    """Whether most values of a column may have a role; an empty column may have any."""
    check = _CHECKS.get(role)
    if role in _TIMES:
        check = lambda cell: _is_time(cell, form)  # noqa: E731
    if check is None or not values:
        return True
    return sum(map(check, values)) > len(values) / 2


def _is_chance(cell: str) -> bool:
    number = _number(cell.rstrip("% "))
    return number is not None and 0 <= number <= 100


def _is_text(cell: str) -> bool:
    return _number(cell) is None and not _is_time(cell, "")


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _is_time(cell: str, form: str) -> bool:
    if form and ODD_TIME.match(cell):
        return any(_is_written(cell, one) for one in (form, day_form(form)))
    try:
        found = instant(cell, "time", naive=True)
    except BadInput:
        return False
    return found is not None and found.year >= 1990


def _is_written(cell: str, form: str) -> bool:
    try:
        datetime.strptime(cell, form)  # noqa: DTZ007
    except ValueError:
        return False
    return True


_CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "prob": _is_chance,
    "words": lambda cell: band_named(cell) is not None,
    "confidence": lambda cell: cell.lower() in _CONFIDENCE,
    "title": lambda cell: _is_text(cell) and len(cell.split()) > 1,
    "question_id": lambda cell: len(cell.split()) == 1,
    "forecaster": lambda cell: not _is_time(cell, "") and len(cell) < 60,
    "grade": lambda cell: _GRADE.fullmatch(cell) is not None,
    "probs": lambda cell: cell.startswith("["),
    "cdf": lambda cell: cell.startswith("["),
    "resolution": lambda cell: len(cell) < 60,
}


def _by_values(columns: dict[str, str], values: dict[str, list[str]], form: str) -> dict[str, str]:
    """What names did not tell: the one column whose values can be nothing else."""
    found = dict(columns)
    for role in ("prob", "words", "made_at", "title"):
        if role in found or (role in ("prob", "words") and {"prob", "words", "grade"} & {*found}):
            continue
        free = [one for one in values if one not in found.values() and values[one]]
        fitting = [one for one in free if _fits(role, values[one], form)]
        if len(fitting) == 1:
            found[role] = fitting[0]
    return found


def _scale(column: str, values: Values) -> float:
    """100 where the name or the values say per cent."""
    bare = [number for cell in values if (number := _number(cell)) is not None]
    named = "%" in column or "percent" in column.lower() or "100" in column
    return 100.0 if named or any(number > 1 for number in bare) else 1.0


def _time_format(cells: Values) -> str:
    """The one form in which all times are written that are not ISO 8601; empty for none.

    Of days and months that may be either nothing is guessed: the first form that fits all cells
    is taken only where no other does.
    """
    odd = {cell for cell in cells if ODD_TIME.match(cell)}
    fitting = [
        day + clock
        for day in DAYS
        for clock in CLOCKS
        if odd and all(_is_time(cell, day + clock) for cell in odd)
    ]
    days = {day_form(form) for form in fitting}
    return fitting[0] if len(days) == 1 else ""
