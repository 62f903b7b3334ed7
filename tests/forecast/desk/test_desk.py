"""What every verb is handed: a desk that reads and writes, each write once for its key."""

import pytest

from forecast.desk.desk import Desk
from forecast.desk.predicting import Said, predict
from forecast.ledger import FORECASTS
from tests.forecast.desk.conftest import OPEN


def test_a_replay_shows_nothing_later_than_its_clock_whatever_instant_is_asked_for(replay):
    for day in (1, 3, 6):
        replay.said(day, 0.5)
    desk = replay.on(4)
    shown = {}
    for day in (2, 7, None):
        with desk.reading(None if day is None else replay.on(day).now) as read:
            shown[day] = len(read.rows(FORECASTS))
    assert shown == {2: 1, 7: 2, None: 2}


def test_a_write_without_a_key_is_refused(office):
    with pytest.raises(ValueError, match="a write needs a key"):
        predict(Desk(office.store, OPEN, "Ana"), [Said("Ana", "Q1", 0.5)])
