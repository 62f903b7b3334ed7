"""What platforms write in cells and fields, as our values.

Times come as ISO 8601, as epoch seconds or milliseconds, often in one payload; lists as JSON or
as Python writes them; probabilities as numbers or percentages.
"""

import ast
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from forecast.histories.targets import TargetType
from forecast.writing.outcomes import parse_outcome
from forecast.writing.values import takes
from questions.errors import BadInput
from questions.instants import DAY, from_micros, iso
from questions.records import Kind, MultipleChoice
from questions.values import Cdf, Chosen, Outcome, Probability, Shares, Value, Void

NOTHING: Final = frozenset({"", "none", "null", "nan", "n/a", "undefined"})
_LONGEST: Final = max(map(len, NOTHING))
MILLIS: Final = 1e11
"""Numbers from here on are milliseconds: as seconds they would lie after the year 5000."""
ROUNDING: Final = 0.005
"""How far shares may sum from 1."""
_NUMPY: Final = re.compile(r"np\.float64\(([^()]*)\)")
_RIGHT_TIME: Final = "a time such as 2024-05-01T12:00:00Z, or seconds or milliseconds since 1970"


def blank(thing: Any) -> bool:
    """Whether a field says nothing.

    >>> [blank(one) for one in (None, "", "None", 0, "no")]
    [True, True, True, False, False]
    """
    if not isinstance(thing, str):
        return thing is None
    text = thing.strip()
    return len(text) <= _LONGEST and text.lower() in NOTHING


def instant(thing: Any, what: str, *, naive: bool = False) -> datetime | None:
    """The instant that a field names; None where it says nothing.

    ``naive`` takes a time of day without an offset as UTC, for platforms that write so.

    Raises:
        BadInput: no time, one without an offset, or one that nobody means.

    >>> {instant(one, "time") for one in (1714564800, "1714564800000", "2024-05-01 12:00Z")}
    {datetime.datetime(2024, 5, 1, 12, 0, tzinfo=datetime.timezone.utc)}
    """
    if blank(thing):
        return None
    number = None if isinstance(thing, bool) else _number(thing)
    return _since_1970(number, thing, what) if number is not None else _iso(thing, what, naive)


def moment(thing: Any, what: str, *, naive: bool = False) -> datetime:
    """The instant that a field names, which must not be empty; raises as :func:`instant`."""
    found = instant(thing, what, naive=naive)
    if found is None:
        raise BadInput(what, "", _RIGHT_TIME)
    return found


def _since_1970(number: float, thing: Any, what: str) -> datetime:
    seconds = number / 1000 if abs(number) >= MILLIS else number
    if not (math.isfinite(number) and 0 <= seconds < MILLIS):
        raise BadInput(what, thing, _RIGHT_TIME)
    return from_micros(round(seconds * 1e6))


def _iso(thing: Any, what: str, naive: bool) -> datetime:
    try:
        found = datetime.fromisoformat(str(thing).strip().removesuffix(" UTC"))
    except ValueError as error:
        raise BadInput(what, thing, _RIGHT_TIME) from error
    if found.tzinfo is None:
        if not (naive or len(str(thing).strip()) <= len("2024-05-01")):
            raise BadInput(what, thing, f"an offset with the time of day, such as {thing}Z")
        found = found.replace(tzinfo=UTC)
    try:
        return found.astimezone(UTC)
    except OverflowError as error:
        raise BadInput(what, thing, _RIGHT_TIME) from error


def next_midnight(day: datetime, what: str) -> datetime:
    """The instant that ends a day.

    Raises:
        BadInput: the last day that there is.
    """
    try:
        return day + DAY
    except OverflowError as error:
        raise BadInput(what, iso(day), "an earlier day") from error


def number(thing: Any, what: str) -> float:
    """The finite number in a field.

    Raises:
        BadInput: none.
    """
    found = None if isinstance(thing, bool) else _number(thing)
    if found is None or not math.isfinite(found):
        raise BadInput(what, thing, "a number")
    return found


def _number(thing: Any) -> float | None:
    try:
        return float(thing)
    except (TypeError, ValueError):
        return None


def probability(thing: Any, what: str, *, scale: float = 1.0) -> Probability:
    """P(yes) in a field; ``scale`` is what stands for certainty, 1 or 100.

    A percent sign says the scale by itself.

    Raises:
        BadInput: no number from 0 to the scale.

    >>> probability("35%", "p"), probability(35, "p", scale=100)
    (Probability(yes=0.35), Probability(yes=0.35))
    """
    text = str(thing).strip()
    if isinstance(thing, str) and text.endswith("%"):
        thing, scale = text[:-1].strip(), 100.0
    found = number(thing, what) / scale
    if not 0 <= found <= 1:
        raise BadInput(what, thing, f"a number from 0 to {scale:g}")
    return Probability(round(found, 15))


