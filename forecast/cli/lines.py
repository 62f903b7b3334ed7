"""Forecasts as lines of text: ``NAME QUESTION VALUE why...``."""

import re
from typing import Final

from forecast.desk.predicting import Said
from forecast.probability import parse_probability
from questions.errors import BadFile, BadInput

RIGHT = "write NAME QUESTION PROBABILITY and perhaps a reason; quote a name with blanks"

_WORD = r'(?:"([^"]+)"|([^"\s]\S*))'
_LINE: Final = re.compile(rf"{_WORD}\s+{_WORD}\s+(\S+)\s*(.*)")


def said_in(text: str) -> list[Said]:
    """The forecasts of a text, one a line; empty lines and lines from # on are passed over.

    Raises:
        BadFile: a line that is none, with its number; then none of them is used.

    >>> said_in('"Ana M" Q1 35% the envoy is on the way')
    [Said(member='Ana M', question='Q1', prob=0.35, why='the envoy is on the way', ...)]
    """
    numbered = ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1))
    return [_said(number, line) for number, line in numbered if line and line[0] != "#"]


def _said(number: int, line: str) -> Said:
    place = f"line {number}"
    if (found := _LINE.fullmatch(line)) is None:
        raise BadFile(place, f"{line!r} is no forecast", RIGHT)
    quoted_name, name, quoted_question, question, value, why = found.groups()
    try:
        prob = parse_probability(value, bare_ends=False)
    except BadInput as error:
        raise error.at(place) from None
    return Said(quoted_name or name, quoted_question or question, prob, why, place=place)
