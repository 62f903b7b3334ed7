"""Forecasts and questions from CSV files: an edge.

What cannot be used is refused with file, line, column and what would be right; what can be
passed over (repetitions, forecasts after the close) is said in notes.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from forecast.histories.targets import Target, close_of
from forecast.records import Forecast
from forecast.scoring import cells
from forecast.scoring.cells import Cells
from questions.errors import BadFile, BadInput
from questions.inert import alive
from questions.instants import iso

FORECAST_COLUMNS: Final = ("question_id", "forecaster", "made_at")
QUESTION_COLUMNS: Final = ("question_id", "type", "open_time", "scheduled_close_time", "resolution")


@dataclass(frozen=True, slots=True)
class Tables:
    """What two files hold, ready to be scored or pooled."""

    targets: tuple[Target, ...]
    forecasts: tuple[Forecast, ...]
    outside: frozenset[str]
    """Forecasters whose rows say ``in_crowd`` 0."""
    notes: tuple[str, ...]
    """What was passed over, a sentence each."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file, by the name of its columns."""

    number: int
    cells: Cells

    @property
    def place(self) -> str:
        """How it is named where something is wrong with it."""
        return f"line {self.number}"


def read_tables(forecasts: Path, questions: Path) -> Tables:
    """Read a file of forecasts and the file of the questions that they are on.

    Raises:
        BadFile: a file that is not there, is no such table, or holds a value that cannot be
            used; the same forecaster with two values at one instant.
    """
    targets = read_targets(questions)
    by_id = {target.id: target for target in targets}
    lines = list(lines_of(forecasts, FORECAST_COLUMNS))
    listed = [line for line in lines if line.cells["question_id"] in by_id]
    rows = [(line, _forecast(forecasts, line, by_id)) for line in listed]
    kept = _without_repetitions(forecasts, rows)
    return Tables(
        targets=tuple(targets),
        forecasts=tuple(kept),
        outside=_outside(forecasts, listed),
        notes=(
            *_unlisted(lines, by_id, questions),
            *_repeated(len(rows) - len(kept)),
            *_late(kept, by_id),
        ),
    )


def read_targets(path: Path) -> list[Target]:
    """Read a file of questions, in its order.

    Raises:
        BadFile: a file that is not there or is no such table, a value that cannot be used, or
            a question that stands there twice.
    """
    targets: dict[str, Target] = {}
    for line in lines_of(path, QUESTION_COLUMNS):
        target = cells.located(path, line.place, line.cells, target_in)
        if target.id in targets:
            raise BadFile(path, f"line {line.number}: a second row for {target.id}", "give one row")
        targets[target.id] = target
    return list(targets.values())


