"""What phrases of time mean as days, seen from the day of publication.

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
    "a": 1, "an": 1, "one": 1, "couple of": 2, "a couple of": 2, "two": 2, "few": 3, "a few": 3,
    "three": 3, "several": 4, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_RECENT: Final = 120
"""Days after its end for which a quarter, or a day of a month, is still the last one."""
_UNIT_DAYS: Final = {"day": 1, "week": 7}
_UNIT_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def _ahead(day: date, count: int, unit: str) -> date:
    """The day so many units on; hours round up, so that a few hours back are still today."""
    if unit == "hour":
        return day - timedelta(days=-count // 24)
    if unit in _UNIT_DAYS:
        return day + timedelta(days=count * _UNIT_DAYS[unit])
    return add_months(day, count * _UNIT_MONTHS[unit])


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


def on_date(m: re.Match[str], p: date) -> Days:
    """As in "on 17 May", "May 3-5"."""
    month, day = MONTHS[m["month"].lower()], int(m["day"])
    first = date(_year_of(month, m["year"], p, day), month, day)
    return first, first.replace(day=int(m["to"])) if m["to"] else first


def between(m: re.Match[str], p: date) -> Days:
    """As in "between May 31 and June 11"."""
    months, days = (m["first"], m["second"]), (int(m["one"]), int(m["two"]))
    numbers = [MONTHS[month.lower().rstrip(".")] for month in months]
    ends = [date(_year_of(n, None, p, d), n, d) for n, d in zip(numbers, days, strict=True)]
    return min(ends), max(ends)


def iso_date(m: re.Match[str], _: date) -> Days:
    """As in "2023-06-01"."""
    day = date.fromisoformat(m[0])
    return day, day


def in_month(m: re.Match[str], p: date) -> Days:
    """As in "in April", "before May", "last September"."""
    month, which = MONTHS[m["month"].lower()], (m["which"] or "").lower()
    if which in {"last", "back in"}:
        return _month(p.year - (month >= p.month), month)
    if which == "next":
        return _month(p.year + (month <= p.month), month)
    first, last = _month(_year_of(month, m["year"], p), month)
    before = m[0].lower().startswith("before ") and first > p
    return (p, first - timedelta(days=1)) if before else (first, last)


def part_of_month(m: re.Match[str], p: date) -> Days:
    """As in "late April", "the end of May": a third of the month."""
    month = MONTHS[m["month"].lower()]
    first, last = _month(_year_of(month, m["year"], p), month)
    part = m["part"].lower().rstrip("-")
    if part in {"early", "beginning of", "start of"}:
        return first, first.replace(day=10)
    if part in {"mid", "middle of"}:
        return first.replace(day=11), first.replace(day=20)
    return first.replace(day=21), last


def weekday(m: re.Match[str], p: date) -> Days:
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


def this_unit(m: re.Match[str], p: date) -> Days:
    """As in "this week", "the end of the quarter": from the day on."""
    match m["unit"].lower():
        case "week":
            return p, _monday(p) + timedelta(days=6)
        case "weekend":
            return weekend(m, p)
        case "month":
            return p, last_of(p.year, p.month)
        case "quarter":
            return p, _quarter(p.year, _quarter_of(p))[1]
        case _:
            return p, date(p.year, 12, 31)


def next_unit(m: re.Match[str], p: date) -> Days:
    """As in "next week": the whole of it."""
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


def within(m: re.Match[str], p: date) -> Days:
    """As in "within 30 days", "over the next three months"."""
    return p, _ahead(p, _count(m["count"].lower()), m["unit"].lower())


def ago(m: re.Match[str], p: date) -> Days:
    """As in "two weeks ago"."""
    day = _ahead(p, -_count(m["count"].lower()), m["unit"].lower())
    return day, day


def last_unit(m: re.Match[str], p: date) -> Days:
    """As in "last month"."""
    unit = m["unit"].lower()
    if unit == "week":
        return _monday(p) - timedelta(days=7), _monday(p) - timedelta(days=1)
    if unit == "month":
        before = add_months(p.replace(day=1), -1)
        return _month(before.year, before.month)
    if unit == "year":
        return date(p.year - 1, 1, 1), date(p.year - 1, 12, 31)
    return p - timedelta(days=7), p - timedelta(days=1)


def coming(m: re.Match[str], p: date) -> Days:
    """As in "the coming weeks" is about six weeks, "months" about three and a half months."""
    return p, p + timedelta(
        days={"hours": 3, "days": 10, "weeks": 45, "months": 105, "coming year": 365}[
            m["unit"].lower()
        ]
    )


def in_year(m: re.Match[str], _: date) -> Days:
    """As in "by 2026": the whole year."""
    year = int(m["year"])
    return date(year, 1, 1), date(year, 12, 31)


def named_quarter(m: re.Match[str], p: date) -> Days:
    """As in "the second quarter": one that is over for long is next year's."""
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
    quarter = number.get(m["which"].lower()) or int(m["which"][-1])
    if m["year"]:
        return _quarter(int(m["year"]), quarter)
    over = (p - _quarter(p.year, quarter)[1]).days
    return _quarter(p.year + (over > _RECENT), quarter)


