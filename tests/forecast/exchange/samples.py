"""Files of other platforms in their recorded shape; what they say is made up here."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from forecast.exchange.choosing import batch_of
from forecast.exchange.files import documents_at
from forecast.exchange.mapping import Mapping as Columns
from forecast.exchange.records import Batch

Row = Mapping[str, Any]

ASKED = (
    *("Question ID", "Question URL", "Question Title", "Post ID", "Categories", "Label"),
    *("Question Type", "MC Options (Current)", "MC Options (All)", "MC Options History"),
    *("Lower Bound", "Open Lower Bound", "Upper Bound", "Open Upper Bound", "Continuous Range"),
    *("Open Time", "CP Reveal Time", "Scheduled Close Time", "Actual Close Time", "Resolution"),
    "Resolution Known Time",
)
SAID = (
    *("Question ID", "Forecaster ID", "Forecaster Username", "Is Bot", "Start Time", "End Time"),
    *("Forecaster Count", "Probability Yes", "Probability Yes Per Category", "Continuous CDF"),
)


def read(folder: Path, name: str, content: str | bytes, mapping: Columns | None = None) -> Batch:
    """What a file with that content holds."""
    return batch_of(documents_at(written(folder, name, content)), mapping=mapping)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with that content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def tree(folder: Path, thing: Any, name: str = "a.json") -> Batch:
    """What a file with that JSON holds."""
    return read(folder, name, json.dumps(thing))


def table(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """CSV with these columns; what a row does not have is empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def asked(number: int = 7, **more: Any) -> Row:
    """A row of Metaculus' ``question_data.csv``: the comet, yes or no."""
    return {
        "Question ID": number,
        "Question URL": f"https://metaculus.example/questions/{number + 100}/comet/",
        "Question Title": "Will the comet be seen by the naked eye?",
        "Post ID": number + 100,
        "Question Type": "binary",
        "Open Time": "2024-01-01 00:00:00+00:00",
        "Scheduled Close Time": "2024-01-11 00:00:00+00:00",
        **more,
    }


def said(number: int = 7, start: str = "2024-01-02 00:00:00+00:00", **more: Any) -> Row:
    """A row of Metaculus' ``forecast_data.csv``."""
    return {
        "Question ID": number,
        "Forecaster ID": 17,
        "Forecaster Username": "alma",
        "Is Bot": False,
        "Start Time": start,
        **({} if "Continuous CDF" in more or "Probability Yes Per Category" in more else _HALF),
        **more,
    }


_HALF = {"Probability Yes": 0.5}


def download(folder: Path, questions: Sequence[Row], forecasts: Sequence[Row] = ()) -> Path:
    """A download of Metaculus."""
    path = folder / "download.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("README.md", "About these files.")
        archive.writestr("question_data.csv", table(ASKED, questions))
        archive.writestr("forecast_data.csv", table(SAID, forecasts))
    return path


def metaculus(folder: Path, questions: Sequence[Row], forecasts: Sequence[Row] = ()) -> Batch:
    """What a download of Metaculus holds."""
    return batch_of(documents_at(download(folder, questions, forecasts)))


def refusals(batch: Batch) -> list[str]:
    """The refusals of a batch, a sentence each."""
    return [f"{one.place}: {one.what}; give {one.right}" for one in batch.refused]
