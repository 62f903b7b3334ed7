"""The round: one pass by keyboard over what wants attention; then the agenda of the team."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from forecast.cli import setting
from forecast.cli.output import emit, form, say, write
from forecast.cli.teams import Team
from questions.errors import Conflict, TidingsError

if TYPE_CHECKING:
    from forecast.desk.desk import Desk
    from forecast.records import Forecast
    from forecast.views.sheets import Sheet
    from questions.records import Kind

KEYS: Final = "    a value, c confirm, s skip, b back, q quit: "
Ask = Callable[[str], str | None]
"""Asks for a line; None at the end of input."""


@dataclass(slots=True)
class Round:
    """A pass over some questions: where it stands, what was logged so far."""

    desk: "Desk"
    name: str
    rows: "Sequence[Sheet]"
    ask: Ask
    clock: Callable[[], datetime]
    place: int = 0
    steps: int = 0
    logged: dict[int, str] = field(default_factory=dict)
    """The forecasts that were made, by their place."""


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.command()(agenda)


def step_through(desk: "Desk", name: str, clock: Callable[[], datetime], ask: Ask) -> int:
    """Ask a member about each question that wants attention; returns how many were answered.

    In a live store each answer is recorded when it is given, by ``clock``; a replay's
    clock stands still.
    """
    from forecast.people.roster import known_member
    from forecast.views.attention import attention

    with desk.reading() as read:
        member = known_member(read, name)
        here = Round(desk, member, attention(read, member, desk.now), ask, clock)
    if not here.rows:
        write("nothing is new, due, stale or moved\n")
    while here.place < len(here.rows):
        _present(here)
        answer = _answer(here)
        if answer == "q":
            break
        if answer == "b":
            here.place = max(0, here.place - 1)
            continue
        if answer == "s" or _take(here, answer):
            here.place += 1
    _agenda(here)
    return len(here.logged)


def _present(here: Round) -> None:
    """Show the question, what is new since the member's last forecast, and that."""
    from forecast.show.round import print_card
    from forecast.show.terminal import clean
    from forecast.views.attention import since_view
    from forecast.writing.values import right_value
    from questions.records import Binary
    from questions.store.decoding import kind_from_json

    row = here.rows[here.place]
    kind, last = kind_from_json(row["kind"]), row["last"]
    desk = _now(here)
    with desk.reading() as read:
        since = last.recorded_at if last else None
        new = since_view(read, row["id"], here.name, since, desk.now)
    print_card(row, new, _said(kind, last), f"{here.place + 1} of {len(here.rows)}")
    if here.place in here.logged:
        write(f"    logged in this round as {here.logged[here.place]}; a value corrects it\n")
    if not isinstance(kind, Binary):
        write(f"    {clean(right_value(kind))}\n")


def _said(kind: "Kind", last: "Forecast | None") -> str:
    from forecast.show.said import manner
    from forecast.show.terminal import day
    from forecast.writing.values import format_value

    if last is None:
        return "none yet"
    ended = f", ended {day(last.ended_at)}" if last.ended_at else ""
    told = manner({"says": format_value(kind, last.value), "words": last.words})
    return f"{told} on {day(last.made_at)}{ended}"


def _answer(here: Round) -> str:
    """What the member typed, once it can be used; the end of input means quit."""
    from forecast.writing.values import parse_value
    from questions.store.decoding import kind_from_json

    row = here.rows[here.place]
    while (typed := here.ask(KEYS)) is not None:
        key = typed.strip().casefold() or "s"
        if key in ("s", "b", "q") or (key == "c" and row["last"] is not None):
            return key
        if key == "c":
            say("    there is nothing to confirm yet: give a value")
            continue
        try:
            parse_value(kind_from_json(row["kind"]), typed, now=here.desk.now)
        except TidingsError as error:
            say(f"    {error}")
        else:
            return typed.strip()
    return "q"


def _take(here: Round, answer: str) -> bool:
    """Log an answer and show how far it is from the others; whether it was taken."""
    why = "" if answer == "c" else here.ask("    why: ")
    if why is None:
        say("    not logged: there was no reason, not even an empty one")
        here.place = len(here.rows)
        return False
    row = here.rows[here.place]
    try:
        here.logged[here.place] = _log(here, row["id"], answer, why.strip())
    except TidingsError as error:
        say(f"    not logged: {error}")
        return True
    _show_apart(here, row["id"])
    return True


def _log(here: Round, question: str, answer: str, why: str) -> str:
    """Put an answer on record; a second one in the same round corrects the first."""
    from forecast.desk.predicting import Said, confirm, correct, predict

    desk = _now(here)
    if answer == "c":
        return confirm(desk, question, member=here.name).id
    if here.place in here.logged:
        try:
            return correct(desk, question, answer, member=here.name, why=why).id
        except Conflict:
            desk = _now(here)
    (made,) = predict(desk, [Said(here.name, question, answer, why)])
    return made.id


def _now(here: Round) -> "Desk":
    """The desk with the clock's reading and a key for this one step."""
    here.steps += 1
    now = here.clock() if here.desk.store.label == "live" else here.desk.now
    return replace(here.desk, now=now, key=f"{here.desk.key}/{here.steps}")


def _show_apart(here: Round, question: str) -> None:
    from forecast.show.crowd import standing_lines
    from forecast.views.crowd import apart

    desk = _now(here)
    with desk.reading() as read:
        found = apart(read, question, here.name, desk.now)
    write("".join(f"    {line}\n" for line in standing_lines(found)))


def _agenda(here: Round) -> None:
    from forecast.show.round import print_agenda
    from forecast.views.agenda import agenda_rows

    desk = _now(here)
    with desk.reading() as read:
        print_agenda(agenda_rows(read, desk.now))


def agenda(
    team: Team = None,
    most: Annotated[int, typer.Option("--most", min=1, help="So many questions.")] = 3,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
) -> None:
    """Show where the team disagrees most, and why.

    These are what to talk about: the spread of what is said (the standard deviation of its log
    odds), the outermost two, their reasons, and the reports that only one of them had seen, or
    that they weighed differently.

    Example: tidings agenda --team north
    """
    from forecast.people.roster import known_team
    from forecast.show.round import print_agenda
    from forecast.views.agenda import agenda_rows

    with setting.reading(db, as_of, who) as (read, at):
        members = known_team(read, team) if team else None
        rows = agenda_rows(read, at, members=members)[:most]

    def human() -> None:
        if not rows:
            write("no open question has two forecasts that you may see\n")
        print_agenda(rows, most=most)

    emit(rows, form(json=json, jsonl=jsonl), human)
