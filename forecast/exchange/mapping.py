"""How the columns of a table without a known format are read: a record, and its TOML."""

import json
import re
import tomllib
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from forecast.exchange.cells import blank, instant, moment, next_midnight
from questions.errors import BadFile, BadInput

ROLES: Final = {
    "question_id": "what tells questions apart; without it their titles do",
    "title": "the question in words",
    "type": "binary, multiple_choice, numeric, discrete or date; binary without it",
    "open_time": "when it opened; without it at its first forecast",
    "scheduled_close_time": "when it closes",
    "actual_close_time": "when it closed, where that was earlier",
    "resolved_at": "when the answer was known",
    "resolution": "yes, no, an option, a number, a time, ambiguous, annulled",
    "resolution_criteria": "what counts as yes",
    "fine_print": "what else counts",
    "background": "what is known of the matter",
    "url": "its address",
    "tags": "with semicolons between them",
    "options": "of multiple choice, a JSON list or names with semicolons between them",
    "range_min": "the low end of a range",
    "range_max": "the high end of a range",
    "zero_point": "of a logarithmic range",
    "unit": "what numbers are counted in",
    "open_lower_bound": "whether the outcome may lie below",
    "open_upper_bound": "whether the outcome may lie above",
    "inbound_outcome_count": "how many bins lie in the range",
    "spot_scoring_time": "when spot scores look",
    "forecaster": "who forecast",
    "made_at": "when",
    "ended_at": "when it was withdrawn or expired",
    "prob": "the probability of yes",
    "words": "its word of likelihood (ICD 203), which stands for the middle of its band",
    "confidence": "low, moderate or high",
    "probs": "shares of the options, a JSON list",
    "cdf": "points of a distribution, a JSON list",
    "quantiles": "beside a cdf what it was drawn through, a JSON list of levels with values",
    "why": "the reason",
    "in_crowd": "0 for a bot, which stays out of the crowd",
    "source": "a source of news",
    "grade": "its Admiralty grade, such as B2",
}
"""What a column can hold."""

_SETTINGS: Final = ("scale", "zone", "time_format", "platform")
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d")
_ORDERS: Final = "%d/%m/%Y has the day first, %m/%d/%Y the month"
ODD_TIME: Final = re.compile(
    r"(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}/\d{1,2}/\d{1,2}|\d{1,2} [A-Z][a-z]{2} \d{4}"
    r"|[A-Z][a-z]{2} \d{1,2} \d{4})( \d{1,2}:\d\d(:\d\d)?( ?[APap][Mm])?)?$"
)
"""A date, perhaps with a time of day, that is not ISO 8601."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column holds what, and how its values are written."""

    columns: Pairs[str, str] = field(default_factory=dict)
    """The column that has each role."""
    constants: Pairs[str, str] = field(default_factory=dict)
    """The value of a role that no column has, the same in every row."""
    scale: float = 1.0
    """What stands for certainty: 1 or 100."""
    zone: str = ""
    """Where times without an offset were written, such as ``UTC`` or ``Europe/Berlin``."""
    time_format: str = ""
    """How times are written that are not ISO 8601, such as ``%d/%m/%Y %H:%M``."""
    platform: str = "csv"
    """Where the rows come from: ids of one platform are never taken for those of another."""

    def cell(self, row: Pairs[str, str], role: str) -> str:
        """What a row has in a role; empty where it has nothing."""
        found = row.get(self.columns.get(role, ""), "")
        return self.constants.get(role, "") if blank(found) else found

    def has(self, role: str) -> bool:
        """Whether rows say anything in a role."""
        return role in self.columns or role in self.constants

    def time(self, row: Pairs[str, str], role: str, *, closing: bool = False) -> datetime | None:
        """The instant that a row has in a role; of a ``closing`` bare date the next midnight.

        Raises:
            BadInput: no time as the mapping has it.
        """
        if not (text := self.cell(row, role)):
            return None
        written, bare = self._written(text, role)
        if written is None:
            return instant(text, role)
        if written.tzinfo is None:
            if not (self.zone or bare):
                right = "an offset with the time of day, or a zone in the mapping, such as UTC"
                raise BadInput(role, text, right)
            written = in_zone(written, self.zone or "UTC", text, role)
        found = moment(written.isoformat(), role)
        return next_midnight(found, role) if closing and bare else found

    def _written(self, text: str, role: str) -> tuple[datetime | None, bool]:
        """A time as it is written, and whether it is a bare date; None where it is a number."""
        if _is_iso(text):
            found = _parsed(text)
            if found is None:
                raise BadInput(role, text, "a date and time that there are")
            return found, len(text) == len("2024-05-01")
        if not self.time_format:
            if ODD_TIME.match(text):
                raise BadInput(role, text, f"ISO 8601, or a time_format in the mapping: {_ORDERS}")
            return None, False
        day = day_form(self.time_format)
        for form in (self.time_format, day):
            found = _parsed(text, form)
            if found is not None:
                return found, form == day
        raise BadInput(role, text, f"a time written as {self.time_format}")


