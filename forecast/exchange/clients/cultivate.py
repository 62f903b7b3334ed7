"""Sites of Cultivate Forecasts, such as INFER: one member's forecasts, and their questions."""

from typing import Any, Final

from forecast.exchange.clients.answers import Answer, held, json_of
from forecast.exchange.clients.calling import Line, Params
from forecast.exchange.clients.secrets import Key, Secret
from forecast.exchange.clients.wire import Service, Wire
from questions.errors import BadFile

COUNTS: Final = ("x-total-pages", "total-pages", "x-pages", "x-page-count", "page-count")
"""The headers in which a site may say how many pages a list has."""
_LEAST: Final = 2
"""Sites count pages from 0 or from 1, so that the first two may be the same."""

Item = dict[str, Any]


def service(base: str) -> Service:
    """A site at an address, where nobody has logged in as yet."""
    return Service("Cultivate", base, set_by="CULTIVATE_PASSWORD", per_minute=120)


def log_in(site: Service, wire: Wire, *, email: str, password: Secret) -> Service:
    """The site with the token that it gives for a name and password.

    Raises:
        BadFile: it accepts neither, or gives no token.
        Unavailable: as :meth:`forecast.exchange.clients.calling.Line.get`.
    """
    asked = site.with_key(Key(password, "form", "password"))
    fields = {"grant_type": "password", "email": email}
    with Line(asked, wire) as line:
        answer = line.post("/oauth/token", fields, form=True, reads=True)
        found = json_of(answer, site, "/oauth/token")
    token = found.get("access_token") if isinstance(found, dict) else None
    if not isinstance(token, str) or not token:
        raise BadFile(site.name, "/oauth/token gives no token", "its interface may have changed")
    return site.with_key(Key(Secret(token), "header", "Bearer"))


def history(line: Line, member: int) -> dict[str, Any]:
    """A member's forecasts and the questions they are on.

    As ``{"questions": [...], "prediction_sets": [...]}``.

    Raises:
        Unavailable, BadFile, NotFound: as :meth:`forecast.exchange.clients.calling.Line.get`.
    """
    said = _listed(line, "prediction_sets", {"membership_id": member})
    mine = [one for one in said if one.get("membership_id", member) == member]
    asked = {one.get("question_id") for one in mine}
    questions = _listed(line, "questions", {}) if mine else []
    return {
        "questions": [one for one in questions if one.get("id") in asked],
        "prediction_sets": mine,
    }


def _listed(line: Line, name: str, params: Params) -> list[Item]:
    """All of a list, each item once; a header says how many pages it has."""
    path, page = f"/api/v1/{name}", 0
    found: dict[Any, Item] = {}
    while True:
        answer = line.answer(path, {**params, "page": page})
        items = held(json_of(answer, line.service, path), name, line.service, path)
        if not all(isinstance(one, dict) and "id" in one for one in items):
            problem = f"{path} gives {name} without an id"
            raise BadFile(line.service.name, problem, "its interface may have changed")
        known, last = len(found), _last(answer)
        found |= {one["id"]: one for one in items}
        nothing_new = len(found) == known and page >= _LEAST
        if not items or nothing_new or (last is not None and page >= last):
            return [*found.values()]
        page += 1


def _last(answer: Answer) -> int | None:
    """How many pages there are, where a header says so."""
    for name in COUNTS:
        text = answer.headers.get(name, "")
        if text.isascii() and text.isdigit():
            return int(text)
    return None
