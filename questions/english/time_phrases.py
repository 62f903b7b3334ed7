"""The table of time phrases: a pattern, what it means, and whether it names days exactly."""

from typing import Final

from questions.english.time_rules import (
    MONTHS,
    NUMBERS,
    WEEKDAYS,
    Rule,
    ago,
    between,
    coming,
    decade_end,
    feast,
    fiscal_year,
    half,
    in_month,
    in_year,
    iso_date,
    last_unit,
    long_past,
    named_quarter,
    next_unit,
    offset,
    on_date,
    part_of_month,
    part_of_year,
    season,
    span,
    this_unit,
    until,
    weekday,
    weekend,
    within,
    year_end,
)

_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_MON = rf"(?P<month>{_NAMES})\b(?:(?<=\b(?!may)\w\w\w)\.|(?<=\bsept)\.)?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"
_UNIT = r"(?P<unit>hour|day|week|month|quarter|year|decade)s?"
_WD = r"(?P<day>" + "|".join(WEEKDAYS) + r")"

ROWS: Final[tuple[tuple[str, Rule, bool], ...]] = (
    (r"(?:19|20)\d{2}-\d{2}-\d{2}", iso_date, True),
    (
        rf"(?:between|from) (?P<first>{_NAMES})\.? (?P<one>\d{{1,2}}) (?:and|to) "
        rf"(?P<second>{_NAMES})\.? (?P<two>\d{{1,2}})",
        between,
        True,
    ),
    (rf"{_MON} {_DAY}(?:\s?[-–]\s?(?P<to>\d{{1,2}}))?(?:,? {_YEAR})?(?!\d|,\d)", on_date, True),
    (rf"{_DAY}(?:\s?[-–]\s?(?P<to>\d{{1,2}}))? (?:of )?{_MON}(?:,? {_YEAR})?", on_date, True),
    (rf"between now and (?:the end of )?{_MON}(?:,? {_YEAR})?", until, True),
    (
        r"(?P<part>early|mid|middle of|late)[ -](?:in )?(?:(?P<which>next|this) year|"
        rf"{_YEAR})",
        part_of_year,
        True,
    ),
    (
        rf"(?:(?P<which>this|next|the current|the) )?(?:fiscal(?: year)?|FY) ?{_YEAR}"
        r"(?P<to>[-–/]\d{2,4})?|(?:(?P<which_>this|next|the current) )fiscal year",
        fiscal_year,
        False,
    ),
    (rf"H(?P<which>[12]) {_YEAR}", half, True),
    (r"(?:end of (?:the|this)|later this|this) decade", decade_end, True),
    (
        r"(?:(?P<by>by|before|until) )?(?P<feast>christmas|easter|new year[’']s day|new year)\b"
        r"(?! ?[’']s eve)",
        feast,
        True,
    ),
    (
        r"(?P<part>early|beginning of|start of|mid-?|middle of|late|end of|end-)[ -]?"
        rf"{_MON}(?:,? {_YEAR})?",
        part_of_month,
        True,
    ),
    (
        r"(?:(?P<which>next|last|this|back in)|in|by|until|before|from|since|during|for|through) "
        rf"{_MON}(?:,? {_YEAR})?",
        in_month,
        True,
    ),
    (rf"{_MON},? {_YEAR}(?P<which>)", in_month, True),
    (
        rf"(?P<which>first|second|third|fourth|final)[ -]quarter(?:(?: of)? {_YEAR})?",
        named_quarter,
        True,
    ),
    (rf"(?P<which>q[1-4])(?:(?: of)? {_YEAR})?", named_quarter, True),
    (rf"(?P<which>first|second) half of(?: the year)?(?: {_YEAR})?", half, True),
    (
        r"(?:(?P<which>next|this) |in |by |until |(?P<before>before |ahead of )|over )(?:the )?"
        r"(?:end of )?(?:the )?(?P<season>spring|summer|autumn|fall|winter)\b"
        rf"(?:(?: of)? {_YEAR})?",
        season,
        True,
    ),
    (
        r"(?:the )?end of (?:the |(?P<which>this|next) )?(?:calendar )?year\b"
        rf"|year[- ]end|end of {_YEAR}",
        year_end,
        True,
    ),
    (r"end of (?:the|this) (?P<unit>week|month|quarter)", this_unit, True),
    (r"end of next (?P<unit>week|month|quarter|year)", next_unit, True),
    (rf"(?:within|in|over) (?:the )?(?:next |coming )?{_COUNT} {_UNIT}(?! ago)", within, True),
    (rf"(?:the )?(?:next|coming) {_COUNT} {_UNIT}", within, True),
    (rf"{_COUNT} {_UNIT} (?:ago|earlier|before)", ago, True),
    (rf"{_COUNT} {_UNIT} from now", within, True),
    (
        r"(?:the )?(?:coming|next few|next several) (?P<unit>hours|days|weeks|months)",
        coming,
        False,
    ),
    (r"(?:within|in) (?:a matter of |coming )?(?P<unit>hours|days|weeks|months)", coming, False),
    (r"in the (?P<unit>hours|days|weeks|months) ahead", coming, False),
    (r"(?:within|over|in) the (?P<unit>coming year)s?", coming, False),
    (r"in a fortnight|in two weeks[’'] time", offset(14), True),
    (r"(?:by|over|at|before|during) the weekend", weekend, True),
    (r"later in the (?P<unit>week|month|quarter|year)", this_unit, True),
    (
        r"(?:within|throughout|later in|during) the (?P<unit>week|month|quarter|year)",
        this_unit,
        True,
    ),
    (rf"later in {_MON}(?:,? {_YEAR})?(?P<which>)", in_month, True),
    (r"later this (?P<unit>week|month|quarter|year)", this_unit, True),
    (r"(?:this|the current) (?P<unit>weekend|week|month|quarter|year)", this_unit, True),
    (r"(?:next|the following) (?P<unit>weekend|week|month|quarter|year)", next_unit, True),
    (r"(?:last|the past|the previous) (?P<unit>weekend|week|month|year)", last_unit, True),
    (rf"(?P<which>next |last |past |this )?{_WD}", weekday, True),
    (r"day after tomorrow", offset(2), True),
    (r"tomorrow", offset(1), True),
    (r"today|tonight|this (?:morning|afternoon|evening)", offset(0), True),
    (r"yesterday|last night", offset(-1), True),
    (r"in (?:the )?[\"“]?(?:short|near)[ -]?term[\"”]?|in the near future", span(45), False),
    (r"imminent(?:ly)?|any (?:day|moment|time) now|shortly|very soon", span(21), False),
    (r"soon\b", span(45), False),
    (r"(?:the )?(?:medium[ -]term|foreseeable future)", span(180), False),
    (rf"(?:in|by|until|before|since|of|for|during) {_YEAR}", in_year, True),
    (
        r"\b(?:decades?|years?|centuries|century|months) (?:ago|earlier)|in the past",
        long_past,
        True,
    ),
)