def _is_iso(text: str) -> bool:
    return _ISO.match(text) is not None


def _parsed(text: str, form: str = "") -> datetime | None:
    """A time written in a form, or in ISO 8601; None if it is not."""
    try:
        return datetime.strptime(text, form) if form else datetime.fromisoformat(text)  # noqa: DTZ007
    except ValueError:
        return None


def day_form(form: str) -> str:
    """The part of a form of times that is about the day.

    >>> day_form("%d/%m/%Y %I:%M %p")
    '%d/%m/%Y'
    """
    return form.partition(" %H")[0].partition(" %I")[0]


def in_zone(written: datetime, zone: str, text: str, what: str) -> datetime:
    """An instant from what a clock in a zone showed.

    Raises:
        BadInput: no such zone, or an hour that its clocks left out.
    """
    try:
        there: tzinfo = UTC if zone.upper() == "UTC" else ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput("zone", zone, "a name such as UTC or Europe/Berlin") from error
    found = written.replace(tzinfo=there).astimezone(UTC)
    if found.astimezone(there).replace(tzinfo=None) != written:
        raise BadInput(what, text, f"a time that there was: clocks in {zone} left that hour out")
    return found


def to_toml(mapping: Mapping, comments: Sequence[str] = ()) -> str:
    """A mapping as the TOML that :func:`from_toml` reads, with comments above.

    >>> print(to_toml(Mapping({"prob": "P (%)"}, {"forecaster": "Ana"}, scale=100)), end="")
    scale = 100
    platform = "csv"
    [columns]
    prob = "P (%)"
    [constants]
    forecaster = "Ana"
    """
    lines = [f"# {one}" for one in comments]
    lines.append(f"scale = {mapping.scale:g}")
    lines += [
        f"{name} = {_quoted(text)}" for name in _SETTINGS[1:] if (text := getattr(mapping, name))
    ]
    for name, pairs in (("columns", mapping.columns), ("constants", mapping.constants)):
        if pairs:
            lines += [f"[{name}]", *(f"{role} = {_quoted(text)}" for role, text in pairs.items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string of TOML, which JSON's strings are."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def from_toml(name: str, text: str) -> Mapping:
    """The mapping that a file holds.

    Raises:
        BadFile: no TOML, or something that no mapping has.
    """
    try:
        found: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFile(name, f"not TOML ({error})", "write lines such as: scale = 100") from error
    try:
        return from_plain(found)
    except BadInput as error:
        raise BadFile(name, str(error), "`--dry-run` shows what is guessed") from error


def from_plain(found: Pairs[str, Any]) -> Mapping:
    """A mapping from its plain dictionary.

    Raises:
        BadInput: something that no mapping has.
    """
    if unknown := found.keys() - {"columns", "constants", *_SETTINGS}:
        right = f"one of columns, constants, {', '.join(_SETTINGS)}"
        raise BadInput("setting of a mapping", min(unknown), right)
    columns, constants = _roles(found, "columns"), _roles(found, "constants")
    scale = found.get("scale", 1)
    if scale not in (1, 100):
        raise BadInput("scale", scale, "1 or 100: what stands for certainty")
    return Mapping(
        columns,
        constants,
        float(scale),
        str(found.get("zone", "")),
        str(found.get("time_format", "")),
        str(found.get("platform", "csv")),
    )


def _roles(found: Pairs[str, Any], part: str) -> dict[str, str]:
    pairs = found.get(part, {})
    if not isinstance(pairs, dict):
        raise BadInput(part, pairs, f"a table, such as [{part}] with lines below it")
    if unknown := pairs.keys() - ROLES.keys():
        raise BadInput(f"role in {part}", min(unknown), f"one of {', '.join(ROLES)}")
    return {role: str(text) for role, text in pairs.items()}


def to_plain(mapping: Mapping) -> dict[str, Any]:
    """A mapping as the plain dictionary that :func:`from_plain` reads."""
    return {
        "columns": dict(mapping.columns),
        "constants": dict(mapping.constants),
        "scale": int(mapping.scale),
        "zone": mapping.zone,
        "time_format": mapping.time_format,
        "platform": mapping.platform,
    }
