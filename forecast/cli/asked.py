"""Questions: asked, listed, shown, checked."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.blinding import Blind, BlindUntil, hiding_of
from forecast.cli.output import emit, flat, form, print_json, say, write, written
from forecast.cli.teams import Team

if TYPE_CHECKING:
    from forecast.desk.desk import Desk
    from questions.records import Kind

MOST_DAYS = 100_000
FOUND = ("question", "level", "where", "what", "hint")

Which = Annotated[str, typer.Argument(help="Its id or a part of its title.")]
Words = Annotated[
    bool, typer.Option("--words", help="Likelihood in words too, as ICD 203 has them.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (ask, questions, show, lint):
        app.command()(command)


def ask(
    title: Annotated[str, typer.Argument(help="Will ... by ...?")],
    closes: Annotated[
        list[str],
        typer.Option(
            "--closes", help="The deadline; a bare date includes that day. Several: a ladder."
        ),
    ],
    criteria: Annotated[str, typer.Option("--criteria", help="What counts as what, and as void.")],
    opens: Annotated[
        str | None, typer.Option("--opens", help="When it opens; now.", metavar="TIME")
    ] = None,
    fine_print: Annotated[str, typer.Option("--fine-print", help="Edge cases.")] = "",
    type_: Annotated[
        str, typer.Option("--type", help="binary, multiple_choice, numeric, discrete or date.")
    ] = "binary",
    options: Annotated[str, typer.Option("--options", help="Of multiple choice: A,B,C.")] = "",
    range_: Annotated[
        str, typer.Option("--range", help="0:100, or 2030-01-01:2031-01-01.", metavar="LOW:HIGH")
    ] = "",
    unit: Annotated[str, typer.Option("--unit", help="What a number counts.")] = "",
    open_lower: Annotated[
        bool | None, typer.Option("--open-lower/--closed-lower", help="It may lie below the range.")
    ] = None,
    open_upper: Annotated[
        bool | None, typer.Option("--open-upper/--closed-upper", help="It may lie above the range.")
    ] = None,
    zero_point: Annotated[
        float | None, typer.Option("--zero-point", help="A logarithmic range, counted from here.")
    ] = None,
    step: Annotated[
        float | None, typer.Option("--step", help="From one discrete number to the next; 1.")
    ] = None,
    above: Annotated[
        list[float] | None, typer.Option("--above", help="A ladder: above each of several numbers.")
    ] = None,
    below: Annotated[
        list[float] | None, typer.Option("--below", help="A ladder: below each of several numbers.")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", help="A tag; may be repeated.")] = None,
    blind: Blind = None,
    blind_until: BlindUntil = None,
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Ask a question by hand. Several deadlines or numbers make a ladder of questions.

    In the title of a ladder {} stands for what tells its questions apart. A blind question hides
    what others say of it from a member who has not forecast it (see tidings reveal).

    Other types: --type multiple_choice --options Red,Blue,Other; --type discrete --range 0:10;
    --type date --range 2030-01-01:2031-01-01. A ladder of numbers: --above 50 --above 100.

    Example: tidings ask "Will it rain in Oslo by 30 April 2030?" --closes 2030-04-30
    --criteria "Yes if the weather service reports rain. No otherwise. Void if it closes."

    Example: tidings ask "Will it rain in Oslo {}?" --closes 2030-04-30 --closes 2030-06-30
    --criteria "Yes if the weather service reports rain. No otherwise. Void if it closes."

    Example: tidings ask "How much rain will fall in Oslo in April 2030?" --closes 2030-04-30
    --type numeric --range 0:300 --unit mm --open-upper
    --criteria "What the weather service reports. Void if it closes."
    """
    from forecast.desk.asking import ask as verb
    from forecast.desk.kinds import Wanted, kind_of

    ladder = len(closes) > 1 or bool(above) or bool(below)
    counted = "" if ladder else unit
    wanted = Wanted(type_, options, range_, counted, open_lower, open_upper, zero_point, step)
    with setting.desk(db, who=who, at=at, founds=True) as desk:
        kind = kind_of(wanted, now=desk.now)
        until = [
            setting.time_of(one, edge="end", what="closing time", now=desk.now) or desk.now
            for one in closes
        ]
        said: dict[str, Any] = {
            "criteria": criteria,
            "opens": setting.time_of(opens, what="opening time", now=desk.now),
            "fine_print": fine_print,
            "tags": tag or (),
            "hiding": hiding_of(blind, blind_until, desk.now),
        }
        if ladder:
            numbers = {"above": tuple(above or ()), "below": tuple(below or ()), "unit": unit}
            rungs = {"closes": tuple(until), **numbers}
            _ask_ladder(desk, title, kind, rungs, said, json=json)
            return
        made = verb(desk, title, closes=until[0], kind=kind, **said)
        written(made, form(json=json), f"{made.id}  {made.record['title']}")
        remark(desk, made.id)


