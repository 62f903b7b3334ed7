"""Forecasts as lines of text: ``NAME QUESTION VALUE why...``."""

import re
from typing import Final

from forecast.desk.predicting import Said
from forecast.writing.words import leading_word
from questions.errors import BadFile

RIGHT = "write NAME QUESTION VALUE and perhaps a reason; quote what has blanks"

_WORD = r'(?:"([^"]+)"|([^"\s]\S*))'
_LINE: Final = re.compile(rf"{_WORD}\s+{_WORD}\s+(.*)")
_VALUE: Final = re.compile(rf"{_WORD}\s*(.*)")


def said_in(text: str) -> list[Said]:
    """The forecasts of a text, one a line; empty lines and lines from # on are passed over.

    Raises:
        BadFile: a line that is none, with its number; then none of them is used.

    >>> said_in('"Ana M" Q1 35% the envoy is on the way')
    [Said(member='Ana M', question='Q1', value='35%', why='the envoy is on the way', ...)]
    >>> [(one.value, one.why) for one in said_in("Ana Q1 very likely she is on the way")]
    [('very likely', 'she is on the way')]
    """
    numbered = ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1))
    return [_said(number, line) for number, line in numbered if line and line[0] != "#"]


def _said(number: int, line: str) -> Said:
    place = f"line {number}"
    found = _LINE.fullmatch(line)
    if found is None or (told := _value(found[5])) is None:
        raise BadFile(place, f"{line!r} is no forecast", RIGHT)
    name, question, (value, why) = found[1] or found[2], found[3] or found[4], told
    return Said(name, question, value, why, place=place)


def _value(text: str) -> tuple[str, str] | None:
    """The value with which a text begins, and the reason after it; None without a value."""
    word, rest = leading_word(text)
    if word:
        return word, rest
    found = _VALUE.fullmatch(text)
    return (found[1] or found[2], found[3]) if found else None
