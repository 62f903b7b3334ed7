"""Rules that a team turns on: what counts as evidence without a person's judgement."""

from typing import Annotated

import typer

from forecast.cli import setting
from forecast.cli.output import emit, form, written

rule_app = typer.Typer(help="What counts without a person's judgement.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.add_typer(rule_app, name="rule")


@rule_app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="What the rule is called in each judgement.")],
    says: Annotated[
        str, typer.Option("--says", help="asserted, scheduled, denied, happened or ruled out.")
    ],
    words: Annotated[str, typer.Option("--words", help="slightly|moderately|strongly for yes|no.")],
    why: Annotated[str, typer.Option("--why", "-m", help="The reason.")],
    source: Annotated[
        str, typer.Option("--source", help="Only of this source; of every one if left out.")
    ] = "",
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Let new reports that plainly say something count, until the rule is ended.

    Each judgement it makes is by "rule NAME", and can be answered by a person's own.

    Example: tidings rule add wire-schedules --source Reuters --says scheduled
    --words "slightly for yes" --why "its calendars hold"
    """
    from forecast.desk.pointing import agree

    with setting.desk(db, who=who, at=at) as desk:
        made = agree(desk, name, source=source, says=says, words=words, why=why)
        of = made.record["source"] or "every source"
        written(made, form(json=json), f"{made.id}: {says} by {of} counts {words}")


@rule_app.command("end")
def end(
    name: Annotated[str, typer.Argument(help="The rule.")],
    why: Annotated[str, typer.Option("--why", "-m", help="The reason.")],
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """End a rule: what it has judged stays, and it judges no more.

    Example: tidings rule end wire-schedules --why "two of three were put off"
    """
    from forecast.desk.pointing import end as verb

    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, name, why=why)
        written(made, form(json=json), f"{made.id} is ended")


@rule_app.command("list")
def listed(
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """List the rules that stand.

    Example: tidings rule list
    """
    from forecast.desk.pointing import rules
    from forecast.show.terminal import Column, print_table
    from questions.store.envelope import plain

    with setting.reading(db, as_of, who) as (read, _):
        rows = [plain(one) for one in rules(read)]
    columns = [
        Column("rule", lambda row: row["name"], wraps=True),
        Column("source", lambda row: row["source"] or "every source", wraps=True),
        Column("says", lambda row: row["says"]),
        Column("counts", lambda row: row["words"]),
    ]
    emit(
        rows,
        form(json=json, jsonl=jsonl, csv=csv),
        lambda: print_table(rows, columns, nothing="no rules: only judgements move a belief"),
        columns=("name", "source", "says", "words"),
    )
