"""What a command prints: data on standard output, as people or as programs read it."""

import csv
import json
import math
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from questions.errors import BadInput
from questions.inert import inert

if TYPE_CHECKING:
    from forecast.desk.desk import Receipt


@dataclass(frozen=True, slots=True)
class Form:
    """How the output is wanted; at most one of the three."""

    json: bool = False
    jsonl: bool = False
    csv: bool = False


def form(*, json: bool = False, jsonl: bool = False, csv: bool = False) -> Form:
    """The form that the flags ask for.

    Raises:
        BadInput: more than one of them.
    """
    if json + jsonl + csv > 1:
        raise BadInput("output", "several forms", "one of --json, --jsonl, --csv")
    return Form(json, jsonl, csv)


def emit(
    rows: Sequence[Mapping[str, Any]],
    wanted: Form,
    human: Callable[[], None],
    *,
    columns: Sequence[str] = (),
) -> None:
    """Print rows in the form that was asked for; for people where none was.

    ``columns`` head a CSV that has no rows.
    """
    if wanted.json:
        print_json(rows)
    elif wanted.jsonl:
        for row in rows:
            write(dumps(row) + "\n")
    elif wanted.csv:
        print_csv(rows, columns)
    else:
        human()


def print_json(thing: Any) -> None:
    """Print one JSON document; infinities are the words Infinity and -Infinity."""
    write(dumps(thing, indent=2) + "\n")


def dumps(thing: Any, indent: int | None = None) -> str:
    """JSON text of records, times and numbers; what is not a number is null.

    What would steer a terminal stands as its escape, which programs read as itself.
    """
    from forecast.show.terminal import UNSEEN
    from questions.store.envelope import plain

    text = json.dumps(plain(thing), ensure_ascii=False, indent=indent, allow_nan=False)
    return re.sub(f"[{UNSEEN}]", lambda mark: json.dumps(mark[0])[1:-1], text)


def print_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> None:
    """Print rows as CSV: ``inf`` and ``-inf``, nested values as JSON, formulas inert.

    A blank stands for what would steer a terminal; JSON has such text as it is.
    """
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if header := list(rows[0] if rows else columns):
        writer.writerow(header)
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(float(value))
    if isinstance(value, list | tuple | dict):
        return dumps(value)
    from forecast.show.terminal import steerless
    from questions.store.envelope import plain

    return steerless(inert(str(plain(value))))


def write(text: str) -> None:
    """Write to standard output, without what would steer a terminal."""
    from forecast.show.terminal import steerless

    sys.stdout.write(steerless(text))


def say(text: str) -> None:
    """Write a message to standard error, set in as it is, free of control characters."""
    from forecast.show.terminal import clean

    indent = " " * (len(text) - len(text.lstrip(" ")))
    sys.stderr.write(f"{indent}{clean(text)}\n")


def flat(made: "Receipt") -> dict[str, Any]:
    """A receipt as one object: the record, its ``id`` and the log's ``head``."""
    return {**made.record, "id": made.id, "head": made.head}


def written(made: "Receipt", wanted: Form, sentence: str) -> None:
    """Confirm a write: its record, id and the log's head as JSON, else one sentence."""
    from forecast.show.terminal import clean

    if wanted.json or wanted.jsonl:
        print_json(flat(made))
    else:
        write(clean(sentence) + "\n")
