"""Forecasts: logged one by one, by lines, in a round; corrected, confirmed, withdrawn."""

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli import setting
from forecast.cli.ordering import see_order
from forecast.cli.output import flat, form, print_json, say, write, written
from questions.errors import BadFile, BadInput

if TYPE_CHECKING:
    from forecast.desk.desk import Desk, Receipt


@dataclass(frozen=True, slots=True)
class Given:
    """What a forecast was given as, and where it goes."""

    question: str
    value: str
    who: str
    """The member that it is for."""
    why: str
    expires: str | None
    confidence: str
    at: str | None
    db: str | None
    json: bool


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.command(context_settings={"ignore_unknown_options": True})(predict)
    for command in (confirm, withdraw):
        app.command()(command)


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
        _lines(at=at, db=db, json=json)
    elif question is None:
        _round(who, at=at, db=db)
    else:
        see_order("predict", question, value or "")
        text, name = _value(value), setting.member(who)
        given = Given(question, text, name, why, expires, confidence, at, db, json)
        _correct(given) if correcting else _ladder(given) if _is_ladder(question) else _one(given)


def _value(value: str | None) -> str:
    if value is None:
        raise BadInput("forecast", "", "a value too, such as: tidings predict Q1 35%")
    return value


def _is_ladder(reference: str) -> bool:
    from forecast.desk.ladders import LADDER_ID

    return LADDER_ID.fullmatch(reference.strip()) is not None


def _one(given: Given) -> None:
    from forecast.desk.predicting import Said, predict

    with setting.desk(given.db, who=given.who, at=given.at, dated=True) as desk:
        until = setting.time_of(given.expires, edge="end", what="expiry", now=desk.now)
        claimed = setting.claim(desk, given.at)
        told = (given.who, given.question, given.value, given.why, until, claimed)
        (made,) = predict(desk, [Said(*told, confidence=given.confidence)])
        _logged(desk, made, json=given.json)
        _remark(desk, made)


def _logged(desk: "Desk", made: "Receipt", *, json: bool) -> None:
    """Confirm a forecast, with the crowd and how far its author is from it."""
    from forecast.show.crowd import standing_lines
    from forecast.show.terminal import clean, print_lines
    from forecast.views.crowd import apart

    member, question = made.record["member"], made.record["question"]
    with replace(desk, reader=member).reading() as read:
        found = apart(read, question, member, desk.now)
    if json:
        print_json({**flat(made), **found})
    else:
        sentence = f"{member} says {_shown(desk, made)} on {question}"
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


def _ladder(given: Given) -> None:
    from forecast.desk.ladders import predict_ladder

    with setting.desk(given.db, who=given.who, at=given.at, dated=True) as desk:
        made = predict_ladder(
            desk,
            given.question,
            given.value,
            member=given.who,
            why=given.why,
            confidence=given.confidence,
        )
        said = ", ".join(f"{one.record['question']} {_shown(desk, one)}" for one in made)
    if given.json:
        print_json([flat(one) for one in made])
    else:
        write(f"{made[0].record['member']} says {said}\n")


def _correct(given: Given) -> None:
    from forecast.desk.predicting import correct

    if _is_ladder(given.question):
        raise BadInput("--correct", given.question, "a question of the ladder, one at a time")
    with setting.desk(given.db, who=given.who, at=given.at, dated=True) as desk:
        made = correct(
            desk,
            given.question,
            given.value,
            member=given.who,
            why=given.why,
            confidence=given.confidence,
        )
        sentence = f"{made.record['corrects']} corrected to {_shown(desk, made)}"
        written(made, form(json=given.json), sentence)


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


def _lines(*, at: str | None, db: str | None, json: bool) -> None:
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
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("-", f"not UTF-8 at byte {error.start}", "write the lines as UTF-8") from None


def _round(who: str | None, *, at: str | None, db: str | None) -> None:
    from forecast.cli.keyboard import typed
    from forecast.cli.rounds import step_through
    from forecast.show.terminal import counted

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
