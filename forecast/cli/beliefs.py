"""Beliefs: where they start and where they are."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from forecast.cli import setting
from forecast.cli.fits import fit
from forecast.cli.output import emit, form, say, written

if TYPE_CHECKING:
    from forecast.desk.priors import Written
    from forecast.records import PriorBasis


WORTH: Final = 4.0
NOTABLE: Final = 0.01
"""A move of so much is worth a word: a point of probability."""


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (prior, update, fit):
        app.command()(command)


def prior(
    question: Annotated[str, typer.Argument(help="Its id or a part of its title.")],
    hits: Annotated[
        float | None, typer.Option("--hits", help="Comparable cases: so many yes")
    ] = None,
    trials: Annotated[float | None, typer.Option("--trials", help="of so many.")] = None,
    events: Annotated[
        float | None, typer.Option("--events", help="Events in time: so many")
    ] = None,
    over: Annotated[
        str | None, typer.Option("--over", help="in so long: 10y, 18m, 90d.", metavar="DURATION")
    ] = None,
    prob: Annotated[
        str | None, typer.Option("--prob", help="Stated: P(yes), or A=.2,B=.8, or p10=3,p50=5")
    ] = None,
    worth: Annotated[
        float | None, typer.Option("--worth", help=f"worth so many cases; {WORTH:g}.")
    ] = None,
    why: Annotated[str, typer.Option("--why", "-m", help="The reference class in words.")] = "",
    scheduled: Annotated[
        bool, typer.Option("--scheduled", help="It has a fixed date: no decay before it.")
    ] = False,
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """State where a belief starts: comparable cases, or a number.

    Example: tidings prior Q1 --hits 12 --trials 20 --why "calls announced by both sides"
    """
    from forecast.desk.believing import state_prior

    basis = _basis(hits, trials, events, over, prob, worth)
    with setting.desk(db, who=who, at=at) as desk:
        made = state_prior(desk, question, basis, why=why, scheduled=scheduled)
        written(made, form(json=json), f"prior of {made.id}: {_said(made.record['basis'])}")


def _basis(
    hits: float | None,
    trials: float | None,
    events: float | None,
    over: str | None,
    prob: str | None,
    worth: float | None,
) -> "PriorBasis | Written":
    from forecast.desk.priors import Written, cases, rate, stated
    from questions.errors import BadInput

    match (hits, trials, events, over, prob, worth):
        case (float(), float(), None, None, None, None):
            return cases(hits, trials)
        case (None, None, float(), str(), None, None):
            return rate(events, over)
        case (None, None, None, None, str(), _):
            counted = WORTH if worth is None else worth
            return Written(prob, counted) if "=" in prob else stated(prob, counted)
    flags = ("hits", hits), ("trials", trials), ("events", events), ("over", over), ("prob", prob)
    named = [f"--{name}" for name, value in (*flags, ("worth", worth)) if value is not None]
    right = "--hits K --trials N, or --events K --over DURATION, or --prob P --worth N"
    raise BadInput("prior", " ".join(named), right)


def _said(basis: dict[str, Any]) -> str:
    match basis["kind"]:
        case "cases":
            return f"{basis['hits']:g} of {basis['trials']:g} comparable cases"
        case "rate":
            return f"{basis['events']:g} events in {basis['exposure_days']:g} days"
        case "spread":
            return f"as stated, worth {basis['worth']:g} cases"
        case _:
            return f"{100 * basis['prob']:.4g}%, worth {basis['worth']:g} cases"


def update(
    questions: Annotated[list[str] | None, typer.Argument(help="Which; all that are open.")] = None,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """Compute beliefs from prior, time and judged reports. No sampling: milliseconds.

    Example: tidings update Q1
    """
    from forecast.views.movement import movement
    from questions.store import shelf

    with setting.reading(db, as_of, who) as (read, at):
        named = [shelf.find_question(read, one, at).question.id for one in questions or ()]
        rows = movement(read, at, only=named or None)
    emit(rows, form(json=json, jsonl=jsonl, csv=csv), lambda: _updates(rows))
    for why in sorted({row["refit"]["why"] for row in rows if row["refit"]["asks"]}):
        say(f"note: a refit is due: {why}; run: tidings fit")
    if taught := [row for row in rows if abs(row["learned_move"] or 0.0) >= NOTABLE]:
        say(f"note: {_taught(taught)}; run: tidings fit --quick")


def _taught(rows: list[dict[str, Any]]) -> str:
    """What the news teach of their sources, which only a fit tells the other questions."""
    from forecast.show.terminal import points

    most = max(rows, key=lambda row: abs(row["learned_move"]))
    many = f"{len(rows)} belief{'s' if len(rows) > 1 else ''}"
    far = f" by {points(most['learned_move'])} pts" if most["prob"] is not None else ""
    return f"what is new teaches of its sources too: that would move {many}, {most['id']} most{far}"


def _updates(rows: list[dict[str, Any]]) -> None:
    from forecast.show.terminal import Column, bar, of_fit, percent, points, print_table

    def span(row: Mapping[str, Any]) -> str:
        if row["prob"] is None:
            return ""
        return f"{percent(row['ci_low'])} to {percent(row['ci_high'])}"

    def far(row: Mapping[str, Any], move: float) -> str:
        return f"{points(move)} pts" if row["prob"] is not None else f"{move:.1%} of it"

    def moved(row: Mapping[str, Any]) -> str:
        if row["last_report"] is None:
            return ""
        by = f", {row['last_judge']}" if row["last_judge"].startswith("rule ") else ""
        return f"{row['last_report']} {far(row, row['last_move'])}{by}"

    def week(row: Mapping[str, Any]) -> str:
        return far(row, row["move"])

    def share(row: Mapping[str, Any]) -> str:
        return f"{row['unjudged']} of {row['stories']}" if row["unjudged"] else ""

    def fit_of(row: Mapping[str, Any]) -> str:
        state = " (stale)" if row["refit"]["stale"] else " (old)" if row["needs_refit"] else ""
        return of_fit(row["fit"]) + state

    columns = [
        Column("id", lambda row: row["id"]),
        Column("question", lambda row: row["title"], wraps=True),
        Column("belief", lambda row: row["believed"], "right"),
        Column("", lambda row: bar(row["prob"]), spare=True),
        Column("90% interval", span),
        Column("in a week", week, "right"),
        Column("last report", moved, spare=True),
        Column("unjudged", share),
        Column("", fit_of, spare=True),
    ]
    print_table(rows, columns, nothing="no question is open")
