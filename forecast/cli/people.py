"""Members and what they forecast."""

from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli import setting
from forecast.cli.output import emit, flat, form, print_json, say, write, written

if TYPE_CHECKING:
    from forecast.desk.desk import Desk, Receipt

member_app = typer.Typer(help="Who forecasts.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.add_typer(member_app, name="member")
    app.command(context_settings={"ignore_unknown_options": True})(predict)
    for command in (confirm, withdraw, crowd):
        app.command()(command)


@member_app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="The name to forecast under.")],
    db: setting.Db = None,
    at: setting.At = None,
    json: setting.Json = False,
) -> None:
    """Let somebody forecast.

    Example: tidings member add Eve
    """
    from forecast.desk.predicting import add_member

    with setting.desk(db, at=at, founds=True, signed=False) as desk:
        made = add_member(desk, name)
        written(made, form(json=json), f"{made.id} can forecast")


@member_app.command("alias")
def alias(
    name: Annotated[str, typer.Argument(help="The member.")],
    other: Annotated[str, typer.Argument(help="The other name.")],
    db: setting.Db = None,
    at: setting.At = None,
    json: setting.Json = False,
) -> None:
    """Let a member be called by another name too.

    Example: tidings member alias Ana am
    """
    from forecast.desk.predicting import add_alias

    with setting.desk(db, at=at, signed=False) as desk:
        made = add_alias(desk, other, name)
        written(made, form(json=json), f"{made.id} means {made.record['member']}")


