"""Tables for analysis: whatever is in a row is in every form of it."""

import csv
import io
import json
import math
from datetime import UTC, datetime

import pyarrow.parquet as parquet
from hypothesis import given
from hypothesis import strategies as st

from forecast.exchange.analysis import arrow, csv_text, jsonl_text
from questions.inert import alive
from questions.instants import parse_instant

COLUMNS = {
    "name": "text",
    "prob": "number",
    "count": "whole",
    "open": "truth",
    "at": "time",
    "options": "texts",
    "probs": "numbers",
    "quantiles": "pairs",
}
# No store keeps a NUL or a lone surrogate; an empty text is nothing in a CSV.
TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
TIMES = st.datetimes(datetime(1700, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ROW = st.fixed_dictionaries(
    {
        "name": st.none() | TEXT | st.from_regex(r"['=+\-@\t\r]+.?", fullmatch=True),
        "prob": st.none() | st.floats(allow_nan=False),
        "count": st.none() | st.integers(-(2**53), 2**53),
        "open": st.none() | st.booleans(),
        "at": st.none() | TIMES,
        "options": st.none() | st.lists(TEXT),
        "probs": st.none() | st.lists(st.none() | FINITE),
        "quantiles": st.none() | st.lists(st.tuples(FINITE, FINITE).map(list)),
    }
)
ROWS = st.lists(ROW, max_size=4)
READ = {
    "name": alive,
    "prob": float,
    "count": int,
    "open": "1".__eq__,
    "at": parse_instant,
    "options": json.loads,
    "probs": json.loads,
    "quantiles": json.loads,
}


@given(ROWS)
def test_csv_comes_back_as_it_went(rows):
    found = csv.DictReader(io.StringIO(csv_text(COLUMNS, rows), newline=""))
    read = [
        {name: READ[name](cell) if cell else None for name, cell in row.items()} for row in found
    ]
    assert read == rows


@given(ROWS)
def test_json_lines_come_back_as_they_went(rows):
    lines = jsonl_text(COLUMNS, rows).split("\n")[:-1]
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        found = json.loads(line)
        found["at"] = found["at"] and parse_instant(found["at"])
        found["prob"] = float(found["prob"]) if found["prob"] is not None else None
        assert found == row


@given(ROWS)
def test_parquet_comes_back_as_it_went(rows):
    out = io.BytesIO()
    parquet.write_table(arrow(COLUMNS, rows), out)
    assert parquet.read_table(io.BytesIO(out.getvalue())).to_pylist() == rows


def test_an_empty_table_has_its_columns():
    assert csv_text(COLUMNS, []) == ",".join(COLUMNS) + "\n"
    assert arrow(COLUMNS, []).schema.names == list(COLUMNS)


def test_a_number_is_never_taken_for_a_formula():
    row = {"prob": -math.inf, "count": -3, "probs": [-1.0]}
    assert csv_text(COLUMNS, [row]).splitlines()[1] == ",-inf,-3,,,,[-1.0],"
