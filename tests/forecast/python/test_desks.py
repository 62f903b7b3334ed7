"""A desk is a store, an hour and a member; both can be changed."""

from datetime import UTC, datetime

import pytest

import forecast
from forecast.python.desks import instant
from questions.errors import NotFound


def test_a_store_is_made_only_where_that_is_asked_for(tmp_path):
    with pytest.raises(NotFound, match="no store"):
        forecast.open_desk(tmp_path / "none.db", now="2030-01-01")


def test_a_desk_serves_a_with_block_or_until_it_is_closed(tmp_path):
    path = tmp_path / "team.db"
    with forecast.open_desk(path, now="2030-01-01", create="replay") as desk:
        forecast.add_member(desk, "Ana")
    again = forecast.open_desk(path, now="2030-01-01", who="Ana")
    assert again.reader == "Ana"
    again.store.close()


def test_a_seat_is_for_members(desk):
    with pytest.raises(NotFound, match="no member 'Cleo'"):
        forecast.seat(desk, who="Cleo")


def test_a_seat_moves_the_hour_and_keeps_who_sits_there(desk):
    later = forecast.seat(desk, now="+2d")
    assert (later.now - desk.now).days == 2
    assert later.reader == "Ana"


def test_nobody_in_particular_can_sit_there_too(desk):
    assert forecast.seat(desk, who="").reader == ""


def test_a_desk_is_shown_in_a_line(desk):
    place = desk.store.place
    assert repr(desk) == f"<desk of Ana at {place}, 2030-03-01 00:00 UTC>"
    assert repr(forecast.seat(desk, who="")).startswith("<desk of nobody in particular at ")


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no zone"):
        instant(datetime(2030, 1, 1, tzinfo=UTC).replace(tzinfo=None))


def test_each_call_writes_anew(desk):
    forecast.predict(desk, "Q1", 0.2)
    later = forecast.seat(desk, now="+1d")
    forecast.predict(later, "Q1", 0.3)
    said, _ = forecast.tables(later)
    assert said["prob"].tolist() == [0.2, 0.3]
