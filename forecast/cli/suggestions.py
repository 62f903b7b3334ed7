"""What programs suggest: listed, judged so by a person, declined."""

from typing import Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.output import emit, form, written

suggestion_app = typer.Typer(help="What programs suggest of reports.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.add_typer(suggestion_app, name="suggestion")


@suggestion_app.command("add")
def add(
    report: Annotated[str, typer.Argument(help="Its id, such as R7.")],
    question: Annotated[str, typer.Argument(help="Its id or a part of its title.")],
    ratio: Annotated[
        float, typer.Option("--ratio", help="How many times likelier the report is if yes.")
    ],
    why: Annotated[str, typer.Option("--why", help="What in the report says so.")],
    relevance: Annotated[
        float, typer.Option("--relevance", help="How much it bears on the question, 0 to 1.")
    ] = 1.0,
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Suggest what a report says of a question, for a person to judge.

    Example: tidings suggestion add R2 Q1 --ratio 3 --why "a date is named" --as Bo
    """
    from forecast.desk.judging import weight_of_ratio
    from forecast.desk.suggesting import suggest

    weight = weight_of_ratio(ratio)
    with setting.desk(db, who=who, at=at) as desk:
        made = suggest(desk, report, question, relevance=relevance, weight=weight, why=why)
        written(made, form(json=json), f"{made.id} waits for a person")


@suggestion_app.command("list")
def list_(
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """List the judgements that programs suggest and nobody has decided on.

    Example: tidings suggestion list
    """
    from forecast.views.suggested import suggestion_rows

    with setting.reading(db, as_of, who) as (read, at):
        rows = suggestion_rows(read, at)
    emit(rows, form(json=json, jsonl=jsonl, csv=csv), lambda: _print(rows))


def _print(rows: list[dict[str, Any]]) -> None:
    from forecast.show.terminal import print_lines

    lines = [
        line
        for row in rows
        for line in (
            f"{row['id']}  {row['report']} on {row['question']}  ratio {row['ratio']:.3g}  "
            f"relevance {row['relevance']:.0%}  by {row['by']}",
            f"    {row['title']}",
            f"    asks {row['asks']}",
            f"    because {row['why']}",
        )
    ]
    print_lines(lines or ["nothing is suggested"])


@suggestion_app.command("accept")
def accept(
    suggestion: Annotated[str, typer.Argument(help="Its id, such as G1.")],
    ratio: Annotated[
        float | None, typer.Option("--ratio", help="Another likelihood ratio than suggested.")
    ] = None,
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Judge a report as was suggested; the judgement is yours.

    Example: tidings suggestion accept G1 --as Ana
    """
    from forecast.desk.judging import weight_of_ratio
    from forecast.desk.suggesting import accept as verb

    weight = None if ratio is None else weight_of_ratio(ratio)
    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, suggestion, weight=weight)
        written(made, form(json=json), f"{made.record['judge']} judged {made.id}")


@suggestion_app.command("decline")
def decline(
    suggestion: Annotated[str, typer.Argument(help="Its id, such as G1.")],
    why: Annotated[str, typer.Option("--why", help="The reason.")],
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Let a suggestion rest.

    Example: tidings suggestion decline G1 --why "the report is about another town"
    """
    from forecast.desk.suggesting import decline as verb

    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, suggestion, why=why)
        written(made, form(json=json), f"{made.id} rests")
