"""What the store's own forecasts earned: the tables that scoring, pooling and calibration take."""

from datetime import datetime

from forecast.histories.targets import Target, target_of
from forecast.people.roster import forecasts
from forecast.records import Forecast
from questions.store import shelf
from questions.store.reading import Reading


def tables(
    read: Reading, at: datetime, *, imported: bool = True
) -> tuple[list[Target], list[Forecast]]:
    """Every question as scoring sees it, and every forecast, as of an instant.

    ``imported=False`` leaves out what was brought in from elsewhere, as rankings do.
    """
    said = [one for one in forecasts(read) if imported or not one.imported]
    return [target_of(one) for one in shelf.questions(read, at)], said
