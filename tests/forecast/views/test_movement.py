"""How far beliefs moved, and how far they would by what is new of others."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from forecast.belief import memory
from forecast.belief.fold import believe
from forecast.desk.asking import ask
from forecast.desk.believing import carry, dossiers
from forecast.desk.settling import resolve
from forecast.views.movement import movement
from tests.forecast.belief.worlds import PASSED, keep_fit
from tests.forecast.desk.conftest import CLOSE, OPEN, furnish
from tests.forecast.desk.test_invariants import MEANS, told, weigh

WEEK = OPEN + timedelta(days=7)


@pytest.fixture
def office(tmp_path):
    office = taught(tmp_path / "a.db")
    yield office
    office.store.close()


def taught(path):
    """Two questions, a report of the same source on each, and a fit between the two reports."""
    office = furnish(path)
    ask(
        office.on(0),
        "Will it snow in Oslo by 30 April 2023?",
        closes=CLOSE,
        criteria="Yes if the weather service reports snow. No otherwise.",
    )
    rng = np.random.Generator(np.random.PCG64(7))
    draws = {name: mean + 0.02 * rng.standard_normal(2000) for name, mean in MEANS.items()}
    draws["mu_grade[B]"] = rng.normal(0.4, 0.4, 2000)
    told(office, "R1", "S1")
    weigh(office, "R1")
    keep_fit(office.on(3), draws)
    told(office, "R2", "S2", day=4)
    weigh(office, "R2", day=4, question="Q2", weight=2.0)
    resolve(office.on(5), "Q2", "yes", resolved_at=OPEN + timedelta(days=5), source="wx")
    return office


def rows_of(office, at=WEEK):
    with office.store.reading(at) as read:
        return {row["id"]: row for row in movement(read, at)}


def test_what_is_new_of_one_question_would_move_another_by_what_a_quick_fit_then_moves_it(office):
    before = rows_of(office)["Q1"]
    assert before["learned_move"] > 0.002
    diagnostics, made = carry(office.on(7))
    assert diagnostics.ok
    with office.store.reading(WEEK) as read:
        after = replace(memory.last_fit(read, WEEK), diagnostics=PASSED)
        found = believe(dossiers(read, WEEK, only="Q1")["Q1"], after, WEEK).value.yes
    assert made is not None
    assert found - before["prob"] == pytest.approx(before["learned_move"], abs=1e-12)


def test_once_the_fit_was_carried_on_nothing_is_left_to_move(office):
    carry(office.on(7))
    assert rows_of(office)["Q1"]["learned_move"] == pytest.approx(0.0, abs=1e-12)


def test_without_a_fit_there_is_nothing_to_carry_on(office):
    assert rows_of(office, OPEN + timedelta(days=2))["Q1"]["learned_move"] is None
