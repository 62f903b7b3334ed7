"""The inbox: stories that wait for a judgement, stepped through, listed, or dismissed at once."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.consulting import Second, consult
from forecast.cli.keyboard import at_a_terminal, keyboard
from forecast.cli.modelling import BaseUrl
from forecast.cli.output import emit, flat, form, print_json, write

if TYPE_CHECKING:
    from datetime import datetime

    from forecast.desk.desk import Desk

FIELDS = ("story", "report", "title", "source", "grade", "published", "question", "decision")
Rows = list[dict[str, Any]]


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.command()(inbox)


def inbox(
    mine: Annotated[
        bool, typer.Option("--mine", help="What you have not judged, though others have.")
    ] = False,
    dismiss: Annotated[
        str | None,
        typer.Option(
            "--dismiss",
            help="Call these irrelevant: stories, reports, S4/Q2, or maybe for all of those.",
            metavar="S4,S5",
        ),
    ] = None,
    why: Annotated[str, typer.Option("--why", "-m", help="The reason.")] = "",
    model: Second = None,
    base_url: BaseUrl = None,
    as_of: setting.AsOf = None,
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """Judge what nobody has judged yet, one key a judgement.

    On a terminal it steps through them; piped, or with a format, it lists them. What a --model
    would judge is a suggestion: it stands beside your judgement and counts for nothing itself.

    Example: tidings inbox --dismiss S3,S4 --why "about the other Georgia"
    """
    wanted = form(json=json, jsonl=jsonl, csv=csv)
    with setting.desk(
        db, who=who, at=at, signed=mine or dismiss is not None or at_a_terminal()
    ) as desk:
        moment = setting.time_of(as_of, now=desk.now, what="--as-of")
        judge = desk.actor if mine else None
        if model is not None and moment is None:
            waiting = _rows(desk, None, judge)
            consult(desk, [(row["report"], row["question"]) for row in waiting], model, base_url)
        rows = _rows(desk, moment, judge)
        if dismiss is not None:
            _dismiss(desk, rows, dismiss, why, json=json or jsonl)
        elif at_a_terminal() and moment is None and not (json or jsonl or csv):
            _step_through(desk, rows)
        else:
            emit(rows, wanted, lambda: _list(desk, rows, moment), columns=FIELDS)


def _rows(desk: "Desk", moment: "datetime | None", judge: str | None) -> Rows:
    from forecast.views.news import inbox_rows
    from forecast.views.suggested import with_suggestions

    at = moment or desk.now
    with desk.reading(moment) as read:
        return with_suggestions(inbox_rows(read, at, judge=judge), read, at)


def _list(desk: "Desk", rows: Rows, moment: "datetime | None") -> None:
    from forecast.show.news import print_inbox

    _proposals(desk, moment)
    print_inbox(rows)


def _proposals(desk: "Desk", moment: "datetime | None" = None) -> None:
    from forecast.show.news import print_proposals
    from forecast.views.news import proposal_rows

    with desk.reading(moment) as read:
        print_proposals(proposal_rows(read, moment or desk.now))


def _step_through(desk: "Desk", rows: Rows) -> None:
    from forecast.cli.weighing import step_through

    _proposals(desk)
    if rows:
        step_through(desk, rows, keyboard())
    else:
        write("nothing waits for a judgement\n")


def _dismiss(desk: "Desk", rows: Rows, named: str, why: str, *, json: bool) -> None:
    from forecast.desk.judging import dismiss

    pairs = [(row["report"], row["question"]) for row in _named(rows, named)]
    made = dismiss(desk, pairs, why=why)
    if json:
        print_json([flat(one) for one in made])
    else:
        write(f"irrelevant: {', '.join(one.id for one in made)}\n")


def _named(rows: Rows, named: str) -> Rows:
    """The rows that a list of names means, each of which must mean some.

    Raises:
        NotFound: a name of nothing that waits.
        BadInput: no name.
    """
    from questions.errors import BadInput, NotFound

    names = [one.strip() for one in named.split(",") if one.strip()]
    if not names:
        raise BadInput("story", named, "stories such as S4,S5, or maybe")
    chosen: Rows = []
    for name in names:
        found = [row for row in rows if name.casefold() in _names(row)]
        if not found:
            known = sorted({row["story"] for row in rows})
            raise NotFound("waiting story", name, known, "`tidings inbox` lists them")
        chosen += [row for row in found if row not in chosen]
    return chosen


def _names(row: dict[str, Any]) -> set[str]:
    """What one row of the inbox can be called."""
    story, report, question = (row[one].casefold() for one in ("story", "report", "question"))
    named = {story, report, f"{story}/{question}", f"{report}/{question}"}
    return named | ({"maybe"} if row["decision"] == "maybe" else set())