def _ask_ladder(
    desk: "Desk",
    title: str,
    kind: "Kind",
    rungs: Mapping[str, Any],
    said: Mapping[str, Any],
    *,
    json: bool,
) -> None:
    from forecast.desk.ladders import Rungs, ask_ladder
    from forecast.show.terminal import clean
    from questions.errors import BadInput
    from questions.records import Binary

    if not isinstance(kind, Binary):
        raise BadInput("ladder", type(kind).__name__, "--type binary: its questions are yes or no")
    *made, ladder = ask_ladder(desk, title, Rungs(**rungs), **said)
    if json:
        print_json({**flat(ladder), "asked": [flat(one) for one in made]})
        return
    for one in (ladder, *made):
        write(f"{one.id:<4} {clean(one.record['title'])}\n")


def remark(desk: "Desk", identity: str) -> None:
    """Say what a careful writer would want to know about a new question."""
    from forecast.views.findings import findings

    with desk.reading() as read:
        for row in findings(read, desk.now, only=identity):
            level = "flaw" if row["level"] == "error" else row["level"]
            say(f"{level}: {row['where']}: {row['what']}; {row['hint']}")


def questions(
    status: Annotated[
        str | None, typer.Option("--status", help="upcoming, open, closed or resolved.")
    ] = None,
    tag: Annotated[str | None, typer.Option("--tag", help="Only with this tag.")] = None,
    due: Annotated[
        float | None,
        typer.Option(
            "--due", min=0, max=MOST_DAYS, help="Closing within so many days, or overdue."
        ),
    ] = None,
    stale: Annotated[
        float | None,
        typer.Option(
            "--stale",
            min=0,
            max=MOST_DAYS,
            help="Without a forecast for so many days, or with one that expired.",
        ),
    ] = None,
    team: Team = None,
    words: Words = False,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """List questions with their status, belief and crowd.

    Example: tidings questions --status open --due 7
    """
    from forecast.people.roster import known_team
    from forecast.show.questions import print_questions
    from forecast.views.known import Known
    from forecast.views.movement import due_rows, stale_rows, week_moves
    from forecast.views.questions import question_rows
    from forecast.views.worded import worded
    from questions.errors import BadInput

    wanted = form(json=json, jsonl=jsonl, csv=csv)
    if status not in (None, "upcoming", "open", "closed", "resolved"):
        raise BadInput("status", status, "upcoming, open, closed or resolved")
    with setting.reading(db, as_of, who) as (read, at):
        members = known_team(read, team) if team else None
        known = Known(read, at)
        rows = question_rows(read, at, members=members, known=known)
        rows = [row for row in rows if status in (None, row["status"])]
        rows = [row for row in rows if tag is None or _is_tagged(row, tag)]
        rows = rows if due is None else due_rows(rows, at, days=due)
        rows = rows if stale is None else stale_rows(rows, at, days=stale)
        rows = worded(rows) if words else rows
        emit(
            rows,
            wanted,
            lambda: print_questions(rows, week_moves(read, at, rows, known=known), at),
        )


def _is_tagged(row: Mapping[str, Any], tag: str) -> bool:
    return tag.casefold() in {one.casefold() for one in row["tags"]}


def show(
    question: Which,
    words: Words = False,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Show everything about a question, or a ladder of questions.

    Example: tidings show Q1; tidings show L1
    """
    from forecast.desk.ladders import LADDER_ID, find_ladder
    from forecast.show.question import print_question
    from forecast.show.ties import print_ladder
    from forecast.views.linked import ladder_view
    from forecast.views.questions import question_view
    from forecast.views.worded import worded

    laddered = LADDER_ID.fullmatch(question.strip()) is not None
    with setting.reading(db, as_of, who) as (read, at):
        if laddered:
            view = ladder_view(read, find_ladder(read, question), at)
        else:
            view = question_view(read, question, at)
    view = worded(view) if words else view
    if json:
        print_json(view)
    elif laddered:
        print_ladder(view)
    else:
        print_question(view)


def lint(
    question: Annotated[
        str | None, typer.Argument(help="Its id or a part of its title; all if left out.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 2 where there is an error.")
    ] = False,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """Check how well questions are formed. Errors come first, then warnings and advice.

    Example: tidings lint Q1
    """
    from forecast.views.findings import findings

    with setting.reading(db, as_of, who) as (read, at):
        rows = findings(read, at, only=question)
    wanted = form(json=json, jsonl=jsonl, csv=csv)
    emit(rows, wanted, lambda: _findings(rows), columns=FOUND)
    if strict and any(row["level"] == "error" for row in rows):
        raise typer.Exit(2)


def _findings(rows: list[dict[str, Any]]) -> None:
    from forecast.show.terminal import Column, print_table

    columns = [
        Column("id", lambda row: row["question"]),
        Column("level", lambda row: row["level"]),
        Column("where", lambda row: row["where"]),
        Column("what", lambda row: row["what"], wraps=True),
        Column("hint", lambda row: row["hint"], wraps=True),
    ]
    print_table(rows, columns, nothing="nothing to remark")
