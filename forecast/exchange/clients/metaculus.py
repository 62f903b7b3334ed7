"""Metaculus: the posts that one account forecast on; forecasts and withdrawals sent."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from forecast.exchange.clients.answers import held
from forecast.exchange.clients.calling import Line, Params
from forecast.exchange.clients.wire import Service
from questions.errors import BadFile, NotFound

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
    A back end that does not know that is asked for all posts, of which one's own are kept.

    Raises:
        Unavailable, BadFile, NotFound: as :meth:`forecast.exchange.clients.calling.Line.get`.
    """
    mine = whose(line) if account is None else account
    listed = _listed(line, {} if mine is None else {"forecaster_id": mine})
    found = []
    for done, (number, one) in enumerate(listed.items(), start=1):
        found.append(_whole(line, number, one))
        if told is not None:
            told(done, len(listed))
    return {"results": [one for one in found if mine is not None or _is_forecast_on(one)]}


def whose(line: Line) -> int | None:
    """The number of the account that the token belongs to; None of a back end without accounts.

    Raises:
        BadFile: an answer without one; otherwise as :func:`history`.
    """
    try:
        found = line.get("/users/me/", what="account")
    except NotFound:
        return None
    number = found.get("id") if isinstance(found, dict) else None
    if not isinstance(number, int):
        raise _changed(line, "/users/me/ names no account")
    return number


def _whole(line: Line, number: int, listed: dict[str, Any]) -> dict[str, Any]:
    """A post with all that is told of it; what is gone meanwhile stays as the list had it."""
    try:
        return post(line, number)
    except NotFound:
        return listed


def _is_forecast_on(post: Mapping[str, Any]) -> bool:
    """Whether one of a post's questions holds a forecast of one's own."""
    own = [one.get("my_forecasts") or {} for one in _questions(post)]
    return any(one.get("history") or one.get("latest") for one in own)


def _questions(post: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The questions that a post holds: one, a group, or the two of a condition."""
    group, pair = post.get("group_of_questions") or {}, post.get("conditional") or {}
    asked = [post.get("question"), *(group.get("questions") or [])]
    asked += [pair.get("question_yes"), pair.get("question_no")]
    return [one for one in asked if isinstance(one, dict)]


def question(line: Line, number: int, post_number: int) -> dict[str, Any]:
    """A question as it stands in its post now; nothing where that cannot be read.

    Raises:
        Unavailable: as :func:`history`.
    """
    try:
        found = post(line, post_number)
    except (NotFound, BadFile):
        return {}
    return next((one for one in _questions(found) if one.get("id") == number), {})


def post(line: Line, number: int) -> dict[str, Any]:
    """One post with its questions and one's own forecasts on them.

    Raises:
        NotFound: no such post; otherwise as :func:`history`.
    """
    found = line.get(f"/posts/{number}/", what=f"post {number}")
    if not isinstance(found, dict) or found.get("id") != number:
        raise _changed(line, f"/posts/{number}/ gives no post {number}")
    return found


def _listed(line: Line, which: Params) -> dict[int, dict[str, Any]]:
    """Posts as the list has them, by number, each once.

    The address of the next page is not followed: a token goes to no address that an answer names.
    """
    path = "/posts/"
    found: dict[int, dict[str, Any]] = {}
    offset, known = 0, -1
    while len(found) > known:
        known = len(found)
        answer = line.get(path, {**which, "limit": PAGE, "offset": offset})
        results = held(answer, "results", line.service, path)
        found |= {_number(line, one): one for one in results}
        offset += len(results)
        if answer.get("next") is None:
            break
    return found


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