def half(m: re.Match[str], p: date) -> Days:
    """As in "the second half of the year", "H1 2024"."""
    year = int(m["year"]) if m["year"] else p.year
    if m["which"].lower() in {"first", "1"}:
        return date(year, 1, 1), date(year, 6, 30)
    return date(year, 7, 1), date(year, 12, 31)


def season(m: re.Match[str], p: date) -> Days:
    """Seasons of the northern half; winter runs from December to the end of February."""
    starts = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
    month = starts[m["season"].lower()]
    year = int(m["year"]) if m["year"] else p.year
    first = date(year, month, 1)
    last = add_months(first, 3) - timedelta(days=1)
    if (not m["year"] and last < p) or ((m["which"] or "").lower() == "next" and first <= p):
        first, last = add_months(first, 12), add_months(last, 12)
    return (p, first - timedelta(days=1)) if m["before"] and first > p else (first, last)


def offset(days: int) -> Rule:
    """A single day, so many days away."""
    return lambda _m, p: (p + timedelta(days=days), p + timedelta(days=days))


def span(days: int) -> Rule:
    """All days up to one so many days away."""
    return lambda _m, p: (p, p + timedelta(days=days))


def year_end(m: re.Match[str], p: date) -> Days:
    """As in "by the end of the year"."""
    year = int(m["year"]) if m["year"] else p.year + ((m["which"] or "").lower() == "next")
    return p, date(year, 12, 31)


def until(m: re.Match[str], p: date) -> Days:
    """As in "between now and May": all days up to the end of what is named."""
    month = MONTHS[m["month"].lower()]
    return p, _month(_year_of(month, m["year"], p), month)[1]


def part_of_year(m: re.Match[str], p: date) -> Days:
    """Early is the first four months, the middle May to August, late the last four."""
    year = int(m["year"]) if m["year"] else p.year + (m["which"].lower() == "next")
    start = {"e": 1, "m": 5, "l": 9}[m["part"][0].lower()]
    return date(year, start, 1), last_of(year, start + 3)


def fiscal_year(m: re.Match[str], p: date) -> Days:
    """Fiscal years differ; most end in the calendar year that they are called by."""
    if m["year"] is None:
        return p, date(p.year + ((m["which"] or "").lower() == "next"), 12, 31)
    year = int(m["year"])
    if m["to"]:
        return date(year, 4, 1), date(year + 1, 6, 30)
    return date(year - 1, 7, 1), date(year, 12, 31)


def decade_end(_m: re.Match[str], p: date) -> Days:
    """As in "by the end of the decade"."""
    return p, date(p.year - p.year % 10 + 9, 12, 31)


def feast(m: re.Match[str], p: date) -> Days:
    """The next one: Christmas, New Year's Day, or Easter Sunday (Anonymous Gregorian, 1876)."""
    years = (p.year, p.year + 1)
    name = m["feast"].lower()
    if name == "christmas":
        days = [date(year, 12, 25) for year in years]
    elif name == "easter":
        days = [_easter(year) for year in years]
    else:
        days = [date(year, 1, 1) for year in years]
    day = next(day for day in days if day >= p)
    return (p, day) if m["by"] else (day, day)


def _easter(year: int) -> date:
    a, b, c = year % 19, *divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    shift = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + shift - 7 * ((a + 11 * h + 22 * shift) // 451) + 114, 31)
    return date(year, month, day + 1)


def weekend(_m: re.Match[str], p: date) -> Days:
    """As in "over the weekend": the one ahead."""
    return _monday(p) + timedelta(days=5), _monday(p) + timedelta(days=6)


def long_past(_m: re.Match[str], p: date) -> Days:
    """As in "years ago"."""
    return date(1, 1, 1), p - timedelta(days=1)
