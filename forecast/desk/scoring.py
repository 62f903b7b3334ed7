"""What the store's own forecasts earned; the tables that pooling and calibration take."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np

from forecast.exchange.origins import as_there, outsiders
from forecast.histories.history import History, histories
from forecast.histories.outcomes import settled
from forecast.histories.panel import Panel, histories_in, panel_of
from forecast.histories.targets import Target, target_of
from forecast.people.columns import columns
from forecast.people.roster import forecasts
from forecast.records import Forecast, Score
from forecast.scoring import infinite
from forecast.scoring.changes import Change, Verdict, changes
from forecast.scoring.panels import rows_of, score_panel
from forecast.scoring.score import score
from questions.store import shelf
from questions.store import tables as t
from questions.store.reading import Reading
from questions.store.store import Store
from questions.tracking.lifecycle import say


@dataclass(frozen=True, slots=True)
class Which:
    """Which forecasts count."""

    imported: bool = True
    """Those too that were brought in from elsewhere; rankings leave them out."""
    blind: bool = False
    """Only those whose authors were shown nothing of the others'; each holds as though its
    author had said no more."""


ALL: Final = Which()


def counts(one: Forecast, which: Which) -> bool:
    """Whether a forecast is among them."""
    return (which.imported or not one.imported) and (not which.blind or one.shown == "blind")


def tables(read: Reading, at: datetime, which: Which = ALL) -> tuple[list[Target], list[Forecast]]:
    """Every question as scoring sees it, and the forecasts that count, as of an instant."""
    said = [one for one in forecasts(read) if counts(one, which)]
    return _targets(read, at), said


def _targets(read: Reading, at: datetime) -> list[Target]:
    return as_there(map(target_of, shelf.questions(read, at)), read, at)


def scores(
    store: Store, read: Reading, at: datetime, names: Sequence[str], which: Which = ALL
) -> list[Score]:
    """What everybody earned under the rules, as :func:`forecast.scoring.score.score` has it.

    Questions come in the order in which they were resolved.

    Raises:
        BadInput: a rule that is not known.
    """
    held, others, said = _parted(store, read, at, which)
    found = list(rows_of(held, score_panel(held, names)))
    return found + score(others, said, names, outside=outsiders(read))


def answered(store: Store, read: Reading, at: datetime, which: Which = ALL) -> list[History]:
    """The histories of all resolved questions of a store, as of an instant."""
    held, others, said = _parted(store, read, at, which)
    return [*histories_in(held), *histories(others, said, outsiders(read))]


def _parted(
    store: Store, read: Reading, at: datetime, which: Which
) -> tuple[Panel, list[Target], list[Forecast]]:
    """The resolved yes-or-no questions as a panel; the others, with what was said of them."""
    known = resolved(read, at)
    held = columns(store, read, as_of=read.as_of, imported=which.imported, blind=which.blind)
    binary = [one for one in known if one.type == "binary"]
    others = [one for one in known if one.type != "binary"]
    held = replace(held, outside=outsiders(read))
    return panel_of(held, binary), others, _said(read, others, which)


def resolved(read: Reading, at: datetime) -> list[Target]:
    """The questions that were answered, oldest answer first; neither ambiguous nor annulled."""
    known = _targets(read, at)
    return sorted((one for one in known if settled(one)), key=lambda one: one.resolved_at or at)


def reasons(read: Reading, at: datetime, found: Sequence[Score], which: Which = ALL) -> list[str]:
    """A sentence for each infinite score: whose it is, and why."""
    infinities = {one.question_id for one in found if np.isinf(one.score)}
    if not infinities:
        return []
    concerned = [one for one in resolved(read, at) if one.id in infinities]
    said = _said(read, concerned, which)
    return infinite.reasons(found, histories(concerned, said, outsiders(read)))


def rescored(read: Reading, at: datetime, names: Sequence[str]) -> list[Change]:
    """What was changed in scores by questions that were reopened, or resolved anew.

    Scores are never overwritten: the log holds every resolution, and each verdict's scores
    are those as of the moment at which it was recorded.

    Raises:
        BadInput: a rule that is not known.
    """
    which = dict.fromkeys(row["question"] for row in read.rows(t.REOPENINGS))
    return [
        change for question in which for change in changes(_verdicts(read, question, at, names))
    ]


def _verdicts(read: Reading, question: str, at: datetime, names: Sequence[str]) -> list[Verdict]:
    turns = [
        row["recorded_at"]
        for table in (t.RESOLUTIONS, t.REOPENINGS)
        for row in read.rows(table, question=question)
    ]
    return [_verdict(read, question, when, names) for when in sorted(turns) if when <= at]


def _verdict(read: Reading, question: str, when: datetime, names: Sequence[str]) -> Verdict:
    then = read.then(when)
    (tracked,) = shelf.questions(then, when, only=question)
    target = as_there([target_of(tracked)], then, when)
    outcome = say(tracked.resolution.outcome) if tracked.resolution else ""
    earned = score(target, forecasts(then, question), names, outside=outsiders(then))
    return Verdict(question, outcome, when, tuple(earned))


def _said(read: Reading, targets: Sequence[Target], which: Which) -> list[Forecast]:
    said = [one for target in targets for one in forecasts(read, target.id)]
    return [one for one in said if counts(one, which)]
