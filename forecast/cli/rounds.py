"""One pass over what is due, stale and moved, by keyboard."""

from dataclasses import replace
from datetime import timedelta

import typer

from forecast.cli.output import say, write
from forecast.desk.desk import Desk
from forecast.desk.predicting import Said, confirm, predict
from forecast.people.roster import forecasts, known_member
from forecast.probability import parse_probability
from forecast.show.terminal import by_day, clean, percent, points
from forecast.views import Sheet, movement
from questions.errors import TidingsError

STALE = timedelta(days=7)
MOVED = 0.05
KEYS = "a probability, c to confirm, s to skip, q to stop"


def step_through(desk: Desk, name: str) -> int:
    """Ask a member about each question that wants attention; returns how many were logged."""
    logged = 0
    for row in agenda(desk, name):
        _present(row)
        answer = _answer(row)
        if answer == "q":
            break
        if answer == "s":
            continue
        logged += _log(desk, name, row, answer)
    return logged


def agenda(desk: Desk, name: str) -> list[Sheet]:
    """Open questions on which a member never forecast, whose belief moved, or that are stale."""
    with desk.reading() as read:
        member = known_member(read, name)
        mine = {one.question: one for one in forecasts(read) if one.member == member}
        rows = movement(read, desk.now)
    found = []
    for row in rows:
        last = mine.get(row["id"])
        prob = getattr(last.value, "yes", None) if last else None
        moved = abs(row["prob"] - row["a_week_ago"]) >= MOVED
        if last is None or moved or desk.now - last.made_at >= STALE:
            found.append({**row, "last": prob})
    return found


def _present(row: Sheet) -> None:
    move = points(row["prob"] - row["a_week_ago"])
    write(f"\n{row['id']}  {clean(row['title'])}\n")
    write(f"    closes {by_day(row['closes'])}; belief {percent(row['prob'])}, {move} in a week\n")
    write(f"    your last: {percent(row['last'])}\n")


def _answer(row: Sheet) -> str:
    """What the member typed, once it can be used."""
    while True:
        typed = str(typer.prompt(f"    {KEYS}", default="s", show_default=False)).strip().lower()
        if typed in ("s", "q") or (typed == "c" and row["last"] is not None):
            return typed
        try:
            parse_probability(typed, bare_ends=False)
            return typed
        except TidingsError as error:
            say(f"    {error}")


def _log(desk: Desk, name: str, row: Sheet, answer: str) -> int:
    one_step = replace(desk, key=f"{desk.key}/{row['id']}")
    if answer == "c":
        confirm(one_step, row["id"], member=name)
        return 1
    why = str(typer.prompt("    why", default="", show_default=False))
    prob = parse_probability(answer, bare_ends=False)
    predict(one_step, [Said(name, row["id"], prob, why)])
    return 1
