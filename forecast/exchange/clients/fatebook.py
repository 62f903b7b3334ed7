"""Fatebook: one's own questions with what was forecast of them."""

from typing import Any, Final

from forecast.exchange.clients.calling import Line, Params
from forecast.exchange.clients.paging import Item, paged
from forecast.exchange.clients.wire import Service

BASE: Final = "https://fatebook.io/api/v0"
PAGE: Final = 100


def service(base: str = BASE) -> Service:
    """Fatebook at an address, without a key as yet."""
    return Service("Fatebook", base, set_by="FATEBOOK_API_KEY", per_minute=120)


def history(line: Line) -> dict[str, Any]:
    """Every question of the key's owner, as ``{"items": [...]}``.

    Raises:
        Unavailable, BadFile, NotFound: as :meth:`forecast.exchange.clients.calling.Line.get`.
    """

    def page(so_far: list[Item]) -> Params:
        return {"limit": PAGE, **({"cursor": len(so_far)} if so_far else {})}

    return {"items": paged(line, "/getQuestions", "items", page)}