def truth(thing: Any) -> bool:
    """Whether a field says yes.

    >>> truth("True"), truth(1), truth("0"), truth(None)
    (True, True, False, False)
    """
    return str(thing).strip().lower() in ("true", "1", "yes", "t")


def listed(thing: Any, what: str) -> list[Any]:
    """A list as JSON has it, or as Python writes one; empty where the field says nothing.

    Raises:
        BadInput: no list.

    >>> listed("[0.1, None, np.float64(0.9)]", "shares"), listed("['Yes', 'No']", "options")
    ([0.1, None, 0.9], ['Yes', 'No'])
    """
    if blank(thing):
        return []
    found = _parsed(thing, what) if isinstance(thing, str) else thing
    if not isinstance(found, list | tuple):
        raise BadInput(what, _short(thing), "a list")
    return list(found)


def _parsed(text: str, what: str) -> Any:
    plain = _NUMPY.sub(r"\1", text) if "np." in text else text
    try:
        if "'" not in plain and '"' not in plain:
            return json.loads(plain.replace("None", "null"))
        return json.loads(plain) if plain.startswith('["') else ast.literal_eval(plain)
    except (ValueError, SyntaxError, RecursionError, MemoryError) as error:
        raise BadInput(what, _short(text), "a list") from error


def shares(options: Sequence[str], amounts: Iterable[Any], what: str) -> Shares:
    """Shares of the options in their order; None stands where an option did not exist.

    Raises:
        BadInput: not one for each option, none from 0 to 1, or a sum that is not 1.
    """
    given = list(amounts)
    if len(given) != len(options):
        raise BadInput(what, _short(given), f"{len(options)} shares, one for each option")
    pairs = [
        (option, number(one, what))
        for option, one in zip(options, given, strict=True)
        if not blank(one)
    ]
    total = math.fsum(share for _, share in pairs)
    if not all(0 <= share <= 1 for _, share in pairs) or abs(total - 1) > ROUNDING:
        raise BadInput(what, _short(given), "shares from 0 to 1 that sum to 1")
    return Shares(tuple(pairs))


def cdf(points: Iterable[Any], what: str) -> Cdf:
    """P(outcome <= x) at the points of a range.

    Raises:
        BadInput: numbers that do not rise from 0 to 1.
    """
    found = tuple(number(one, what) for one in points)
    rising = all(0 <= one <= 1 for one in found) and list(found) == sorted(found)
    if len(found) < 2 or not rising:
        raise BadInput(what, _short(list(found)), "rising numbers from 0 to 1")
    return Cdf(found)


def suiting(kind: Kind, value: Value, what: str) -> Value:
    """A value, once it is seen that its kind of question takes it.

    Raises:
        BadInput: it does not.
    """
    if not takes(kind, value):
        points = f"{len(value.points)} points" if isinstance(value, Cdf) else "a value"
        raise BadInput(what, points, f"a value of a {type(kind).__name__} question")
    return value


def outcome(kind: Kind, thing: Any, what: str) -> Outcome | None:
    """How a question ended, as Metaculus writes it; None where the field says nothing.

    Raises:
        BadInput: an outcome that the question cannot have.
    """
    if blank(thing):
        return None
    text = str(thing).strip()
    if isinstance(kind, MultipleChoice):
        return _chosen(kind, text, what)
    try:
        return parse_outcome(kind, text)
    except BadInput as error:
        raise BadInput(what, text, str(error.right)) from error


def _chosen(kind: MultipleChoice, text: str, what: str) -> Outcome:
    """An option by its whole name: the beginning of one is too little in a file."""
    if text in kind.options:
        return Chosen(text)
    if text.lower() == "ambiguous":
        return Void("ambiguous")
    if text.lower() == "annulled":
        return Void("annulled")
    raise BadInput(what, text, f"one of {', '.join(kind.options)}, ambiguous or annulled")


def said(item: Mapping[str, Any], key: str) -> str:
    """A field as text without blanks around it; empty where it says nothing."""
    value = item.get(key)
    return "" if blank(value) else str(value).strip()


def required(item: Mapping[str, Any], key: str) -> str:
    """The same of a field that must not be empty.

    Raises:
        BadInput: it is.
    """
    if not (found := said(item, key)):
        raise BadInput(key, "", "a value; the field is missing or empty")
    return found


def kind_name(text: str) -> TargetType:
    """The type of a question, however its name is spelled.

    Raises:
        BadInput: none that there is.

    >>> kind_name("Multiple Choice")
    'multiple_choice'
    """
    known: tuple[TargetType, ...] = ("binary", "multiple_choice", "numeric", "discrete", "date")
    wanted = text.strip().lower().replace(" ", "_").replace("-", "_")
    for one in known:
        if wanted == one:
            return one
    raise BadInput("question type", text, f"one of {', '.join(known)}")


def _short(thing: Any) -> str:
    text = str(thing)
    return text if len(text) <= 60 else text[:57] + "..."
