"""Tables for analysis: their columns, and CSV, JSON lines or Parquet of their rows.

Times are ISO 8601 with ``Z``; infinities are ``inf`` in CSV and ``"Infinity"`` in JSON, as
everywhere; lists are JSON in CSV. A cell of text that a spreadsheet would run is made inert.
"""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from questions.inert import inert
from questions.store.envelope import plain

if TYPE_CHECKING:
    import pyarrow as pa

Type = Literal["text", "number", "whole", "truth", "time", "texts", "numbers", "pairs", "any"]
"""``texts`` and ``numbers`` are lists, which may have gaps; ``pairs`` are of numbers; ``any`` is
a number or a text."""
Columns = Mapping[str, Type]
Row = Mapping[str, Any]

TABLES: Final[Mapping[str, Columns]] = {
    "questions": {
        "question_id": "text",
        "title": "text",
        "type": "text",
        "status": "text",
        "open_time": "time",
        "scheduled_close_time": "time",
        "actual_close_time": "time",
        "resolved_at": "time",
        "resolution": "any",
        "options": "texts",
        "range_min": "any",
        "range_max": "any",
        "zero_point": "number",
        "open_lower_bound": "truth",
        "open_upper_bound": "truth",
        "inbound_outcome_count": "whole",
        "unit": "text",
        "tags": "text",
        "resolution_criteria": "text",
        "fine_print": "text",
        "background": "text",
        "family": "text",
        "asked_by": "text",
        "platform": "text",
        "theirs": "text",
        "url": "text",
    },
    "forecasts": {
        "question_id": "text",
        "forecaster": "text",
        "made_at": "time",
        "ended_at": "time",
        "prob": "number",
        "probs": "numbers",
        "cdf": "numbers",
        "quantiles": "pairs",
        "words": "text",
        "confidence": "text",
        "why": "text",
        "in_crowd": "truth",
        "confirmed": "truth",
        "imported": "truth",
        "recorded_at": "time",
        "forecast_id": "text",
    },
    "resolutions": {
        "question_id": "text",
        "resolution": "any",
        "resolved_at": "time",
        "source": "text",
        "resolved_by": "text",
        "recorded_at": "time",
        "stands": "truth",
    },
    "reports": {
        "report_id": "text",
        "title": "text",
        "text": "text",
        "published": "time",
        "source": "text",
        "grade": "text",
        "story": "text",
        "copy_of": "text",
        "origin": "text",
        "sha256": "text",
    },
    "evidence": {
        "report_id": "text",
        "question_id": "text",
        "judge": "text",
        "judgement": "text",
        "weight": "number",
        "words": "text",
        "why": "text",
        "recorded_at": "time",
        "story": "text",
        "copy_of": "text",
        "source": "text",
        "grade": "text",
    },
    "scores": {
        "question_id": "text",
        "forecaster": "text",
        "rule": "text",
        "score": "number",
        "coverage": "number",
    },
}


def csv_text(columns: Columns, rows: Iterable[Row]) -> str:
    """CSV with a header, a line feed between rows; an empty cell is nothing."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(name), type_) for name, type_ in columns.items()])
    return out.getvalue()


def jsonl_text(columns: Columns, rows: Iterable[Row]) -> str:
    """JSON lines: an object a row, with every column."""
    lines = (plain({name: row.get(name) for name in columns}) for row in rows)
    return "".join(json.dumps(one, ensure_ascii=False, allow_nan=False) + "\n" for one in lines)


def arrow(columns: Columns, rows: Sequence[Row]) -> "pa.Table":
    """An Arrow table, each column of its own type; a column that may hold either is of text.

    Raises:
        ImportError: pyarrow is not installed.
    """
    import pyarrow as pa

    types: dict[Type, Any] = {
        "text": pa.string(),
        "number": pa.float64(),
        "whole": pa.int64(),
        "truth": pa.bool_(),
        "time": pa.timestamp("us", tz="UTC"),
        "texts": pa.list_(pa.string()),
        "numbers": pa.list_(pa.float64()),
        "pairs": pa.list_(pa.list_(pa.float64())),
        "any": pa.string(),
    }
    return pa.table(
        {
            name: pa.array([_typed(row.get(name), type_) for row in rows], types[type_])
            for name, type_ in columns.items()
        }
    )


def _typed(value: Any, type_: Type) -> Any:
    return _bare(value) if type_ == "any" and value is not None else value


def _cell(value: Any, type_: Type) -> str:
    """What a cell holds; text alone can be a formula, as a number is none."""
    if value is None:
        return ""
    if type_ == "truth":
        return str(int(value))
    if type_ in ("texts", "numbers", "pairs"):
        return json.dumps(plain(value), ensure_ascii=False)
    return inert(value) if isinstance(value, str) else _bare(value)


def _bare(value: Any) -> str:
    """A number, an instant or a text as itself."""
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(float(value))
    return str(plain(value))
