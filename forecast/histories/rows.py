"""A forecast's value as a row of numbers, in the order of its question."""

from forecast.histories.targets import Target
from forecast.records import Forecast
from questions.errors import BadInput
from questions.values import Cdf, Probability, Shares

NOT_OFFERED = float("nan")
"""Stands where an option did not exist yet when the forecast was made."""

Row = float | list[float]


def row_of(target: Target, forecast: Forecast) -> Row:
    """P(yes); the shares in the order of the options; or the points of the CDF.

    Raises:
        BadInput: a value of another kind than the question's, or an option it never had.
    """
    match target.type, forecast.value:
        case "binary", Probability(yes):
            return yes
        case "multiple_choice", Shares(by_option):
            return _shares(target, forecast, dict(by_option))
        case (("numeric" | "discrete" | "date"), Cdf(points)):
            return list(points)
    raise BadInput(_name(forecast), forecast.value, f"a value that suits a {target.type} question")


def width_of(target: Target, rows: list[Row]) -> int:
    """How many numbers a row of an options or CDF question holds.

    Raises:
        BadInput: CDFs of different lengths on one question.
    """
    if target.type == "multiple_choice":
        return len(target.options)
    widths = sorted({len(row) for row in rows if isinstance(row, list)})
    if len(widths) > 1:
        found = " and ".join(map(str, widths))
        raise BadInput(f"CDF on {target.id}", f"{found} points", "CDFs of one length on a question")
    return widths[0] if widths else 2


def _shares(target: Target, forecast: Forecast, by_option: dict[str, float]) -> list[float]:
    for option in by_option.keys() - set(target.options):
        raise BadInput(_name(forecast), option, f"one of the options {', '.join(target.options)}")
    return [by_option.get(option, NOT_OFFERED) for option in target.options]


def _name(forecast: Forecast) -> str:
    return f"forecast of {forecast.member} on {forecast.question}"
