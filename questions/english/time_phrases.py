"""The table of time phrases: what each means as days, seen from the day of publication.

A rule takes the match and the day, and gives the first and the last day that it names.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from questions.instants import add_months, last_of

Days = tuple[date, date]
Rule = Callable[[re.Match[str], date], Days | None]

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        start=1,
    )
} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3, "several": 4}
_RECENT: Final = 120
"""Days after its end for which a quarter, or a day of a month, is still the last one."""
UNIT_DAYS: Final = {"hour": 0, "day": 1, "week": 7}


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def _ahead(day: date, count: int, unit: str) -> date:
    if unit in UNIT_DAYS:
        return day + timedelta(days=-(-count // 24) if unit == "hour" else count * UNIT_DAYS[unit])
    return add_months(day, count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), last_of(year, month)


def _year_of(month: int, given: str | None, published: date, day: int | None = None) -> int:
    """The year given, else the nearest one: a date up to four months back is past."""
    if given:
        return int(given)
    first = date(published.year, month, day or last_of(published.year, month).day)
    if (published - first).days > _RECENT:
        return published.year + 1
    return published.year - 1 if (first - published).days > 300 else published.year


def _quarter(year: int, quarter: int) -> Days:
    return date(year, 3 * quarter - 2, 1), last_of(year, 3 * quarter)


def _quarter_of(day: date) -> int:
    return (day.month + 2) // 3


def _on_date(m: re.Match[str], p: date) -> Days:
    month, day = MONTHS[m["month"].lower()], int(m["day"])
    first = date(_year_of(month, m["year"], p, day), month, day)
    return first, first.replace(day=int(m["to"])) if m["to"] else first


def _between(m: re.Match[str], p: date) -> Days:
    months, days = (m["first"], m["second"]), (int(m["one"]), int(m["two"]))
    numbers = [MONTHS[month.lower().rstrip(".")] for month in months]
    ends = [date(_year_of(n, None, p, d), n, d) for n, d in zip(numbers, days, strict=True)]
    return min(ends), max(ends)


def _iso_date(m: re.Match[str], _: date) -> Days:
    day = date.fromisoformat(m[0])
    return day, day


def _in_month(m: re.Match[str], p: date) -> Days:
    month, which = MONTHS[m["month"].lower()], (m["which"] or "").lower()
    if which in {"last", "back in"}:
        return _month(p.year - (month >= p.month), month)
    if which == "next":
        return _month(p.year + (month <= p.month), month)
    first, last = _month(_year_of(month, m["year"], p), month)
    before = m[0].lower().startswith("before ") and first > p
    return (p, first - timedelta(days=1)) if before else (first, last)


def _part_of_month(m: re.Match[str], p: date) -> Days:
    month = MONTHS[m["month"].lower()]
    first, last = _month(_year_of(month, m["year"], p), month)
    part = m["part"].lower().rstrip("-")
    if part in {"early", "beginning of", "start of"}:
        return first, first.replace(day=10)
    if part in {"mid", "middle of"}:
        return first.replace(day=11), first.replace(day=20)
    return first.replace(day=21), last


def _weekday(m: re.Match[str], p: date) -> Days:
    """A named weekday is the next one, "last Monday" the one before."""
    ahead = (WEEKDAYS.index(m["day"].lower()) - p.weekday()) % 7
    which = (m["which"] or "").strip().lower()
    if which in {"last", "past"}:
        day = p + timedelta(days=ahead - 7)
    elif which == "next":
        day = _monday(p) + timedelta(days=7 + WEEKDAYS.index(m["day"].lower()))
    else:
        day = p + timedelta(days=ahead)
    return day, day


def _this_unit(m: re.Match[str], p: date) -> Days:
    match m["unit"].lower():
        case "week":
            return p, _monday(p) + timedelta(days=6)
        case "weekend":
            return _monday(p) + timedelta(days=5), _monday(p) + timedelta(days=6)
        case "month":
            return p, last_of(p.year, p.month)
        case "quarter":
            return p, _quarter(p.year, _quarter_of(p))[1]
        case _:
            return p, date(p.year, 12, 31)


def _next_unit(m: re.Match[str], p: date) -> Days:
    week = _monday(p) + timedelta(days=7)
    match m["unit"].lower():
        case "week":
            return week, week + timedelta(days=6)
        case "weekend":
            return week + timedelta(days=5), week + timedelta(days=6)
        case "month":
            later = add_months(p.replace(day=1), 1)
            return _month(later.year, later.month)
        case "quarter":
            later = add_months(p, 3)
            return _quarter(later.year, _quarter_of(later))
        case _:
            return date(p.year + 1, 1, 1), date(p.year + 1, 12, 31)


def _within(m: re.Match[str], p: date) -> Days:
    return p, _ahead(p, _count(m["count"].lower()), m["unit"].lower())


def _ago(m: re.Match[str], p: date) -> Days:
    day = _back(p, _count(m["count"].lower()), m["unit"].lower())
    return day, day


def _back(day: date, count: int, unit: str) -> date:
    if unit in UNIT_DAYS:
        return day - timedelta(days=count // 24 if unit == "hour" else count * UNIT_DAYS[unit])
    return add_months(day, -count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])


def _last_unit(m: re.Match[str], p: date) -> Days:
    unit = m["unit"].lower()
    if unit == "week":
        return _monday(p) - timedelta(days=7), _monday(p) - timedelta(days=1)
    if unit == "month":
        before = add_months(p.replace(day=1), -1)
        return _month(before.year, before.month)
    if unit == "year":
        return date(p.year - 1, 1, 1), date(p.year - 1, 12, 31)
    return p - timedelta(days=7), p - timedelta(days=1)


def _coming(m: re.Match[str], p: date) -> Days:
    """As in "the coming weeks" is about six weeks, "months" about three and a half months."""
    return p, p + timedelta(
        days={"hours": 3, "days": 10, "weeks": 45, "months": 105}[m["unit"].lower()]
    )


def _in_year(m: re.Match[str], _: date) -> Days:
    year = int(m["year"])
    return date(year, 1, 1), date(year, 12, 31)


def _named_quarter(m: re.Match[str], p: date) -> Days:
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
    quarter = number.get(m["which"].lower()) or int(m["which"][-1])
    if m["year"]:
        return _quarter(int(m["year"]), quarter)
    over = (p - _quarter(p.year, quarter)[1]).days
    return _quarter(p.year + (over > _RECENT), quarter)


def _half(m: re.Match[str], p: date) -> Days:
    year = int(m["year"]) if m["year"] else p.year
    return (
        (date(year, 1, 1), date(year, 6, 30))
        if m["which"].lower() == "first"
        else (date(year, 7, 1), date(year, 12, 31))
    )


def _season(m: re.Match[str], p: date) -> Days:
    """Seasons of the northern half; winter runs from December to the end of February."""
    starts = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
    month = starts[m["season"].lower()]
    year = int(m["year"]) if m["year"] else p.year
    first = date(year, month, 1)
    last = add_months(first, 3) - timedelta(days=1)
    if (not m["year"] and last < p) or ((m["which"] or "").lower() == "next" and first <= p):
        first, last = add_months(first, 12), add_months(last, 12)
    return (p, first - timedelta(days=1)) if m["before"] and first > p else (first, last)


def _offset(days: int) -> Rule:
    return lambda _m, p: (p + timedelta(days=days), p + timedelta(days=days))


def _span(days: int) -> Rule:
    return lambda _m, p: (p, p + timedelta(days=days))


def _year_end(m: re.Match[str], p: date) -> Days:
    year = int(m["year"]) if m["year"] else p.year + ((m["which"] or "").lower() == "next")
    return p, date(year, 12, 31)


def _long_past(_m: re.Match[str], p: date) -> Days:
    return date(1, 1, 1), p - timedelta(days=1)


_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_MON = rf"(?P<month>{_NAMES})\b(?:(?<=\b(?!may)\w\w\w)\.|(?<=\bsept)\.)?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"
_UNIT = r"(?P<unit>hour|day|week|month|quarter|year|decade)s?"
_WD = r"(?P<day>" + "|".join(WEEKDAYS) + r")"

ROWS: Final[tuple[tuple[str, Rule, bool], ...]] = (
    (r"(?:19|20)\d{2}-\d{2}-\d{2}", _iso_date, True),
    (
        rf"(?:between|from) (?P<first>{_NAMES})\.? (?P<one>\d{{1,2}}) (?:and|to) "
        rf"(?P<second>{_NAMES})\.? (?P<two>\d{{1,2}})",
        _between,
        True,
    ),
    (rf"{_MON} {_DAY}(?:\s?[-–]\s?(?P<to>\d{{1,2}}))?(?:,? {_YEAR})?(?!\d|,\d)", _on_date, True),
    (rf"{_DAY}(?:\s?[-–]\s?(?P<to>\d{{1,2}}))? (?:of )?{_MON}(?:,? {_YEAR})?", _on_date, True),
    (
        r"(?P<part>early|beginning of|start of|mid-?|middle of|late|end of)[ -]?"
        rf"{_MON}(?:,? {_YEAR})?",
        _part_of_month,
        True,
    ),
    (
        r"(?:(?P<which>next|last|this|back in)|in|by|until|before|from|since|during|for|through) "
        rf"{_MON}(?:,? {_YEAR})?",
        _in_month,
        True,
    ),
    (rf"{_MON},? {_YEAR}(?P<which>)", _in_month, True),
    (
        rf"(?P<which>first|second|third|fourth|final)[ -]quarter(?:(?: of)? {_YEAR})?",
        _named_quarter,
        True,
    ),
    (rf"(?P<which>q[1-4])(?:(?: of)? {_YEAR})?", _named_quarter, True),
    (rf"(?P<which>first|second) half of(?: the year)?(?: {_YEAR})?", _half, True),
    (
        rf"(?:(?P<which>next|this) |in |by |until |(?P<before>before) |over )(?:the )?(?:end of )?"
        rf"(?:the )?(?P<season>spring|summer|autumn|fall|winter)\b(?:(?: of)? {_YEAR})?",
        _season,
        True,
    ),
    (
        r"(?:the )?end of (?:the |(?P<which>this|next) )?(?:calendar )?year\b"
        rf"|year[- ]end|end of {_YEAR}",
        _year_end,
        True,
    ),
    (r"end of (?:the|this) (?P<unit>week|month|quarter)", _this_unit, True),
    (r"end of next (?P<unit>week|month|quarter|year)", _next_unit, True),
    (rf"(?:within|in|over) (?:the )?(?:next |coming )?{_COUNT} {_UNIT}(?! ago)", _within, True),
    (rf"(?:the )?(?:next|coming) {_COUNT} {_UNIT}", _within, True),
    (rf"{_COUNT} {_UNIT} (?:ago|earlier|before)", _ago, True),
    (rf"{_COUNT} {_UNIT} from now", _within, True),
    (
        r"(?:the )?(?:coming|next few|next several) (?P<unit>hours|days|weeks|months)",
        _coming,
        False,
    ),
    (r"(?:within|in) (?P<unit>hours|days|weeks|months)", _coming, False),
    (r"later this (?P<unit>week|month|quarter|year)", _this_unit, True),
    (r"(?:this|the current) (?P<unit>weekend|week|month|quarter|year)", _this_unit, True),
    (r"(?:next|the following) (?P<unit>weekend|week|month|quarter|year)", _next_unit, True),
    (r"(?:last|the past|the previous) (?P<unit>weekend|week|month|year)", _last_unit, True),
    (rf"(?P<which>next |last |past |this )?{_WD}", _weekday, True),
    (r"day after tomorrow", _offset(2), True),
    (r"tomorrow", _offset(1), True),
    (r"today|tonight|this (?:morning|afternoon|evening)", _offset(0), True),
    (r"yesterday|last night", _offset(-1), True),
    (r"in (?:the )?[\"“]?(?:short|near)[ -]?term[\"”]?|in the near future", _span(45), False),
    (r"imminent(?:ly)?|any (?:day|moment|time) now|shortly|very soon", _span(21), False),
    (r"soon\b", _span(45), False),
    (r"(?:the )?(?:medium[ -]term|foreseeable future)", _span(180), False),
    (rf"(?:in|by|until|before|since|of|for|during) {_YEAR}", _in_year, True),
    (
        r"\b(?:decades?|years?|centuries|century|months) (?:ago|earlier)|in the past",
        _long_past,
        True,
    ),
)