def lines_of(path: Path, columns: Sequence[str]) -> Iterator[Line]:
    """The rows of a CSV file whose header has the columns; blanks around cells are cut.

    What was made inert for spreadsheets is itself again.

    Raises:
        BadFile: the file cannot be read, lacks a column, or has a row longer than its header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _check_header(path, reader.fieldnames, columns)
            for row in reader:
                yield Line(reader.line_num, _cells(path, reader.line_num, row))
    except OSError as error:
        raise BadFile(path, error.strerror or str(error), "give a CSV file") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadFile(path, f"not CSV in UTF-8 ({error})", "give a CSV file") from error


def _check_header(path: Path, found: Sequence[str] | None, columns: Sequence[str]) -> None:
    if not found:
        raise BadFile(path, "the file is empty", f"give a header with {', '.join(columns)}")
    if missing := [column for column in columns if column not in found]:
        right = f"the header has {', '.join(found)}"
        raise BadFile(path, f"line 1: no column {', '.join(missing)}", right)


def _cells(path: Path, number: int, row: Mapping[str | None, str | None]) -> Cells:
    if None in row:
        raise BadFile(path, f"line {number}: more cells than the header has", "quote the commas")
    return {column or "": alive((text or "").strip()) for column, text in row.items()}


def target_in(row: Cells) -> Target:
    """The question in a row of cells.

    Raises:
        BadInput: a cell that cannot be used; ``what`` names its column.
    """
    type_ = cells.type_in(row)
    options = cells.options_in(row) if type_ == "multiple_choice" else ()
    measured = type_ not in ("binary", "multiple_choice")
    opens = cells.moment(row, "open_time")
    return Target(
        id=cells.required(row, "question_id"),
        type=type_,
        open_time=opens,
        scheduled_close_time=_after(opens, row, "scheduled_close_time"),
        outcome=cells.outcome_in(row, type_, options),
        actual_close_time=_after(opens, row, "actual_close_time") if _has_close(row) else None,
        resolved_at=cells.instant(row, "resolved_at"),
        options=options,
        grid=cells.grid_in(row, type_) if measured else None,
        spot_scoring_time=cells.instant(row, "spot_scoring_time"),
        tags=cells.tags_in(row),
    )


def _has_close(row: Cells) -> bool:
    return bool(row.get("actual_close_time"))


def _after(opens: datetime, row: Cells, column: str) -> datetime:
    closes = cells.moment(row, column, edge="end")
    if closes <= opens:
        raise BadInput(column, row[column], f"a time after open_time, {iso(opens)}")
    return closes


def _forecast(path: Path, line: Line, by_id: Mapping[str, Target]) -> Forecast:
    return cells.located(path, line.place, line.cells, lambda row: forecast_in(row, by_id))


def forecast_in(row: Cells, by_id: Mapping[str, Target]) -> Forecast:
    """The forecast in a row of cells, on one of the questions.

    Raises:
        BadInput: a cell that cannot be used; ``what`` names its column.
    """
    made = cells.moment(row, "made_at")
    ended = cells.instant(row, "ended_at")
    if ended is not None and ended < made:
        raise BadInput("ended_at", row["ended_at"], f"a time after made_at, {iso(made)}")
    return Forecast(
        id="",
        question=row["question_id"],
        member=cells.required(row, "forecaster"),
        value=cells.value_in(row, by_id[row["question_id"]]),
        made_at=made,
        recorded_at=made,
        ended_at=ended,
    )


def _without_repetitions(path: Path, rows: list[tuple[Line, Forecast]]) -> list[Forecast]:
    seen: dict[tuple[str, str, datetime], tuple[Line, Forecast]] = {}
    for line, forecast in rows:
        key = (forecast.question, forecast.member, forecast.made_at)
        earlier, first = seen.setdefault(key, (line, forecast))
        if first != forecast:
            problem = (
                f"lines {earlier.number} and {line.number}: {forecast.member} says two things of "
                f"{forecast.question} at {iso(forecast.made_at)}"
            )
            raise BadFile(path, problem, "give one value for one instant")
    return [forecast for _, forecast in seen.values()]


def _outside(path: Path, lines: Sequence[Line]) -> frozenset[str]:
    said: dict[str, bool] = {}
    for line in lines:
        inside = cells.located(path, line.place, line.cells, cells.is_inside)
        name = line.cells["forecaster"]
        if said.setdefault(name, inside) != inside:
            problem = f"line {line.number}, column in_crowd: {name} is both in and out of the crowd"
            raise BadFile(path, problem, "give one value for each forecaster")
    return frozenset(name for name, inside in said.items() if not inside)


def _unlisted(lines: Sequence[Line], by_id: Mapping[str, Target], questions: Path) -> list[str]:
    names = [name for line in lines if (name := line.cells["question_id"]) not in by_id]
    if not names:
        return []
    shown = ", ".join(sorted(set(names))[:3])
    return [f"{_rows(len(names))} ignored: not listed in {questions.name} ({shown})"]


def _repeated(count: int) -> list[str]:
    return [f"{_rows(count)} dropped: exact repetitions"] if count else []


def _late(forecasts: Sequence[Forecast], by_id: Mapping[str, Target]) -> list[str]:
    late = Counter(
        forecast.question
        for forecast in forecasts
        if forecast.made_at >= close_of(by_id[forecast.question])
    )
    if not late:
        return []
    shown = ", ".join(sorted(late)[:3])
    return [f"{_rows(late.total())} ignored: made at or after the close ({shown})"]


def _rows(count: int) -> str:
    return f"{count} row" + ("s" if count != 1 else "")