@member_app.command("list")
def members(
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """List the members.

    Example: tidings member list
    """
    from forecast.people.roster import members as names

    with setting.reading(db, as_of, who) as (read, _):
        rows = [{"name": name} for name in names(read)]
    emit(rows, form(json=json, jsonl=jsonl, csv=csv), lambda: _list(rows))


def _list(rows: list[dict[str, str]]) -> None:
    from forecast.show.terminal import print_lines

    print_lines([row["name"] for row in rows] or ["nobody yet: tidings member add NAME"])


def predict(
    question: Annotated[
        str | None,
        typer.Argument(help="Its id or a part of its title; - reads lines; without: a round."),
    ] = None,
    value: Annotated[
        str | None,
        typer.Argument(
            help="35% or likely; A=.2,B=.8; p10=3,p50=5,p90=9 (dates: p10=2030-03-01,...).",
            metavar="VALUE",
        ),
    ] = None,
    who: setting.As = None,
    why: Annotated[str, typer.Option("-m", "--why", help="The reason.")] = "",
    expires: Annotated[
        str | None, typer.Option("--expires", help="Until when it holds.", metavar="TIME")
    ] = None,
    confidence: Annotated[
        str,
        typer.Option(
            "--confidence",
            help="How sound the grounds are: low, moderate, high. It changes no number.",
            metavar="WORD",
        ),
    ] = "",
    correcting: Annotated[
        bool, typer.Option("--correct", help="Put your last forecast right, within ten minutes.")
    ] = False,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Log a forecast. Without a question: step through what is due, stale and moved.

    The round asks about each question in turn, with what is new since your last forecast: a value
    or a word, c to confirm, s to skip, b to go back, q to quit. It ends with where the team
    disagrees most (tidings agenda).

    A ladder (L1) takes a probability for each rung: 10%,30%,50%; or Q3=10%,Q5=50%, and what is
    left out is filled in. A question with options takes a share for each; numbers and dates are
    forecast by quantiles, which become a smooth distribution over the question's range.

    A word of likelihood (almost no chance, very unlikely, unlikely, roughly even, likely, very
    likely, almost certain; or remote, improbable, probable and so on) logs the middle of its band
    in ICD 203, and is kept. An edge that two bands share belongs to the one nearer to even.

    With - it reads lines such as: Ana Q1 35% the envoy was seen boarding

    Example: tidings predict Q1 35% --as Ana -m "talks are planned"
    """
    if question == "-":
        _predict_lines(at=at, db=db, json=json)
    elif question is None:
        _round(who, at=at, db=db)
    elif _is_ladder(question):
        _predict_ladder(question, value, who, why, confidence, at=at, db=db, json=json)
    elif correcting:
        _correct(question, value, who, why, confidence, at=at, db=db, json=json)
    else:
        _predict_one(question, value, who, why, expires, confidence, at=at, db=db, json=json)


def _predict_one(
    question: str,
    value: str | None,
    who: str | None,
    why: str,
    expires: str | None,
    confidence: str,
    *,
    at: str | None,
    db: str | None,
    json: bool,
) -> None:
    from forecast.desk.predicting import Said, predict

    text, name = _given(value), setting.member(who)
    with setting.desk(db, who=who, at=at, dated=True) as desk:
        until = setting.time_of(expires, edge="end", what="expiry", now=desk.now)
        claimed = setting.claim(desk, at)
        said = Said(name, question, text, why, until, claimed, confidence=confidence)
        (made,) = predict(desk, [said])
        shown = _shown(desk, made)
        sentence = f"{made.record['member']} says {shown} on {made.record['question']}"
        _logged(desk, made, sentence, json=json)
        _remark(desk, made)


def _logged(desk: "Desk", made: "Receipt", sentence: str, *, json: bool) -> None:
    """Confirm a forecast, with the crowd and how far its author is from it."""
    from dataclasses import replace

    from forecast.show.crowd import standing_lines
    from forecast.show.terminal import clean, print_lines
    from forecast.views.crowd import apart

    member, question = made.record["member"], made.record["question"]
    with replace(desk, reader=member).reading() as read:
        found = apart(read, question, member, desk.now)
    if json:
        print_json({**flat(made), **found})
    else:
        print_lines([clean(sentence), *standing_lines(found)])


def _remark(desk: "Desk", made: "Receipt") -> None:
    """Say what a forecast contradicts that its author holds of linked questions."""
    from forecast.show.ties import broken
    from forecast.views.linked import broken_rows, tie_rows

    with desk.reading() as read:
        rows = broken_rows(tie_rows(read, desk.now, only=made.record["question"]))
    for row in rows:
        if row["who"] == made.record["member"]:
            say(f"note: {row['id']}: {row['says']}; {broken(row)}")


def _is_ladder(reference: str) -> bool:
    from forecast.desk.ladders import LADDER_ID

    return LADDER_ID.fullmatch(reference.strip()) is not None


def _predict_ladder(
    ladder: str,
    value: str | None,
    who: str | None,
    why: str,
    confidence: str,
    *,
    at: str | None,
    db: str | None,
    json: bool,
) -> None:
    from forecast.desk.ladders import predict_ladder

    text, name = _given(value), setting.member(who)
    with setting.desk(db, who=who, at=at, dated=True) as desk:
        made = predict_ladder(desk, ladder, text, member=name, why=why, confidence=confidence)
        said = ", ".join(f"{one.record['question']} {_shown(desk, one)}" for one in made)
    if json:
        print_json([flat(one) for one in made])
    else:
        write(f"{made[0].record['member']} says {said}\n")


def _given(value: str | None) -> str:
    from questions.errors import BadInput

    if value is None:
        raise BadInput("forecast", "", "a value too, such as: tidings predict Q1 35%")
    return value


def _shown(desk: "Desk", made: "Receipt") -> str:
    """What was said, as its question tells it."""
    from forecast.writing.values import format_value
    from questions.store import shelf
    from questions.values import Chosen, Void, value_from_json

    value = value_from_json(made.record["value"])
    with desk.reading() as read:
        tracked = shelf.find_question(read, made.record["question"], desk.now)
    if isinstance(value, Chosen | Void):
        raise ValueError(f"{value!r} is no forecast")
    return format_value(tracked.question.kind, value)


def _correct(
    question: str,
    value: str | None,
    who: str | None,
    why: str,
    confidence: str,
    *,
    at: str | None,
    db: str | None,
    json: bool,
) -> None:
    from forecast.desk.predicting import correct

    text, name = _given(value), setting.member(who)
    with setting.desk(db, who=who, at=at, dated=True) as desk:
        made = correct(desk, question, text, member=name, why=why, confidence=confidence)
        sentence = f"{made.record['corrects']} corrected to {_shown(desk, made)}"
        written(made, form(json=json), sentence)


def _predict_lines(*, at: str | None, db: str | None, json: bool) -> None:
    from forecast.cli.lines import said_in
    from forecast.desk.predicting import predict
    from forecast.show.terminal import counted

    said = said_in(_text(setting.read_input("-")))
    with setting.desk(db, at=at, signed=False) as desk:
        made = predict(desk, said)
    if json:
        print_json([flat(one) for one in made])
    else:
        write(f"{counted(len(made), 'forecast')} logged\n")


def _text(raw: bytes) -> str:
    from questions.errors import BadFile

    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("-", f"not UTF-8 at byte {error.start}", "write the lines as UTF-8") from None


def _round(who: str | None, *, at: str | None, db: str | None) -> None:
    import sys

    from forecast.cli.keyboard import typed
    from forecast.cli.rounds import step_through
    from forecast.show.terminal import counted
    from questions.errors import BadInput

    if not sys.stdin.isatty():
        raise BadInput("question", "", "a question and a value, or - to read lines")
    name = setting.member(who)
    with setting.desk(db, who=who, at=at) as desk:
        logged = step_through(desk, name, setting.clock, typed)
    say(f"{counted(logged, 'forecast')} logged")


def confirm(
    question: Annotated[str, typer.Argument(help="Its id or a part of its title.")],
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Repeat your last forecast, as looked at again.

    Example: tidings confirm Q1 --as Ana
    """
    from forecast.desk.predicting import confirm as verb

    name = setting.member(who)
    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, question, member=name)
        sentence = f"{made.record['member']} stands by {made.record['question']}"
        written(made, form(json=json), sentence)


def withdraw(
    question: Annotated[str, typer.Argument(help="Its id or a part of its title.")],
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """End your forecast; it scores for the time it held.

    Example: tidings withdraw Q1 --as Ana
    """
    from forecast.desk.predicting import withdraw as verb

    name = setting.member(who)
    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, question, member=name)
        sentence = f"{made.record['member']} has withdrawn from {made.record['question']}"
        written(made, form(json=json), sentence)


def crowd(
    question: Annotated[str, typer.Argument(help="Its id or a part of its title.")],
    method: Annotated[
        str | None,
        typer.Option(
            "--method",
            help="log_odds_mean (mean for numbers and dates) unless another is named: median, "
            "trimmed_mean, bayes and the others of tidings aggregate.",
        ),
    ] = None,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Show what the team says together. A blind question shows it to who has forecast.

    What a method learns it learns from answers that were known by then.

    Example: tidings crowd Q1 --method median
    """
    from forecast.show.crowd import crowd_line, elsewhere_lines
    from forecast.views.crowd import crowd_of

    with setting.reading(db, as_of, who) as (read, at):
        found = crowd_of(read, question, method, at)
    if json:
        print_json(found)
    else:
        lines = [crowd_line(found), *elsewhere_lines(found["elsewhere"])]
        write("".join(f"{line}\n" for line in lines))
