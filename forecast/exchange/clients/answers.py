"""What an answer says: its JSON, or in one line why it cannot be used."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from forecast.exchange.clients.waiting import asked_to_wait
from forecast.exchange.clients.wire import Service
from questions.errors import BadFile, Conflict, NotFound, TidingsError, Unavailable

SHOWN: Final = 160
"""How much of a service's own words is told."""
_NOT_ENABLED: Final = "api_forecasting_not_enabled"
LATER: Final = "try again later"
_CHANGED: Final = "its interface may have changed; a saved file can be imported instead"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, read to its end."""

    status: int
    headers: Mapping[str, str]
    """By name in small letters."""
    body: bytes


def json_of(answer: Answer, service: Service, path: str) -> Any:
    """What an answer holds.

    Raises:
        BadFile: no JSON, or half of it.
    """
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        what = "a page" if _is_page(answer) else "something that is no JSON, or only half of it"
        raise BadFile(service.name, f"{path} gives {what}", _CHANGED) from error


def held(data: Any, name: str, service: Service, path: str) -> list[Any]:
    """The list that an answer holds under a name.

    Raises:
        BadFile: there is none.

    >>> held({"items": [1]}, "items", Service("Fatebook", ""), "/getQuestions")
    [1]
    """
    found = data.get(name) if isinstance(data, dict) else None
    if not isinstance(found, list):
        raise BadFile(service.name, f"{path} gives no list of {name}", _CHANGED)
    return found


def refusal(answer: Answer, service: Service, path: str, what: str) -> TidingsError:
    """Why a service gives nothing, as the error to raise; ``what`` is what was asked for."""
    said = "" if _is_page(answer) else _words(answer, service)
    if _NOT_ENABLED in said:
        problem = f"{service.name} does not let this account forecast through its interface yet"
        right = "ask for it in the settings of the account there, or use an account for bots"
        return Conflict(f"{problem} ({_NOT_ENABLED})", right)
    match answer.status:
        case 401:
            return _unknown_key(answer, service)
        case 403 if _is_page(answer):
            problem = f"answers {path} with a page (HTTP 403): something on the way blocks it"
            return Unavailable(service.name, problem, f"see that {service.base} is its interface")
        case 403:
            return _unknown_key(answer, service, said)
        case 404:
            return NotFound(f"entry at {service.name}", what or path)
        case 429:
            return Unavailable(service.name, f"asks to wait{_how_long(answer)} (HTTP 429)", LATER)
        case status if 300 <= status < 400:
            where = answer.headers.get("location", "elsewhere")[:SHOWN]
            problem = f"{path} leads to {where}, where no token is sent"
            return BadFile(service.name, problem, "set the address of its interface")
        case status if status >= 500:
            return Unavailable(service.name, f"is out of order (HTTP {status})", LATER)
    told = said or "no reason given"
    return BadFile(service.name, f"does not take {path} (HTTP {answer.status})", told)


def _how_long(answer: Answer) -> str:
    """How long it asks to wait, where it says so."""
    headers = answer.headers
    asked = asked_to_wait(headers.get("retry-after", ""), headers.get("date", ""))
    return "" if asked is None else f" {asked:g} s"


def _unknown_key(answer: Answer, service: Service, said: str = "") -> TidingsError:
    problem = (
        f"the token is not accepted (HTTP {answer.status})"
        if service.key
        else (f"it wants a token (HTTP {answer.status})")
    )
    right = f"set {service.set_by} to a token of yours" if service.set_by else "log in anew"
    return BadFile(service.name, f"{problem}: {said}" if said else problem, right)


def _is_page(answer: Answer) -> bool:
    kind = answer.headers.get("content-type", "").lower()
    return "html" in kind or answer.body.lstrip()[:9].lower().startswith((b"<!doctype", b"<html"))


def _words(answer: Answer, service: Service) -> str:
    """What a service says of an error, in one short line without the token."""
    text = answer.body[:10_000].decode("utf-8", "replace")
    if service.key is not None:
        text = service.key.secret.hidden_in(text)
    return " ".join(text.split())[:SHOWN]
