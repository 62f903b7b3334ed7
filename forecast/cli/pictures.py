"""Pictures and the page."""

from pathlib import Path
from typing import Annotated

import typer

from forecast.cli import setting
from forecast.cli.output import write

Output = Annotated[Path, typer.Option("-o", "--output", help="The file to write.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (plot, report):
        app.command()(command)


def plot(
    what: Annotated[
        str, typer.Argument(help="A question, a ladder, calibration, leaderboard or sources.")
    ],
    output: Output,
    why: Annotated[
        bool, typer.Option("--why", help="What each thing added to a question's belief.")
    ] = False,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="The same seed, the same picture.")
    ] = 1,
) -> None:
    """Draw a question, calibration, a leaderboard or sources. As PNG, SVG or HTML.

    In SVG and HTML marks tell more to who hovers over them.

    Example: tidings plot Q1 -o q1.png
    """
    from numpy.random import PCG64, Generator

    from forecast.show.pictures import figure_of, write_figure

    with setting.reading(db, as_of, who) as (read, at):
        figure = figure_of(read, what, at, rng=Generator(PCG64(seed)), why=why)
    write_figure(figure, output)
    write(f"{output}\n")


def report(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The page to write, in the working folder.")
    ] = Path("report.html"),
    since: Annotated[
        str, typer.Option("--since", help="From when on changes are told.", metavar="7d")
    ] = "7d",
    leaderboard: Annotated[bool, typer.Option("--leaderboard", help="Rank people too.")] = False,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed, the same page.")] = 1,
) -> None:
    """Write one page for a meeting. What is still blind stands nowhere on it.

    Example: tidings report -o week.html --since 7d
    """
    from numpy.random import PCG64, Generator

    from forecast.desk.priors import duration_days
    from forecast.show.page import report_of, write_page

    with setting.desk(db, signed=False) as desk:
        at = setting.time_of(as_of, now=desk.now, what="--as-of")
        with desk.reading(at) as read:
            page = report_of(
                read,
                at or desk.now,
                label=desk.store.label,
                since_days=duration_days(since),
                leaderboard=leaderboard,
                rng=Generator(PCG64(seed)),
            )
    write_page(page, output)
    write(f"{output}\n")
