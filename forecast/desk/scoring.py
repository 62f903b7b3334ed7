"""What the store's own forecasts earned: the tables that scoring, pooling and calibration take."""

from datetime import datetime

from forecast.histories.targets import Target, target_of
from forecast.people.roster import forecasts
from forecast.records import Forecast
from questions.store import shelf
from questions.store.log import Reading


def tables(read: Reading, at: datetime) -> tuple[list[Target], list[Forecast]]:
    """Every question as scoring sees it, and every forecast, as of an instant."""
    return [target_of(one) for one in shelf.questions(read, at)], forecasts(read)
