"""What happened: proposed, declined, resolved, reopened; and who has to agree to it."""

from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli import setting
from forecast.cli.ordering import see_order
from forecast.cli.output import emit, form, say, written

if TYPE_CHECKING:
    from forecast.desk.desk import Receipt

OUTCOME = (
    "yes or no; an option; a number; a time; below_lower_bound, above_upper_bound; ambiguous, "
    "annulled."
)
Which = Annotated[str, typer.Argument(help="Its id or a part of its title.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (resolve, propose, decline, reopen, dispute):
        app.command()(command)
    app.command("settings")(settings)


def resolve(
    question: Which,
    outcome: Annotated[str, typer.Argument(help=OUTCOME)],
    source: Annotated[str, typer.Option("--source", help="Who says so.", metavar="WHERE")],
    at: Annotated[
        str | None, typer.Option("--at", help="When the answer was known; now.", metavar="TIME")
    ] = None,
    who: setting.As = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Put on record what happened. Of a disputed resolution: confirm as a second that it stands.

    Example: tidings resolve Q1 yes --at 2023-04-26 --source "both governments"
    """
    from forecast.desk.settling import resolve as verb

    see_order("resolve", question, outcome)
    with setting.desk(db, who=who, at=at, dated=True) as desk:
        when = setting.time_of(at, now=desk.now, what="--at") or desk.now
        made = verb(desk, question, outcome, resolved_at=when, source=source)
        if made.kind == "resolution.upheld":
            written(made, form(json=json), f"{made.id} stands as resolved")
            return
        said = "resolved" if made.kind == "question.resolved" else "proposed"
        written(made, form(json=json), f"{made.id} {said} {_outcome_of(made)}")
    if said == "proposed":
        say("it holds once a second person, who did not forecast on it, resolves it so too")


def _outcome_of(made: "Receipt") -> str:
    """What a receipt says that happened, in a word."""
    from questions.store.decoding import outcome
    from questions.tracking.lifecycle import say as told

    return told(outcome(made.record["outcome"]))


def propose(
    question: Which,
    outcome: Annotated[str, typer.Argument(help=OUTCOME)],
    source: Annotated[str, typer.Option("--source", help="Who says so.", metavar="WHERE")],
    why: Annotated[str, typer.Option("--why", "-m", help="The reason.")] = "",
    at: Annotated[
        str | None, typer.Option("--at", help="When the answer was known; now.", metavar="TIME")
    ] = None,
    who: setting.As = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Propose an answer with its source. It waits for a person to resolve the question.

    Example: tidings propose Q1 yes --at 2023-04-26 --source "both governments"
    """
    from forecast.desk.settling import propose as verb

    see_order("propose", question, outcome)
    with setting.desk(db, who=who, at=at, dated=True) as desk:
        when = setting.time_of(at, now=desk.now, what="--at") or desk.now
        made = verb(desk, question, outcome, resolved_at=when, source=source, why=why)
        written(made, form(json=json), f"{made.id} proposed {_outcome_of(made)}")


def decline(
    question: Which,
    why: Annotated[str, typer.Option("--why", "-m", help="The reason.")],
    at: setting.At = None,
    who: setting.As = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Let what is proposed as an answer rest. The question stays as it is.

    Example: tidings decline Q1 --why "the call was with an aide"
    """
    from forecast.desk.proposing import decline as verb

    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, question, why=why)
        written(made, form(json=json), f"what was proposed of {made.id} rests")


def settings(
    name: Annotated[str | None, typer.Argument(help="The setting; without: all of them.")] = None,
    value: Annotated[str | None, typer.Argument(help="Its value from now on.")] = None,
    why: Annotated[str, typer.Option("--why", "-m", help="The reason.")] = "",
    at: setting.At = None,
    who: setting.As = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """List what the team has agreed on, or agree on something else.

    Example: tidings settings second-resolver on --why "we check each other"
    """
    from forecast.desk.agreed import KNOWN, agreed, change
    from questions.errors import BadInput

    if name is None:
        with setting.reading(db) as (read, _):
            rows = [
                {"name": one, "value": agreed(read, one), "meaning": known.meaning}
                for one, known in KNOWN.items()
            ]
        emit(rows, form(json=json), lambda: _settings(rows))
        return
    if value is None:
        raise BadInput("value", "", f"one too, such as: tidings settings {name} on")
    with setting.desk(db, who=who, at=at) as desk:
        made = change(desk, name, value, why=why)
        written(made, form(json=json), f"{made.id} is {made.record['value']}")


def _settings(rows: list[dict[str, str]]) -> None:
    from forecast.show.terminal import Column, print_table

    columns = [
        Column("setting", lambda row: row["name"]),
        Column("value", lambda row: row["value"]),
        Column("meaning", lambda row: row["meaning"], wraps=True),
    ]
    print_table(rows, columns, nothing="")


def reopen(
    question: Which,
    why: Annotated[str, typer.Option("--why", "-m", help="The reason.")],
    at: setting.At = None,
    who: setting.As = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Take a resolution back; both stay on record.

    Example: tidings reopen Q1 --why "the announcement was withdrawn"
    """
    from forecast.desk.settling import reopen as verb

    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, question, why)
        written(made, form(json=json), f"{made.id} reopened")


def dispute(
    question: Which,
    why: Annotated[str, typer.Option("--why", "-m", help="What is wrong with it.")],
    at: setting.At = None,
    who: setting.As = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Hold that a resolution is wrong. It is shown as disputed until that is settled.

    It is settled by reopening the question, or by a second person who resolves it the same way.

    Example: tidings dispute Q1 --why "the call was with an aide" --as Bo
    """
    from forecast.desk.disputing import dispute as verb

    setting.member(who)
    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, question, why=why)
        written(made, form(json=json), f"{made.id} is disputed")
