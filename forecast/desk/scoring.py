"""What the store's own forecasts earned; the tables that pooling and calibration take."""

from collections.abc import Sequence
from datetime import datetime

from forecast.histories.outcomes import settled
from forecast.histories.panel import Panel, panel_of
from forecast.histories.targets import Target, target_of
from forecast.people.columns import columns
from forecast.people.roster import forecasts
from forecast.records import Forecast, Score
from forecast.scoring.panels import rows_of, score_panel
from forecast.scoring.score import score
from questions.store import shelf
from questions.store.reading import Reading
from questions.store.store import Store


def tables(
    read: Reading, at: datetime, *, imported: bool = True
) -> tuple[list[Target], list[Forecast]]:
    """Every question as scoring sees it, and every forecast, as of an instant.

    ``imported=False`` leaves out what was brought in from elsewhere, as rankings do.
    """
    said = [one for one in forecasts(read) if imported or not one.imported]
    return [target_of(one) for one in shelf.questions(read, at)], said


def panel(store: Store, read: Reading, at: datetime, *, imported: bool = True) -> Panel:
    """The forecasts on the resolved yes-or-no questions of a store, as of an instant."""
    answered = [one for one in _settled(read, at) if one.type == "binary"]
    return panel_of(columns(store, read, as_of=read.as_of, imported=imported), answered)


def scores(
    store: Store, read: Reading, at: datetime, names: Sequence[str], *, imported: bool = True
) -> list[Score]:
    """What everybody earned under the rules, as :func:`forecast.scoring.score.score` has it.

    Raises:
        BadInput: a rule that is not known.
    """
    held = panel(store, read, at, imported=imported)
    found = list(rows_of(held, score_panel(held, names)))
    others = [one for one in _settled(read, at) if one.type != "binary"]
    if not others:
        return found
    said = [one for other in others for one in forecasts(read, other.id)]
    counted = [one for one in said if imported or not one.imported]
    return found + score(others, counted, names)


def _settled(read: Reading, at: datetime) -> list[Target]:
    known = [target_of(one) for one in shelf.questions(read, at)]
    return [one for one in known if settled(one)]
