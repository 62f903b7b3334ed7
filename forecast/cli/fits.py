"""Fits: what the model learns from everything on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.output import print_json, say

if TYPE_CHECKING:
    from forecast.belief.sampling import Watch
    from forecast.belief.tasks import Crew
    from forecast.desk.desk import Receipt
    from forecast.records import Diagnostics


def fit(
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="The same seed gives the same draws.")
    ] = 1,
    robust: Annotated[
        bool, typer.Option("--robust", help="Some questions' narratives have a heavy tail.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Carry the last fit on to what is new, unsampled.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Sample in so many processes.")
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option("--cluster", help="Sample on a Dask cluster.", metavar="ADDRESS"),
    ] = None,
    archive: Annotated[
        Path | None, typer.Option("--archive", help="Keep the posterior as netCDF.")
    ] = None,
    plots: Annotated[
        Path | None, typer.Option("--plots", help="A folder for pictures of the diagnosis.")
    ] = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Learn from all on record how far sources and people are right.

    Between two fits a report moves its own question at once; --quick lets what it teaches of its
    source move all others too, in moments, as long as little is new.

    Whoever samples, the same seed gives the same draws. A cluster: dask scheduler --host
    127.0.0.1 --no-dashboard, then dask worker ADDRESS --nthreads 1 as often as wanted.

    Example: tidings fit --archive posterior.nc
    """
    from forecast.belief.diagnosis import table
    from forecast.desk.believing import fit as verb

    if quick:
        _carry(at, db, json=json, alone=not (robust or workers or cluster or archive or plots))
        return
    crew = _crew(workers, cluster)
    setting.quiet_samplers()
    sampled: list[Any] = []
    with setting.desk(db, at=at) as desk, _sampling_bar() as watch:
        found, made = verb(
            desk,
            seed=seed,
            robust=robust,
            archive=archive,
            crew=crew,
            watch=watch,
            look=sampled.append,
        )
    _tell(found, made, table(sampled[0].tree), json=json)
    if plots is not None:
        _draw(sampled[0], plots, seed)
    if made is None:
        say("error: the fit did not pass; the one before it stays")
        raise typer.Exit(4)


def _carry(at: str | None, db: str | None, *, json: bool, alone: bool) -> None:
    """Carry the last fit on, and tell what became of it."""
    from forecast.desk.believing import carry
    from questions.errors import BadInput, Conflict

    if not alone:
        raise BadInput("--quick", "with the rest", "it alone: nothing is sampled")
    with setting.desk(db, at=at) as desk:
        found, made = carry(desk)
    _tell(found, made, [], json=json)
    if made is None:
        raise Conflict("; ".join(found.problems), "run: tidings fit")


def _tell(
    found: "Diagnostics", made: "Receipt | None", rows: list[dict[str, Any]], *, json: bool
) -> None:
    if json:
        about = {"id": made and made.id, "head": made and made.head, "parameters": rows}
        print_json({**_figures(found), **about})
    else:
        _print_fit(found, made.id if made else None, rows)


def _crew(workers: int | None, cluster: str | None) -> "Crew | None":
    """Who samples the chains; this process where nobody is named."""
    from forecast.belief.tasks import Cluster, Workers
    from questions.errors import BadInput

    if workers is not None and cluster is not None:
        raise BadInput("--workers --cluster", f"{workers} {cluster}", "one of the two")
    if cluster is not None:
        return Cluster(cluster)
    return None if workers is None else Workers(workers)


@contextmanager
def _sampling_bar() -> Iterator["Watch"]:
    """A bar on a terminal that shows how far the chains are; elsewhere nothing."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("sampling", total=1.0)

        def watch(turn: int, share: float) -> None:
            words = "sampling" if turn == 0 else f"sampling on, {turn}"
            bar.update(task, completed=share, description=words)

        yield watch


def _figures(found: "Diagnostics") -> dict[str, Any]:
    from questions.store.envelope import plain

    figures: dict[str, Any] = plain(found)
    return figures


def _draw(sampled: Any, folder: Path, seed: int) -> None:
    from numpy.random import PCG64, Generator

    from forecast.belief.portraits import portraits

    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in portraits(sampled, Generator(PCG64(seed))):
        picture.savefig(folder / f"{name}.png")
        say(f"{folder / name}.png")


def _print_fit(
    found: "Diagnostics", identity: str | None, parameters: list[dict[str, Any]]
) -> None:
    from forecast.show.terminal import Column, print_lines, print_table

    lines = [
        f"{identity or 'not kept'}: {found.n_questions} questions, {found.n_reports} reports, "
        f"{found.n_forecasts} forecasts in {found.seconds:.0f} s",
        f"r-hat {found.r_hat_max:.3f} (at most 1.01), effective sample {found.ess_bulk_min:.0f} "
        f"(at least 400), divergences {found.divergences}",
    ]
    if identity:
        lines.append(
            f"of each belief {found.trust:.0%} is the model's, the rest the cold-start rule's; "
            f"of each joint {found.trust_joint:.0%}"
        )
    print_lines([*lines, *found.problems])

    def number(name: str, places: int) -> Column:
        return Column(name, lambda row: f"{row[name]:.{places}f}", "right")

    columns = [
        Column("parameter", lambda row: row["parameter"]),
        number("mean", 2),
        number("sd", 2),
        Column("90% interval", lambda row: f"{row['ci_low']:.2f} to {row['ci_high']:.2f}"),
        number("r_hat", 3),
        number("ess_bulk", 0),
        number("ess_tail", 0),
    ]
    if parameters:
        print_table(parameters, columns, nothing="")
