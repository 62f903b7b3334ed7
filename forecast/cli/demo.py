"""The demonstration: a real story, replayed into a fresh store in front of one's eyes."""

import sys
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.output import write

if TYPE_CHECKING:
    from questions.store.store import Store

OPENS = datetime(2023, 3, 13, 12, tzinfo=UTC)
FITS = datetime(2023, 5, 1, 12, tzinfo=UTC)
ENDS = datetime(2023, 5, 21, tzinfo=UTC)
WEEK = timedelta(days=7)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder for store, pictures and page.")
    ] = Path("demo"),
    sampling: Annotated[
        bool, typer.Option("--fit/--no-fit", help="Sample the model too; about a minute.")
    ] = True,
) -> None:
    """Replay a real story of 2023, from an article to the scores. Its team is invented.

    Example: tidings demo -o demo
    """
    from forecast.ledger import KINDS
    from questions.store.store import open_store

    output.mkdir(parents=True, exist_ok=True)
    for old in output.glob("tidings.db*"):
        old.unlink()
    store = open_store(output / "tidings.db", KINDS, create_with=("replay", OPENS))
    try:
        _replay(store, sampling=sampling)
        _courses(store)
        _scores(store)
        _pictures(store, output)
    finally:
        store.close()
    write(f"\nGo on from here: {called()} --db {output / 'tidings.db'} show Q1\n")


def called() -> str:
    """What a shell calls the command: its path where it is not found by name (`make demo`)."""
    from shutil import which

    told = Path(sys.argv[0])
    return str(told) if told.name == "tidings" and not which("tidings") else "tidings"


def _replay(store: "Store", *, sampling: bool) -> None:
    from forecast.examples.replay import begin, live
    from forecast.examples.story import BAKHMUT, read_story
    from questions.language import english
    from questions.reports.meaning import word_vectors

    story = read_story(BAKHMUT)
    cast, opening = begin(store, story, english(), OPENS)
    _tell(opening, store)
    fitted = not sampling
    for told in live(store, story, cast, word_vectors(english())):
        if not fitted and told.at >= FITS:
            _fit(store)
            fitted = True
        _tell(told, store)


def _tell(told: Any, store: "Store") -> None:
    from forecast.show.terminal import clean

    moved = f"; {told.judged} {_moved(store, told)}" if told.judged else ""
    write(f"{told.at:%d %b %H:%M}  {clean(told.line)}{moved}\n")


def _moved(store: "Store", told: Any) -> str:
    """From where to where a judgement has moved the belief."""
    from forecast.show.terminal import percent
    from forecast.views.questions import question_view

    with store.reading(told.at) as read:
        last = question_view(read, told.judged, told.at)["beliefs"][-1]
    return f"{percent(last['before'])} to {percent(last['after'])}"


def _fit(store: "Store") -> None:
    from forecast.desk.believing import fit
    from forecast.desk.desk import Desk

    setting.quiet_samplers()
    write(f"{FITS:%d %b %H:%M}  the model is fitted to all that is on record ...\n")
    found, made = fit(Desk(store, FITS, "the demonstration", "fit"), seed=1)
    kept = f"kept as {made.id}" if made else "not kept: " + "; ".join(found.problems)
    write(
        f"{FITS:%d %b %H:%M}  {kept}: {found.n_questions} questions, {found.n_reports} reports, "
        f"{found.n_forecasts} forecasts; r-hat {found.r_hat_max:.3f}, effective sample "
        f"{found.ess_bulk_min:.0f}, divergences {found.divergences}, {found.seconds:.0f} s\n"
    )


def _courses(store: "Store") -> None:
    from forecast.examples.replay import days
    from forecast.show.terminal import Column, day, print_lines, print_table
    from forecast.views.questions import question_rows

    moments = days(OPENS + timedelta(hours=1), ENDS, WEEK)
    rows, titles = [], {}
    for at in moments:
        with store.reading(at) as read:
            held = {row["id"]: row for row in question_rows(read, at)}
        titles = {identity: row["title"] for identity, row in held.items()}
        rows.append({"at": at, **{identity: _shown(row) for identity, row in held.items()}})
    columns = [
        Column("belief on", lambda row: day(row["at"])),
        *(Column(one, itemgetter(one), "right") for one in titles),
    ]
    write("\nThe probability of each question over time (prior, time and reports alone)\n")
    print_lines([f"  {identity}  {title}" for identity, title in titles.items()])
    write("\n")
    print_table(rows, columns, nothing="")


def _shown(row: dict[str, Any]) -> str:
    from forecast.show.terminal import percent

    return str(row["resolution"]) if row["resolution"] else percent(row["belief"])


def _scores(store: "Store") -> None:
    from numpy.random import PCG64, Generator

    from forecast.cli.comparing import print_standings
    from forecast.desk.scoring import tables
    from forecast.scoring.leaderboard import leaderboard
    from forecast.scoring.score import score

    with store.reading() as read:
        targets, said = tables(read, ENDS)
    scores = score(targets, said, ["peer", "brier"])
    standings = leaderboard(scores, rng=Generator(PCG64(1)))
    write("\nWho scored best (the team is invented)\n")
    print_standings(standings)


def _pictures(store: "Store", output: Path) -> None:
    from numpy.random import PCG64, Generator

    from forecast.show.page import report_of, write_page
    from forecast.show.pictures import figure_of, write_figure
    from forecast.views.questions import question_rows

    write("\nPictures and page\n")
    with store.reading() as read:
        named = [row["id"] for row in question_rows(read, ENDS)]
        for what in (*named, "calibration", "leaderboard", "sources"):
            path = output / f"{what}.png"
            write_figure(figure_of(read, what, ENDS, rng=Generator(PCG64(1))), path)
            write(f"  {path}\n")
        page = report_of(
            read,
            ENDS,
            label=store.label,
            since_days=90,
            leaderboard=True,
            rng=Generator(PCG64(1)),
        )
    write_page(page, output / "report.html")
    write(f"  {output / 'report.html'}\n")
