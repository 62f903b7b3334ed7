"""A model beside the rules, if the team has one: named by option, configuration, environment."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli import setting
from forecast.cli.output import say
from questions.errors import BadInput

if TYPE_CHECKING:
    from questions.modelled.records import Service, Suggested, Turn
    from questions.records import Article, Draft

    type Drafted = list[tuple[Article, list[Draft]]]

Model = Annotated[
    str | None,
    typer.Option("--model", help="Ask this language model too.", metavar="NAME"),
]
BaseUrl = Annotated[
    str | None,
    typer.Option("--base-url", help="The server of the model.", metavar="URL"),
]

OPENAI = "https://api.openai.com/v1"
SECONDS = 60.0


def service_of(model: str | None, base_url: str | None) -> "Service | None":
    """The model that is to be asked; None where none is named, or ``--model none``.

    The key is OPENAI_API_KEY of the environment and of nothing else.

    Raises:
        BadInput: an address that is no http(s) address, or a time limit that is none.
    """
    from questions.modelled.records import Service

    said = setting.configuration()
    name = str(said.get("model", "") if model is None else model).strip()
    if name.lower() in ("", "none"):
        return None
    address = base_url or said.get("base_url") or os.environ.get("OPENAI_BASE_URL")  # noqa: TID251
    url = str(address or OPENAI).strip()
    if not url.lower().startswith(("http://", "https://")):
        raise BadInput("--base-url", url, "an address such as http://localhost:11434/v1")
    return Service(name, url, os.environ.get("OPENAI_API_KEY", ""), _seconds(said))  # noqa: TID251


def _seconds(said: dict[str, object]) -> float:
    given = said.get("model_timeout", SECONDS)
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given <= 3600:
        raise BadInput("model_timeout", given, "seconds from 0 to 3600")
    return float(given)


def with_model(
    found: "Drafted", service: "Service | None", limit: int
) -> "tuple[Drafted, dict[str, list[Turn]]]":
    """The drafts with those of the model among them, and what it was asked of each article.

    The turns are by the hash of the article. Whatever goes wrong is told, and the drafts that
    are there stay.
    """
    if service is None:
        return found, {}
    from questions.modelled.merging import merged
    from questions.modelled.suggesting import suggest

    together: Drafted = []
    turns: dict[str, list[Turn]] = {}
    for article, drafts in found:
        suggested = suggest(article, service, limit=limit)
        _tell(suggested, article.source)
        turns[article.sha256] = list(suggested.turns)
        together.append((article, merged(drafts, suggested.drafts)))
    return together, turns


def _tell(suggested: "Suggested", source: str) -> None:
    if suggested.trouble:
        say(f"note: {source}: no drafts of the model: {suggested.trouble}")
    if count := len(suggested.dropped):
        many = "suggestion" if count == 1 else "suggestions"
        say(f"note: {source}: {count} {many} of the model dropped: {suggested.dropped[0]}")
