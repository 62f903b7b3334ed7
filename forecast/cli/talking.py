"""What is said of a question beside forecasts: clarified, tagged, commented, noted."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.output import emit, form, written

if TYPE_CHECKING:
    from questions.store.reading import Reading

Which = Annotated[str, typer.Argument(help="Its id or a part of its title.")]
SAID = ("id", "question", "at", "by", "text")


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (clarify, tag, comment, note):
        app.command()(command)


def clarify(
    question: Which,
    why: Annotated[str, typer.Option("--why", "-m", help="What its words mean.")],
    at: setting.At = None,
    who: setting.As = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Say what a question's words mean. That is shown with it, and changes no word.

    Example: tidings clarify Q1 --why "a signed paper counts, whoever publishes it"
    """
    from forecast.desk.annotating import clarify as verb

    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, question, why=why)
        written(made, form(json=json), f"{made.id} clarified")


def tag(
    question: Which,
    tags: Annotated[list[str], typer.Argument(help="Its tags.", metavar="TAG...")],
    remove: Annotated[bool, typer.Option("--remove", help="Take them from it.")] = False,
    at: setting.At = None,
    who: setting.As = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Tag a question after it was asked, or take tags from it.

    Example: tidings tag Q1 ukraine diplomacy
    """
    from forecast.desk.annotating import tag as verb

    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, question, tags, remove=remove)
        told = "without" if remove else "tagged"
        changed = ", ".join(made.record["removed" if remove else "added"])
        written(made, form(json=json), f"{made.id} {told} {changed}")


def comment(
    question: Which,
    text: Annotated[str | None, typer.Argument(help="What to say; without: what was said.")] = None,
    at: setting.At = None,
    who: setting.As = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Say something about a question to the team, or read it.

    A blind question shows it to nobody who has not forecast it.

    Example: tidings comment Q1 "the venue was booked on Monday" --as Ana
    """
    from forecast.desk.annotating import comment as verb
    from forecast.views.sayings import comment_rows

    if text is None:
        _list(question, comment_rows, "nobody said anything", who=who, db=db, json=json)
        return
    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, question, text, member=setting.member(who))
        sentence = f"{made.id} by {made.record['member']} on {made.record['question']}"
        written(made, form(json=json), sentence)


def note(
    question: Which,
    text: Annotated[
        str | None, typer.Argument(help="What to keep; without: what you kept.")
    ] = None,
    at: setting.At = None,
    who: setting.As = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Keep a note on a question for yourself, or read yours.

    No other member is shown it; whoever holds the file or the database could look.

    Example: tidings note Q1 "ask Bo about the second source" --as Ana
    """
    from forecast.desk.annotating import note as verb
    from forecast.views.sayings import note_rows

    if text is None:
        setting.member(who)
        _list(question, note_rows, "you keep no notes on it", who=who, db=db, json=json)
        return
    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, question, text, member=setting.member(who))
        sentence = f"{made.id} on {made.record['question']}, for {made.record['member']} alone"
        written(made, form(json=json), sentence)


def _list(
    question: str,
    rows_of: "Callable[[Reading, str], list[dict[str, Any]]]",
    nothing: str,
    *,
    who: str | None,
    db: str | None,
    json: bool,
) -> None:
    from forecast.show.terminal import Column, day, print_table
    from questions.store import shelf

    with setting.reading(db, None, who) as (read, now):
        asked = shelf.find_question(read, question, now).question.id
        rows = rows_of(read, asked)
    columns = [
        Column("id", lambda row: row["id"]),
        Column("on", lambda row: day(row["at"])),
        Column("who", lambda row: row["by"]),
        Column("what", lambda row: row["text"], wraps=True),
    ]
    human = lambda: print_table(rows, columns, nothing=nothing)  # noqa: E731
    emit(rows, form(json=json), human, columns=SAID)
