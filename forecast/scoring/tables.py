"""Tables of pandas as questions and forecasts, checked once, at the door.

What cannot be used is told in one line with the labels of the rows.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from forecast.histories.columns import Columns, ends_in, micros_in
from forecast.histories.targets import Target
from forecast.records import Forecast
from forecast.scoring.cells import instant, is_inside, located
from forecast.scoring.files import forecast_in, target_in
from questions.errors import BadFile

if TYPE_CHECKING:
    import pandas as pd

NEEDED: Final = ("question_id", "forecaster", "made_at")
ASKED: Final = ("question_id", "open_time", "scheduled_close_time", "resolution")
NAMED: Final = 5
"""Rows that an error names."""


def targets_in(questions: "pd.DataFrame") -> list[Target]:
    """The questions of a table.

    Raises:
        BadFile: a column that is missing, a value that cannot be used, a question that stands
            there twice.
    """
    _need("questions", questions, ASKED)
    _refuse(
        "questions",
        questions.duplicated("question_id"),
        "question_id",
        "the same twice",
        "give one row for each question",
    )
    if "type" not in questions:
        questions = questions.assign(type="binary")
    return [located("questions", f"row {label}", row, target_in) for label, row in _rows(questions)]


def columns_in(said: "pd.DataFrame", targets: Sequence[Target]) -> Columns:
    """The forecasts on the binary questions among the targets, as columns.

    Raises:
        BadFile: no probability, or one that is no number from 0 to 1.
    """
    import pandas as pd

    mine = said[said["question_id"].isin([target.id for target in targets])]
    if "prob" not in mine and len(mine):
        _need("forecasts", mine, ("prob",))
    probs = mine["prob"] if "prob" in mine else pd.Series(dtype=np.float64)
    _are_numbers(probs)
    wrong = ~probs.between(0, 1)
    _refuse("forecasts", wrong, "prob", "not from 0 to 1", "give a probability from 0 to 1")
    question, questions = pd.factorize(mine["question_id"])
    forecaster, forecasters = pd.factorize(mine["forecaster"])
    return Columns(
        questions=tuple(questions),
        forecasters=tuple(forecasters),
        question=question.astype(np.int64),
        forecaster=forecaster.astype(np.int64),
        made=micros_in(mine["made_at"]),
        ended=ends_in(mine["ended_at"]),
        probs=probs.to_numpy(dtype=np.float64),
        outside=outside_in(mine),
    )


def records_in(said: "pd.DataFrame", targets: Sequence[Target]) -> list[Forecast]:
    """The forecasts on the targets, one by one.

    Raises:
        BadFile: a value that cannot be used.
    """
    by_id = {target.id: target for target in targets}
    mine = said[said["question_id"].isin(list(by_id))]
    return [
        located("forecasts", f"row {label}", row, lambda cells: forecast_in(cells, by_id))
        for label, row in _rows(mine)
    ]


def checked(forecasts: "pd.DataFrame", targets: Sequence[Target]) -> "pd.DataFrame":
    """The forecasts with times and names as they must be, on the questions that are known."""
    _need("forecasts", forecasts, NEEDED)
    if "ended_at" not in forecasts:
        forecasts = forecasts.assign(ended_at=None)
    said = forecasts.assign(
        question_id=forecasts["question_id"].astype(str),
        made_at=_times(forecasts, "made_at"),
        ended_at=_times(forecasts, "ended_at"),
    )
    missing = said["forecaster"].isna() | said["made_at"].isna()
    _refuse("forecasts", missing, "forecaster, made_at", "empty", "say who, and when")
    unknown = ~said["question_id"].isin([target.id for target in targets])
    _refuse("forecasts", unknown, "question_id", "not among the questions", "list the question")
    key = ["question_id", "forecaster", "made_at"]
    _refuse(
        "forecasts",
        said.duplicated(key, keep=False),
        ", ".join(key),
        "more than one forecast of one person at one instant",
        "give one row for each",
    )
    backwards = said["ended_at"] < said["made_at"]
    _refuse("forecasts", backwards, "ended_at", "before made_at", "give the later time")
    return said.assign(forecaster=said["forecaster"].astype(str))


def _times(table: "pd.DataFrame", column: str) -> "pd.Series[Any]":
    """A column of times with a zone, as UTC.

    Raises:
        BadFile: numbers, or times without a zone.
    """
    import pandas as pd

    times = table[column]
    if isinstance(times.dtype, pd.DatetimeTZDtype):
        zoned: pd.Series[Any] = times.dt.tz_convert("UTC")
        return zoned
    if times.isna().all():
        return pd.Series(pd.NaT, index=times.index, dtype="datetime64[us, UTC]")
    if pd.api.types.is_datetime64_dtype(times.dtype):
        right = f"say which zone: {column}=table.{column}.dt.tz_localize('UTC')"
        _refuse("forecasts", times.notna(), column, "times without a zone", right)
    if pd.api.types.is_numeric_dtype(times.dtype):
        right = "give times, such as those of pd.to_datetime(..., utc=True)"
        _refuse("forecasts", times.notna(), column, "numbers", right)
    parsed = [
        located("forecasts", f"row {label}", {column: cell}, lambda cells: instant(cells, column))
        for label, cell in zip(times.index, _texts(times), strict=True)
    ]
    return pd.Series(parsed, index=times.index, dtype="datetime64[us, UTC]")


def _texts(values: "pd.Series[Any]") -> list[str]:
    return [_text(value) for value in values.tolist()]


def _rows(table: "pd.DataFrame") -> list[tuple[Any, dict[str, str]]]:
    """Each row's label and its cells as a file would have them."""
    columns = {str(name): _texts(table[name]) for name in table}
    return [
        (label, {name: cells[number] for name, cells in columns.items()})
        for number, label in enumerate(table.index)
    ]


