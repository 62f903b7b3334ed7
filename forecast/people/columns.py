"""What was said of yes-or-no questions, as columns: a whole store in a few passes.

The same forecasts as :func:`forecast.people.roster.forecasts` gives one by one.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import batched
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from forecast.histories.columns import Columns, ends_in, micros_in
from forecast.ledger import FORECASTS, WITHDRAWALS
from forecast.people.roster import Turn, withdrawn
from questions.instants import micros
from questions.store.bulk import frame
from questions.store.reading import Reading
from questions.store.store import Store

if TYPE_CHECKING:
    import pandas as pd

Ints = NDArray[np.int64]

BATCH: Final = 50_000
NEEDED: Final = (
    "id",
    "question",
    "member",
    "value",
    "made_at",
    "expires",
    "corrects",
    "mode",
    "shown",
)


def columns(
    store: Store,
    read: Reading,
    *,
    as_of: datetime | None = None,
    imported: bool = True,
    blind: bool = False,
) -> Columns:
    """Every forecast of P(yes) on record that the reader may see, of each instant the last word.

    ``imported=False`` leaves out what was brought in from elsewhere; ``blind`` whatever was not
    said before its author was shown the others'.
    """
    import pandas as pd

    said = frame(store, FORECASTS, as_of=as_of, veil=read.veil)[["seq", *NEEDED]]
    probs = np.fromiter(_probs(said["value"]), dtype=np.float64, count=len(said))
    said = said.drop(columns="value").assign(prob=probs)
    said = _standing(said, imported=imported)
    said = said[said["shown"] == "blind"] if blind else said
    question, questions = pd.factorize(said["question"])
    forecaster, forecasters = pd.factorize(said["member"])
    found = Columns(
        questions=tuple(map(str, questions)),
        forecasters=tuple(map(str, forecasters)),
        question=question.astype(np.int64),
        forecaster=forecaster.astype(np.int64),
        made=micros_in(said["made_at"]),
        ended=ends_in(said["expires"]),
        probs=said["prob"].to_numpy(dtype=np.float64),
    )
    _withdraw(found, said["seq"].to_numpy(), withdrawn(read.rows(WITHDRAWALS)))
    return found


def _probs(values: "pd.Series[str]") -> Iterator[float]:
    """P(yes) of each value as the log has it; NaN for values of other kinds."""
    for some in batched(values, BATCH):
        for value in json.loads(f"[{','.join(some)}]"):
            yield value.get("yes", np.nan)


def _standing(said: "pd.DataFrame", *, imported: bool) -> "pd.DataFrame":
    """The forecasts of P(yes) that nobody corrected, of each instant the last word."""
    corrected = said["corrects"][said["corrects"].ne("")].dropna()
    kept = said[~said["id"].isin(corrected)] if len(corrected) else said
    last = kept.drop_duplicates(["question", "member", "made_at"], keep="last")
    found = last[last["prob"].notna()]
    return found if imported else found[found["mode"] != "import"]


def _withdraw(found: Columns, seq: Ints, gone: Mapping[tuple[str, str], list[Turn]]) -> None:
    """End what was withdrawn at the first withdrawal after it."""
    questions = {name: number for number, name in enumerate(found.questions)}
    forecasters = {name: number for number, name in enumerate(found.forecasters)}
    pairs = {
        (questions[asked], forecasters[who]): turns
        for (asked, who), turns in gone.items()
        if asked in questions and who in forecasters
    }
    if not pairs:
        return
    key = found.question * len(forecasters) + found.forecaster
    wanted = np.array([one * len(forecasters) + other for one, other in pairs])
    for row in np.flatnonzero(np.isin(key, wanted)).tolist():
        turns = pairs[int(found.question[row]), int(found.forecaster[row])]
        made = (found.made[row], seq[row])
        left = [micros(at) for at, place in turns if (micros(at), place) > made]
        found.ended[row] = min([found.ended[row], *left[:1]])
