"""Which format documents have: told by their content, or by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from forecast.exchange.documents import Document, tables
from forecast.exchange.formats import (
    cultivate,
    fatebook,
    forecastbench,
    manifold,
    mapped,
    metaculus_files,
    metaculus_posts,
    predictionbook,
)
from forecast.exchange.guessing import guessed
from forecast.exchange.mapping import Mapping
from forecast.exchange.records import Batch
from questions.errors import BadFile, BadInput


@dataclass(frozen=True, slots=True)
class Format:
    """A format: whether documents have it, and what they hold if so."""

    name: str
    what: str
    suits: Callable[[Sequence[Document]], bool]
    read: Callable[[Sequence[Document]], Batch]


FORMATS: Final = (
    Format("metaculus", "a download of Metaculus", metaculus_files.suits, metaculus_files.read),
    Format("metaculus", "posts of Metaculus", metaculus_posts.suits, metaculus_posts.read),
    Format("fatebook", "CSV or questions of Fatebook", fatebook.suits, fatebook.read),
    Format("predictionbook", "pages of PredictionBook", predictionbook.suits, predictionbook.read),
    Format("manifold", "markets or bets of Manifold", manifold.suits, manifold.read),
    Format("cultivate", "questions of Cultivate", cultivate.suits, cultivate.read),
    Format("forecastbench", "sets of ForecastBench", forecastbench.suits, forecastbench.read),
)
CSV: Final = "csv"
NAMES: Final = (*dict.fromkeys(one.name for one in FORMATS), CSV)
"""What ``--from`` takes."""


def format_of(documents: Sequence[Document], wanted: str | None = None) -> str:
    """The name of the format that documents have, or that is wanted and that they can have.

    Raises:
        BadInput: no such format, or documents of several.
        BadFile: documents of none, or not of the one that is wanted.
    """
    if wanted is not None and wanted not in NAMES:
        raise BadInput("format", wanted, f"one of {', '.join(NAMES)}")
    return _chosen(documents, wanted)[0]


def batch_of(
    documents: Sequence[Document], wanted: str | None = None, mapping: Mapping | None = None
) -> Batch:
    """What documents hold, by the format that they have or that is wanted.

    A table of no known format is read by the mapping that is given, else by the one guessed.

    Raises:
        BadInput, BadFile: as :func:`format_of`.
    """
    if wanted is not None and wanted not in NAMES:
        raise BadInput("format", wanted, f"one of {', '.join(NAMES)}")
    if mapping is not None and wanted is None:
        wanted = CSV
    name, found = _chosen(documents, wanted)
    if found:
        return merged([one.read(documents) for one in found])
    sheets = tables(documents)
    if not sheets:
        raise BadFile(documents[0].name, f"it is no table, as {name} is", "give a CSV file")
    return mapped.read(sheets, guessed(sheets) if mapping is None else mapping)


def merged(batches: Sequence[Batch]) -> Batch:
    """Several batches of one platform as one."""
    if len(batches) == 1:
        return batches[0]
    return Batch(
        batches[0].platform,
        questions=tuple(one for some in batches for one in some.questions),
        forecasts=tuple(one for some in batches for one in some.forecasts),
        resolutions=tuple(one for some in batches for one in some.resolutions),
        crowds=tuple(one for some in batches for one in some.crowds),
        comments=tuple(one for some in batches for one in some.comments),
        refused=tuple(one for some in batches for one in some.refused),
        notes=tuple(one for some in batches for one in some.notes),
    )


def _chosen(documents: Sequence[Document], wanted: str | None) -> tuple[str, list[Format]]:
    """The format by name, and how to read it; nothing for a table through a mapping."""
    if wanted == CSV:
        return CSV, []
    fitting = [one for one in FORMATS if one.suits(documents)]
    mine = [one for one in fitting if wanted in (None, one.name)]
    if wanted is not None and not mine:
        what = " or ".join(one.what for one in FORMATS if one.name == wanted)
        raise BadFile(documents[0].name, f"it holds nothing that {what} would", _tells(fitting))
    if len(names := {one.name: one.what for one in mine}) > 1:
        flags = " or ".join(f"--from {name}" for name in names)
        right = f"{flags}: it may be {', '.join(names.values())}"
        raise BadInput("format", documents[0].name, right)
    if mine:
        return mine[0].name, mine
    if tables(documents):
        return CSV, []
    right = f"say what it is: --from {', '.join(NAMES)}"
    raise BadFile(documents[0].name, "it has no format that is known", right)


def _tells(fitting: Sequence[Format]) -> str:
    if not fitting:
        return "leave --from out, or name another"
    return f"it looks like {' and '.join(one.what for one in fitting)}"
