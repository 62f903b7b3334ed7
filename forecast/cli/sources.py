"""The register of sources: described, listed, shown."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.output import emit, form, print_json, written

source_app = typer.Typer(help="Who says so, and how far they can be trusted.", no_args_is_help=True)
Row = Mapping[str, Any]
FIELDS = ("name", "aliases", "domains", "registered", "grade", "graded", "why", "counts")


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.add_typer(source_app, name="source")


@source_app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="How the source is called.")],
    alias: Annotated[
        list[str] | None, typer.Option("--alias", help="Another name; may be repeated.")
    ] = None,
    domain: Annotated[
        list[str] | None, typer.Option("--domain", help="A domain of its; may be repeated.")
    ] = None,
    grade: Annotated[
        str, typer.Option("--grade", help="A (reliable) to E, F if it cannot be judged; or B2.")
    ] = "",
    why: Annotated[str, typer.Option("--why", "-m", help="Why this grade.")] = "",
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Describe a source, or add to what is known of one; a new grade holds from now on.

    Example: tidings source add Reuters --domain reuters.com --grade B --why "corrects itself"
    """
    from forecast.desk.sources import describe

    with setting.desk(db, who=who, at=at, founds=True) as desk:
        made = describe(desk, name, aliases=alias or (), domains=domain or (), grade=grade, why=why)
        graded = f", grade {made.record['grade']}" if made.record["grade"] else ", no grade"
        written(made, form(json=json), f"{made.id}{graded}")


@source_app.command("list")
def listed(
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """List the sources; those that cannot be judged apart from those that are ranked.

    Example: tidings source list
    """
    from forecast.views.sourcing import source_rows

    with setting.reading(db, as_of, who) as (read, at):
        rows = source_rows(read, at)
    emit(rows, form(json=json, jsonl=jsonl, csv=csv), lambda: _list(rows), columns=FIELDS)


def _list(rows: Sequence[Row]) -> None:
    from forecast.show.terminal import Column, print_lines, print_table

    columns = [
        Column("source", lambda row: row["name"], wraps=True),
        Column("grade", lambda row: row["grade"] or "-"),
        Column("reports", lambda row: row["reports"], "right"),
        Column("judged", lambda row: row["judged"], "right", spare=True),
        Column("resolved", lambda row: row["resolved"], "right"),
        Column("counts", lambda row: f"{row['counts']:.2f}", "right"),
        Column("90% interval", _interval, spare=True),
    ]
    ranked = [row for row in rows if row["graded"]]
    apart = [row for row in rows if not row["graded"]]
    if ranked or not apart:
        print_table(ranked, columns, nothing="no sources; tidings source add NAME describes one")
    if apart:
        above = [""] if ranked else []
        print_lines([*above, "Cannot be judged (F or no grade), which is not worst:"])
        print_table(apart, columns, nothing="")
    if rows:
        print_lines(["", *_legend(rows[0]["fit"])])


def _interval(row: Row) -> str:
    if row["ci_low"] is None:
        return "not learned"
    span = f"{row['ci_low']:.2f} to {row['ci_high']:.2f}"
    return span if row["resolved"] else f"{span}, by grade"


def _legend(fit: str) -> list[str]:
    from forecast.show.terminal import of_fit

    return [
        f"counts: nats for each nat that a judge states, of a report alone ({of_fit(fit)});",
        "resolved: reports on resolved questions, from which it is learned",
    ]


@source_app.command("show")
def shown(
    name: Annotated[str, typer.Argument(help="Its name, an alias, or an address.")],
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Show what is known of one source.

    Example: tidings source show Reuters
    """
    from forecast.views.sourcing import source_view

    with setting.reading(db, as_of, who) as (read, at):
        view = source_view(read, name, at)
    if json:
        print_json(view)
    else:
        _print(view)


def _print(view: Row) -> None:
    from forecast.show.terminal import clean, counted, day, of_fit, print_lines

    aliases = ", ".join((*view["aliases"], *view["domains"]))
    if view["fit"] == "cold":
        learned = "nothing is learned yet: there is no fit"
    else:
        basis = counted(view["resolved"], "resolved report") if view["resolved"] else "its grade"
        learned = (
            f"counts {view['counts']:.2f} of what judges state "
            f"({view['ci_low']:.2f} to {view['ci_high']:.2f}, 90%), "
            f"leans {view['leans']:+.2f} nats; {of_fit(view['fit'])}, from {basis}"
        )
    name = clean(view["name"])
    graded = f"grade {view['grade']}" if view["grade"] else "no grade"
    graded += "" if view["graded"] else " (cannot be judged)"
    print_lines(
        [
            name + (f"  ({clean(aliases)})" if aliases else ""),
            graded + (f": {clean(view['why'])}" if view["why"] else ""),
            *(f"    {one['grade']} since {day(one['at'])}" for one in view["grades"][:-1]),
            f"{counted(view['reports'], 'report')}, {view['judged']} judged, "
            f"{view['resolved']} of them on resolved questions",
            learned,
            *(
                []
                if view["registered"]
                else [f"not in the register: tidings source add {name!r} --grade B"]
            ),
        ]
    )
