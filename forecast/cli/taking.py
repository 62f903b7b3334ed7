"""Articles that a command is given: taken in, with a person asked where one is at hand."""

from datetime import datetime
from typing import TYPE_CHECKING

import typer

from forecast.cli import setting
from forecast.cli.keyboard import at_a_terminal
from forecast.cli.output import say

if TYPE_CHECKING:
    from questions.articles import Errand
    from questions.records import Article


def take(places: list[str], published: datetime | None) -> "list[Article]":
    """The articles at some places; what a folder or feed holds beside them is told.

    Raises:
        BadFile: a place cannot be read, or nothing in it can.
        BadInput: standard input was named twice.
    """
    from questions.articles import Errand
    from questions.errors import BadInput

    if places.count("-") > 1:
        raise BadInput("article", "- -", "standard input once")
    ask = _ask if at_a_terminal() else None
    errand = Errand(setting.clock(), published, ask)
    return [article for place in places for article in _taken(place, errand)]


def _taken(place: str, errand: "Errand") -> "list[Article]":
    from questions.articles import gather
    from questions.errors import BadFile, TidingsError

    typed = setting.read_input("-") if place == "-" else None
    found = []
    for one in gather(place, errand, typed):
        if isinstance(one, TidingsError):
            say(f"passed over: {one}")
        else:
            found.append(one)
    if not found:
        raise BadFile(place, "nothing in it could be read", "the lines above say why")
    return found


def _ask(title: str, source: str) -> datetime | None:
    """Ask for a publication date until one is given; nothing, where none is known."""
    from forecast.show.terminal import clean
    from questions.errors import BadInput

    say(f"{source}: no publication date is in “{clean(title)}”")
    while True:
        question = "    published on (such as 2023-03-13; empty to leave it)"
        typed = str(typer.prompt(question, default="", show_default=False, err=True))
        if not typed.strip():
            return None
        try:
            return setting.time_of(typed, what="publication date")
        except BadInput as error:
            say(f"    {error}")
