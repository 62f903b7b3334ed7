"""One pass over what is due, stale and moved, by keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import typer

from forecast.cli.output import say, write
from forecast.desk.desk import Desk
from forecast.desk.predicting import Said, confirm, predict
from forecast.people.roster import forecasts, known_member
from forecast.records import Forecast
from forecast.show.terminal import by_day, clean, day, percent, points
from forecast.views.movement import movement
from forecast.views.sheets import Sheet
from forecast.writing.values import format_value, parse_value, right_value
from questions.errors import TidingsError
from questions.records import Binary, Kind
from questions.store.decoding import kind_from_json

SOON = timedelta(days=7)
STALE = timedelta(days=7)
MOVED = 0.05
KEYS = "a value, c to confirm, s to skip, q to stop"


def step_through(desk: Desk, name: str, clock: Callable[[], datetime]) -> int:
    """Ask a member about each question that wants attention; returns how many were logged.

    In a live store each answer is recorded when it is given, by ``clock``; a replay's
    clock stands still.
    """
    logged = 0
    rows = agenda(desk, name)
    if not rows:
        write("nothing is new, due, stale or moved\n")
    for place, row in enumerate(rows, start=1):
        _present(row, f"{place} of {len(rows)}")
        try:
            answer = _answer(row, desk.now)
            if answer == "q":
                break
            if answer != "s":
                at = clock() if desk.store.label == "live" else desk.now
                step = replace(desk, now=at, key=f"{desk.key}/{row['id']}")
                _log(step, name, row["id"], answer)
                logged += 1
        except TidingsError as error:
            say(f"    not logged: {error}")
        except typer.Abort:
            write("\n")
            break
    return logged


def agenda(desk: Desk, name: str) -> list[Sheet]:
    """Questions that a member never forecast, that are due, moved or stale; each with why."""
    with desk.reading() as read:
        member = known_member(read, name)
        mine = {one.question: one for one in forecasts(read) if one.member == member}
        rows = movement(read, desk.now)
    found = []
    for row in rows:
        last = mine.get(row["id"])
        if reason := _reason(row, last, desk.now):
            found.append({**row, "last": last, "reason": reason})
    return found


def _reason(row: Sheet, last: Forecast | None, now: datetime) -> str:
    """Why a question wants attention; nothing if it does not."""
    if last is None:
        return "new to you"
    if abs(row["move"]) >= MOVED:
        return "moved"
    age = now - last.made_at
    if age >= STALE:
        return f"looked at {age.days} days ago"
    return "due" if row["closes"] - now <= SOON and age >= timedelta(days=1) else ""


def _present(row: Sheet, place: str) -> None:
    kind = kind_from_json(row["kind"])
    write(f"\n{row['id']}  {clean(row['title'])}  ({place}; {row['reason']})\n")
    write(f"    closes {by_day(row['closes'])}; belief {clean(row['believed'])}, ")
    write(f"{_moved(row)} in a week\n    your last: {_said(kind, row['last'])}\n")
    if not isinstance(kind, Binary):
        write(f"    {clean(right_value(kind))}\n")


def _moved(row: Sheet) -> str:
    """How far the belief moved: in points, or what share of a distribution."""
    if row["prob"] is None:
        return f"{percent(round(abs(row['move']), 3))} of it moved"
    return f"{points(row['move'])} points"


def _said(kind: Kind, last: Forecast | None) -> str:
    if last is None:
        return "none yet"
    ended = f", ended {day(last.ended_at)}" if last.ended_at else ""
    return f"{clean(format_value(kind, last.value))} on {day(last.made_at)}{ended}"


def _answer(row: Sheet, now: datetime) -> str:
    """What the member typed, once it can be used."""
    while True:
        typed = str(typer.prompt(f"    {KEYS}", default="s", show_default=False)).strip()
        key = typed.lower()
        if key in ("s", "q") or (key == "c" and row["last"] is not None):
            return key
        if key == "c":
            say("    there is nothing to confirm yet: give a value")
            continue
        try:
            parse_value(kind_from_json(row["kind"]), typed, now=now)
            return typed
        except TidingsError as error:
            say(f"    {error}")


def _log(desk: Desk, name: str, question: str, answer: str) -> None:
    if answer == "c":
        confirm(desk, question, member=name)
        return
    why = str(typer.prompt("    why", default="", show_default=False))
    predict(desk, [Said(name, question, answer, why)])
