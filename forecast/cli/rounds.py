"""One pass over what is due, stale and moved, by keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import typer

from forecast.cli.output import say, write
from forecast.desk.desk import Desk
from forecast.desk.predicting import Said, confirm, predict
from forecast.people.roster import forecasts, known_member
from forecast.probability import parse_probability
from forecast.records import Forecast
from forecast.show.terminal import by_day, clean, day, percent, points
from forecast.views import Sheet, movement
from questions.errors import TidingsError

SOON = timedelta(days=7)
STALE = timedelta(days=7)
MOVED = 0.05
KEYS = "a probability, c to confirm, s to skip, q to stop"


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
            answer = _answer(row)
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
    if abs(row["prob"] - row["earlier"]) >= MOVED:
        return "moved"
    age = now - last.made_at
    if age >= STALE:
        return f"looked at {age.days} days ago"
    return "due" if row["closes"] - now <= SOON and age >= timedelta(days=1) else ""


def _present(row: Sheet, place: str) -> None:
    move = points(row["prob"] - row["earlier"])
    write(f"\n{row['id']}  {clean(row['title'])}  ({place}; {row['reason']})\n")
    write(f"    closes {by_day(row['closes'])}; belief {percent(row['prob'])}, ")
    write(f"{move} points in a week\n    your last: {_said(row['last'])}\n")


def _said(last: Forecast | None) -> str:
    if last is None:
        return "none yet"
    ended = f", ended {day(last.ended_at)}" if last.ended_at else ""
    return f"{percent(getattr(last.value, 'yes', None))} on {day(last.made_at)}{ended}"


def _answer(row: Sheet) -> str:
    """What the member typed, once it can be used."""
    while True:
        typed = str(typer.prompt(f"    {KEYS}", default="s", show_default=False)).strip().lower()
        if typed in ("s", "q") or (typed == "c" and row["last"] is not None):
            return typed
        if typed == "c":
            say("    there is nothing to confirm yet: give a probability")
            continue
        try:
            parse_probability(typed, bare_ends=False)
            return typed
        except TidingsError as error:
            say(f"    {error}")


def _log(desk: Desk, name: str, question: str, answer: str) -> None:
    if answer == "c":
        confirm(desk, question, member=name)
        return
    why = str(typer.prompt("    why", default="", show_default=False))
    prob = parse_probability(answer, bare_ends=False)
    predict(desk, [Said(name, question, prob, why)])
