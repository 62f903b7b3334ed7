"""Forecasts as lines of text: ``NAME QUESTION VALUE why...``."""

import shlex

from forecast.desk.predicting import Said
from forecast.probability import parse_probability
from questions.errors import BadFile, BadInput

RIGHT = "write NAME QUESTION PROBABILITY and perhaps a reason; quote a name with blanks"


def said_in(text: str) -> list[Said]:
    """The forecasts of a text, one a line; empty lines and lines from # on are passed over.

    Raises:
        BadFile: a line that is none, with its number; then none of them is used.

    >>> said_in("Ana Q1 35% the envoy is on the way")
    [Said(member='Ana', question='Q1', prob=0.35, why='the envoy is on the way', ...)]
    """
    numbered = ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1))
    return [_said(number, line) for number, line in numbered if line and line[0] != "#"]


def _said(number: int, line: str) -> Said:
    try:
        name, question, value, *_ = shlex.split(line.replace("'", "\\'"))
        prob = parse_probability(value, bare_ends=False)
    except BadInput as error:
        raise BadFile(f"line {number}", str(error), RIGHT) from error
    except ValueError as error:
        raise BadFile(f"line {number}", f"{line!r} is no forecast", RIGHT) from error
    why = line.split(value, 1)[1].strip()
    return Said(name, question, prob, why)
