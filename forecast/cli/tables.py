"""Tables for analysis, and the files that platforms take."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from forecast.cli import setting
from forecast.cli.output import dumps, form, print_json, say, write
from questions.errors import BadFile, BadInput

if TYPE_CHECKING:
    from questions.store.reading import Reading
    from questions.store.store import Store

ENDINGS: Final = (".csv", ".jsonl", ".parquet")
EVERY: Final = "all"


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.command()(table)
    app.command()(submission)


def table(
    name: Annotated[
        str,
        typer.Argument(
            help="questions, forecasts, resolutions, reports, evidence, scores; or all.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="A .csv, .jsonl or .parquet file; of all a folder."),
    ] = None,
    ending: Annotated[
        str, typer.Option("--to", help="For a folder: csv, jsonl or parquet.")
    ] = "csv",
    rule: Annotated[
        str, typer.Option("--rule", help="Of scores: the rules, with commas between them.")
    ] = "brier,log,baseline,peer",
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """Write a flat table, for a spreadsheet, pandas or DuckDB.

    Without a file it goes to standard output, as CSV where nothing else is asked for. The
    questions and forecasts can be scored as they are: tidings score --forecasts ... --questions.

    Example: tidings table forecasts -o forecasts.parquet
    """
    from forecast.exchange.analysis import TABLES

    wanted = form(json=json, jsonl=jsonl, csv=csv)
    names = _named(name, TABLES)
    suffix = _suffix(output, names, ending)
    with setting.reader_desk(db, who) as desk:
        at = setting.time_of(as_of, now=desk.now, what="--as-of")
        with desk.reading(at) as read:
            rows = {one: _rows(desk.store, read, at or desk.now, one, rule) for one in names}
    if output is None:
        (only,) = names
        return _print(only, rows[only], json=wanted.json, jsonl=wanted.jsonl)
    if name == EVERY:
        _make(output)
    for one in names:
        path = output / f"{one}{suffix}" if name == EVERY else output
        _write(path, suffix, one, rows[one])
        say(f"{path}: {len(rows[one])} rows")
    return None


def _named(name: str, known: Any) -> list[str]:
    if name != EVERY and name not in known:
        raise BadInput("table", name, f"one of {', '.join(known)}, or {EVERY}")
    return list(known) if name == EVERY else [name]


def _suffix(output: Path | None, names: Sequence[str], ending: str) -> str:
    """The ending that says how a file is written."""
    if output is None:
        if len(names) > 1:
            raise BadInput("output", "", "a folder for all tables: -o FOLDER")
        return ""
    found = f".{ending.lstrip('.')}" if len(names) > 1 else output.suffix.lower()
    if found not in ENDINGS:
        raise BadInput("ending", found, f"one of {', '.join(ENDINGS)}")
    return found


def _rows(store: "Store", read: "Reading", at: datetime, name: str, rule: str) -> list[Any]:
    from forecast.scoring.score import rules_named
    from forecast.views.tables import VIEWS, score_table

    if name == "scores":
        return score_table(store, read, at, rules_named(rule))
    return VIEWS[name](read, at)


def _print(name: str, rows: Sequence[Any], *, json: bool, jsonl: bool) -> None:
    from forecast.exchange.analysis import TABLES, csv_text

    columns = TABLES[name]
    if not (json or jsonl):
        return write(csv_text(columns, rows))
    whole = [{column: row.get(column) for column in columns} for row in rows]
    return print_json(whole) if json else write("".join(f"{dumps(row)}\n" for row in whole))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadFile(folder, error.strerror or "it cannot be made", "name a folder") from error


def _write(path: Path, suffix: str, name: str, rows: Sequence[Any]) -> None:
    from forecast.exchange.analysis import TABLES, csv_text, jsonl_text
    from forecast.show.files import write_whole

    columns = TABLES[name]
    match suffix:
        case ".parquet":
            content = _parquet(name, rows)
        case ".jsonl":
            content = jsonl_text(columns, rows).encode()
        case _:
            content = csv_text(columns, rows).encode()
    write_whole(path, content)


def _parquet(name: str, rows: Sequence[Any]) -> bytes:
    import io

    from forecast.exchange.analysis import TABLES, arrow

    try:
        import pyarrow.parquet as parquet
    except ImportError as error:
        right = "pip install 'tidings[bulk]', or another ending"
        raise BadInput("ending", ".parquet", right) from error
    out = io.BytesIO()
    parquet.write_table(arrow(TABLES[name], rows), out)
    return out.getvalue()


def submission(
    platform: Annotated[str, typer.Argument(help="metaculus or forecastbench.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The JSON file to write.")
    ] = None,
    organization: Annotated[
        str | None, typer.Option("--organization", help="For ForecastBench: whose forecasts.")
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", help="For ForecastBench: made by what.")
    ] = None,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
) -> None:
    """Write your forecasts as the file that a platform takes.

    Example: tidings submission forecastbench --as Ana --organization "Our team" -o set.json
    """
    from forecast.show.files import write_whole
    from forecast.views.submissions import for_forecastbench, for_metaculus

    name = setting.member(who)
    with setting.reading(db, as_of, who) as (read, at):
        match platform.strip().lower():
            case "metaculus":
                found = for_metaculus(read, name, at)
            case "forecastbench":
                found = for_forecastbench(
                    read, name, at, organization=organization or name, model=model or "human"
                )
            case _:
                raise BadInput("platform", platform, "metaculus or forecastbench")
    for note in found.notes:
        say(f"note: {note}")
    text = dumps(found.document, indent=2) + "\n"
    if output is None:
        write(text)
    else:
        write_whole(output, text.encode())