def _text(value: Any) -> str:
    """A value as a cell of a file: lists as JSON, times in ISO 8601, nothing as nothing."""
    if isinstance(value, list | tuple | np.ndarray):
        listed = [None if one is None or one != one else one for one in list(value)]
        return json.dumps([float(one) if isinstance(one, np.number) else one for one in listed])
    if value is None or value != value:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _need(name: str, table: "pd.DataFrame", columns: Sequence[str]) -> None:
    if missing := [column for column in columns if column not in table]:
        found = ", ".join(map(str, table.columns))
        raise BadFile(name, f"no column {', '.join(missing)}", f"the table has {found}")


def _are_numbers(probs: "pd.Series[Any]") -> None:
    import pandas as pd

    numeric = pd.api.types.is_numeric_dtype(probs.dtype)
    if len(probs) and (not numeric or pd.api.types.is_bool_dtype(probs.dtype)):
        problem = f"column prob: {probs.dtype} instead of numbers"
        raise BadFile("forecasts", problem, "give probabilities from 0 to 1 as floats")


def _refuse(table: str, wrong: "pd.Series[bool]", column: str, problem: str, right: str) -> None:
    """Refuse rows, by their labels.

    Raises:
        BadFile: any of them is wrong.
    """
    if not wrong.any():
        return
    labels = [str(label) for label in wrong.index[wrong.to_numpy(dtype=bool)]]
    more = f" and {len(labels) - NAMED} more" if len(labels) > NAMED else ""
    rows = f"row{'s' if len(labels) > 1 else ''} {', '.join(labels[:NAMED])}{more}"
    raise BadFile(table, f"{rows}, column {column}: {problem}", right)


def outside_in(said: "pd.DataFrame") -> frozenset[str]:
    """Those who are scored but not part of the crowd.

    Raises:
        BadFile: somebody who is both, or a text that says neither.
    """
    if "in_crowd" not in said:
        return frozenset()
    inside = _truths(said["in_crowd"])
    both = inside.groupby(said["forecaster"]).transform("nunique") > 1
    _refuse(
        "forecasts", both, "in_crowd", "both in and out of the crowd", "give one value a person"
    )
    return frozenset(said.loc[~inside, "forecaster"])


def _truths(column: "pd.Series[Any]") -> "pd.Series[bool]":
    """Numbers and truth values as they are, texts as a file has them; yes where nothing is said."""
    import pandas as pd

    if pd.api.types.is_numeric_dtype(column.dtype):
        return column.fillna(1).astype(bool)
    found = [
        located("forecasts", f"row {label}", {"in_crowd": cell}, is_inside)
        for label, cell in zip(column.index, _texts(column), strict=True)
    ]
    return pd.Series(found, index=column.index, dtype=bool)
