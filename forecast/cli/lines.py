"""Forecasts as lines of text: ``NAME QUESTION VALUE why...``."""

import re
from typing import Final

from forecast.desk.predicting import Said
from questions.errors import BadFile

RIGHT = "write NAME QUESTION VALUE and perhaps a reason; quote what has blanks"

_WORD = r'(?:"([^"]+)"|([^"\s]\S*))'
_LINE: Final = re.compile(rf"{_WORD}\s+{_WORD}\s+{_WORD}\s*(.*)")


def said_in(text: str) -> list[Said]:
    """The forecasts of a text, one a line; empty lines and lines from # on are passed over.

    Raises:
        BadFile: a line that is none, with its number; then none of them is used.

    >>> said_in('"Ana M" Q1 35% the envoy is on the way')
    [Said(member='Ana M', question='Q1', value='35%', why='the envoy is on the way', ...)]
    """
    numbered = ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1))
    return [_said(number, line) for number, line in numbered if line and line[0] != "#"]


def _said(number: int, line: str) -> Said:
    place = f"line {number}"
    if (found := _LINE.fullmatch(line)) is None:
        raise BadFile(place, f"{line!r} is no forecast", RIGHT)
    quoted_name, name, quoted_question, question, quoted_value, value, why = found.groups()
    said = quoted_value or value
    return Said(quoted_name or name, quoted_question or question, said, why, place=place)
