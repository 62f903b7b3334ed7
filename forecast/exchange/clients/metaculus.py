"""Metaculus: the posts that one account forecast on; forecasts and withdrawals sent."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from forecast.exchange.clients.answers import held
from forecast.exchange.clients.calling import Line
from forecast.exchange.clients.wire import Service
from questions.errors import BadFile, BadInput, NotFound

BASE: Final = "https://www.metaculus.com/api"
PAGE: Final = 100

Told = Callable[[int, int], None]
"""Is told how many of how many posts have come."""


def service(base: str = BASE) -> Service:
    """Metaculus at an address, without a token as yet."""
    return Service("Metaculus", base, set_by="METACULUS_TOKEN", per_minute=300)


def history(line: Line, *, account: int | None = None, told: Told | None = None) -> dict[str, Any]:
    """Every post that one's own account forecast on, whole, as ``{"results": [post, ...]}``.

    ``account`` is the number of the account; without it Metaculus is asked whose the token is.

    Raises:
        Unavailable, BadFile, NotFound: as :meth:`forecast.exchange.clients.calling.Line.get`.
    """
    mine = whose(line) if account is None else account
    numbers = _forecast_on(line, mine)
    found = []
    for done, number in enumerate(numbers, start=1):
        found.append(post(line, number))
        if told is not None:
            told(done, len(numbers))
    return {"results": found}


def whose(line: Line) -> int:
    """The number of the account that the token belongs to.

    Raises:
        BadInput: it does not say.
        BadFile: an answer without one; otherwise as :func:`history`.
    """
    try:
        found = line.get("/users/me/", what="account")
    except NotFound as error:
        right = f"your number there: {line.service.name} does not say whose the token is"
        raise BadInput("account", "", right) from error
    number = found.get("id") if isinstance(found, dict) else None
    if not isinstance(number, int):
        raise _changed(line, "/users/me/ names no account")
    return number


def post(line: Line, number: int) -> dict[str, Any]:
    """One post with its questions and one's own forecasts on them.

    Raises:
        NotFound: no such post; otherwise as :func:`history`.
    """
    found = line.get(f"/posts/{number}/", what=f"post {number}")
    if not isinstance(found, dict) or found.get("id") != number:
        raise _changed(line, f"/posts/{number}/ gives no post {number}")
    return found


def _forecast_on(line: Line, account: int) -> list[int]:
    """The numbers of the posts that an account forecast on, each once.

    The address of the next page is not followed: a token goes to no address that an answer names.
    """
    path = "/posts/"
    found: dict[int, None] = {}
    offset, known = 0, -1
    while len(found) > known:
        known = len(found)
        answer = line.get(path, {"forecaster_id": account, "limit": PAGE, "offset": offset})
        results = held(answer, "results", line.service, path)
        found |= dict.fromkeys(_number(line, one) for one in results)
        offset += len(results)
        if answer.get("next") is None:
            break
    return [*found]


def _number(line: Line, listed: object) -> int:
    """The number of a post in a list."""
    number = listed.get("id") if isinstance(listed, dict) else None
    if not isinstance(number, int):
        raise _changed(line, "/posts/ gives a post without an id")
    return number


def _changed(line: Line, problem: str) -> BadFile:
    return BadFile(line.service.name, problem, "its interface may have changed")


def send(line: Line, forecasts: Sequence[dict[str, Any]]) -> None:
    """Send forecasts, keyed by ``question``: all of them are taken or none.

    Raises:
        Unanswered: they were sent, and nobody knows whether they were taken.
        Unavailable, BadFile, Conflict: they were not taken, and why.
    """
    line.post("/questions/forecast/", list(forecasts), what="question")


def withdraw(line: Line, questions: Sequence[dict[str, Any]]) -> None:
    """Withdraw one's forecasts on questions, ``{"question": id}`` each; raises as :func:`send`."""
    line.post("/questions/withdraw/", list(questions), what="question")
