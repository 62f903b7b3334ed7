"""What ties questions together: implications, exclusive sets, conditional pairs, ladders."""

from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli import setting
from forecast.cli.output import emit, form, written

if TYPE_CHECKING:
    from forecast.desk.ties import Relation
    from questions.errors import BadInput

SUCH: tuple[str, ...] = (
    "Q3 implies Q1",
    "Q1 Q2 Q3 --exclusive",
    "Q2 given Q1 --if-yes 70% --if-no 20%",
)


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (link, unlink, links):
        app.command()(command)


def link(
    words: Annotated[
        list[str],
        typer.Argument(help="Q3 implies Q1; Q2 given Q1; several.", metavar="WORDS..."),
    ],
    exclusive: Annotated[
        bool, typer.Option("--exclusive", help="At most one of them comes true.")
    ] = False,
    exhaustive: Annotated[
        bool, typer.Option("--exhaustive", help="Exactly one of them comes true.")
    ] = False,
    if_yes: Annotated[
        str | None, typer.Option("--if-yes", help="P(yes) of the first if the other is yes.")
    ] = None,
    if_no: Annotated[
        str | None, typer.Option("--if-no", help="P(yes) of the first if the other is no.")
    ] = None,
    why: Annotated[str, typer.Option("--why", "-m", help="The reason.")] = "",
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Declare what holds between questions, whatever happens.

    One implies another; at most, or exactly, one of several comes true; one hangs on another,
    and takes its belief from it. Beliefs and forecasts that break it are told, with the nearest
    that keep it (least squared change); none is changed.

    Example: tidings link Q3 implies Q1; tidings link Q1 Q2 Q3 --exclusive;
    tidings link Q2 given Q1 --if-yes 70% --if-no 20%
    """
    from forecast.desk.linking import link as verb
    from forecast.probability import parse_probability

    relation, named = _relation(words, exclusive=exclusive, exhaustive=exhaustive)
    given = [one for one in (if_yes, if_no) if one is not None]
    chances = [parse_probability(one, bare_ends=False) for one in given]
    if chances and relation != "given":
        raise _refused(words)
    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, relation, named, chances=chances, why=why)
        said = " ".join(made.record["questions"])
        written(made, form(json=json), f"{made.id}: {relation} {said}")


def _relation(
    words: list[str], *, exclusive: bool, exhaustive: bool
) -> tuple["Relation", list[str]]:
    middle = words[1].lower() if len(words) == 3 else ""
    if exclusive and exhaustive:
        raise _refused(words)
    if exclusive or exhaustive:
        return ("exclusive" if exclusive else "exhaustive"), words
    if middle == "implies":
        return "implies", [words[0], words[2]]
    if middle == "given":
        return "given", [words[0], words[2]]
    raise _refused(words)


def _refused(words: list[str]) -> "BadInput":
    from questions.errors import BadInput

    return BadInput("link", " ".join(words), f"one such as {'; '.join(SUCH)}")


def unlink(
    reference: Annotated[str, typer.Argument(help="The link, such as K1.", metavar="LINK")],
    why: Annotated[str, typer.Option("--why", "-m", help="The reason.")] = "",
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Drop a link; it stays on record.

    Example: tidings unlink K1
    """
    from forecast.desk.linking import unlink as verb

    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, reference, why=why)
        written(made, form(json=json), f"{made.id} dropped")


def links(
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """List ladders and links, and who does not keep to them.

    Example: tidings links
    """
    from forecast.show.ties import print_ties
    from forecast.views.linked import tie_rows

    with setting.reading(db, as_of, who) as (read, at):
        rows = tie_rows(read, at)
    emit(
        rows,
        form(json=json, jsonl=jsonl, csv=csv),
        lambda: print_ties(rows),
        columns=("id", "relation", "questions", "says", "holders"),
    )
