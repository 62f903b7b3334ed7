"""PredictionBook: one's own predictions with every answer given to them."""

from itertools import count
from typing import Any, Final

from forecast.exchange.clients.calling import Line, Params
from forecast.exchange.clients.paging import Item, paged
from forecast.exchange.clients.wire import Service

BASE: Final = "https://predictionbook.com"
PAGE: Final = 1000


def service(base: str = BASE) -> Service:
    """PredictionBook at an address, without a token as yet."""
    return Service("PredictionBook", base, set_by="PREDICTIONBOOK_API_TOKEN", per_minute=60)


def history(line: Line) -> dict[str, Any]:
    """Every prediction of the token's owner, as ``{"predictions": [...]}``.

    Raises:
        Unavailable, BadFile, NotFound: as :meth:`forecast.exchange.clients.calling.Line.get`.
    """
    numbers = count(1)

    def page(_: list[Item]) -> Params:
        return {"page": next(numbers), "page_size": PAGE}

    return {"predictions": paged(line, "/api/my_predictions", "predictions", page)}
