"""A replay store with two members, a question and a report, made through ``import forecast``."""

import pytest

import forecast

CRITERIA = "Yes if the harbour authority says so. No otherwise. Void if it is dissolved."
TITLE = "Will the ferry to Aland run again by 30 April 2030?"


@pytest.fixture
def desk(tmp_path):
    """Ana's desk on 1 March 2030, where Q1 is asked."""
    with forecast.open_desk(tmp_path / "team.db", now="2030-03-01", create="replay") as bare:
        forecast.add_member(bare, "Ana")
        forecast.add_member(bare, "Bo")
        ana = forecast.seat(bare, who="Ana")
        forecast.ask(ana, TITLE, closes="2030-04-30", criteria=CRITERIA)
        yield ana


@pytest.fixture
def told(desk, tmp_path):
    """The same desk with a report that was read as R1."""
    path = tmp_path / "report.txt"
    path.write_text("The ferry to Aland will run again in April, the harbour authority said.")
    forecast.read(desk, path, published="2030-03-01", source="the harbour", question="Q1")
    return desk
