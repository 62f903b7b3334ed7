"""Blind questions: asked so, shown all the same, and what may not leave the store unseen."""

from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli import setting
from forecast.cli.output import form, say, written
from questions.errors import Conflict

if TYPE_CHECKING:
    from datetime import datetime

    from forecast.desk.blinding import Hiding
    from forecast.desk.desk import Desk

Blind = Annotated[
    bool | None,
    typer.Option(
        "--blind/--no-blind",
        help="Hide what others say of it from who has not forecast it; as the team has agreed.",
    ),
]
BlindUntil = Annotated[
    str | None,
    typer.Option("--blind-until", help="Blind, at the latest until then.", metavar="TIME"),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.command()(reveal)


def hiding_of(blind: bool | None, until: str | None, now: "datetime") -> "Hiding":
    """Whether a new question is blind, as the flags say.

    Raises:
        BadInput: a time that is none.
    """
    from forecast.desk.blinding import Hiding

    end = setting.time_of(until, edge="end", what="--blind-until", now=now)
    return Hiding(blind, end)


def reveal(
    question: Annotated[str, typer.Argument(help="Its id or a part of its title.")],
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """See what others say of a blind question. It is on record that you have seen it.

    A blind question (ask --blind; tidings settings blind on) hides the others' forecasts and
    comments, and the crowd and joint made of them, from a member until that member has forecast
    it, or reveals it, its time has come, or it is resolved. Whoever holds the file, or may read
    the database, can look anyway: it keeps the honest honest.

    Example: tidings reveal Q17 --as Ana
    """
    from forecast.desk.blinding import reveal as verb

    name = setting.member(who)
    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, question, member=name)
        sentence = f"{made.record['member']} sees from now on what others say of {made.id}"
        written(made, form(json=json), sentence)


def see_all(desk: "Desk", *, reveals: bool) -> None:
    """Hold that nothing is hidden from the desk's reader; or put on record that all is revealed.

    Raises:
        Conflict: something is hidden and ``reveals`` is not asked for; with nobody's name.
    """
    from forecast.desk.blinding import by_number, reveal_all

    with desk.reading() as read:
        hidden = ", ".join(by_number(read.veil.hidden))
    if not hidden:
        return
    if not desk.reader:
        right = "say who you are with --as NAME"
        raise Conflict(f"what others say of {hidden} is hidden from who has no name", right)
    if not reveals:
        right = "forecast them first; or --reveal, which puts on record that you have seen them"
        raise Conflict(f"what others say of {hidden} is hidden from {desk.reader}", right)
    for one in reveal_all(desk, member=desk.reader):
        say(f"note: {desk.reader} sees from now on what others say of {one.id}")


def say_what_is_hidden(desk: "Desk", what: str) -> None:
    """Note of which questions a whole copy holds what is hidden from the reader."""
    from forecast.desk.blinding import by_number

    with desk.reading() as read:
        hidden = ", ".join(by_number(read.veil.hidden))
    if hidden:
        say(f"note: {what} holds what is hidden from you of {hidden}: who has it can look")
