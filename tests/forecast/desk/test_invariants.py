"""What must hold of every belief, through the store: reports are judged, and it moves or not."""

from datetime import timedelta
from itertools import permutations

import numpy as np
import pytest

from forecast.belief import memory
from forecast.belief.draws import SHARED
from forecast.belief.fold import believe
from forecast.belief.history import changes, prob_of
from forecast.desk.believing import dossiers, state_prior
from forecast.desk.judging import judge, retract, take_back
from forecast.desk.sources import describe
from forecast.records import Stated
from questions.store.envelope import plain
from tests.forecast.belief.worlds import keep_fit
from tests.forecast.desk.conftest import OPEN, furnish, report

DAY = timedelta(days=1)
MEANS = {
    **dict.fromkeys(SHARED, 0.0),
    **dict.fromkeys(("c1", "kappa"), 1.0),
    **dict.fromkeys(("tau_R", "tau_k", "omega", "g0", "tau_F", "tau_F2"), 0.5),
    **{
        f"mu_grade[{one}]": mu
        for one, mu in zip("ABCDEF", (0.6, 0.45, 0.3, 0.15, 0.05, 0.25), strict=True)
    },
}
WEEK = 7.0


@pytest.fixture(params=["cold", "fitted"])
def office(tmp_path, request):
    office = furnish(tmp_path / "a.db")
    start(office, fitted=request.param == "fitted")
    yield office
    office.store.close()


def start(office, *, fitted):
    """A scheduled question at one half, with or without a fit on record."""
    state_prior(office.on(0), "Q1", Stated(0.5, 10), why="", scheduled=True)
    if fitted:
        rng = np.random.Generator(np.random.PCG64(7))
        draws = {name: mean + 0.02 * rng.standard_normal(200) for name, mean in MEANS.items()}
        keep_fit(office.on(0), draws)


def told(office, name, story, day=1.0, **more):
    with office.on(day).writing() as entry:
        record = report(f"{name}: it rains.", day=day, **{"grade": "B2", **more})
        entry.append("report.read", {**plain(record), "id": name, "story": story})


def weigh(office, name, day=2.0, weight=1.5, who="Ana", judgement="weighed", question="Q1"):
    return judge(office.on(day, who), name, question, judgement, weight)


def held(office, day=WEEK):
    """P(yes) on a day, from what was on record then."""
    at = OPEN + day * DAY
    with office.store.reading(at) as read:
        dossier = dossiers(read, at, only="Q1")["Q1"]
        return prob_of(believe(dossier, memory.last_fit(read, at), at))


def test_copies_leave_the_belief_where_it_was(office):
    told(office, "R1", "S1")
    weigh(office, "R1")
    once = held(office)
    for copy in ("R2", "R3", "R4"):
        told(office, copy, "S1", copy_of="R1", source=f"paper {copy}", grade="A1")
        weigh(office, copy, day=3)
    assert held(office) == once


def test_a_rewrite_of_one_origin_moves_it_less_than_an_independent_report(office, tmp_path):
    told(office, "R1", "S1")
    weigh(office, "R1")
    once = held(office)
    told(office, "R2", "S1", source="another")
    weigh(office, "R2", day=3)
    same = held(office)
    take_back(office.on(4), "R2", "Q1")
    told(office, "R3", "S3", source="another")
    weigh(office, "R3", day=5)
    independent = held(office)
    assert once <= same < independent


def test_the_order_of_arrival_does_not_matter(tmp_path):
    found = set()
    for place, order in enumerate(permutations(range(3))):
        office = furnish(tmp_path / f"{place}.db")
        start(office, fitted=True)
        for step, which in enumerate(order):
            told(office, f"R{which}", f"S{which // 2}", day=1 + step / 10, source=f"s{which}")
        for step, which in enumerate(order):
            weigh(office, f"R{which}", day=2 + step / 10, weight=(1.5, -0.7, 0.4)[which])
        found.add(held(office))
        office.store.close()
    assert len(found) == 1


def test_a_report_after_the_instant_is_not_used(office):
    told(office, "R1", "S1")
    weigh(office, "R1")
    before = held(office, day=3)
    told(office, "R2", "S2", day=4)
    weigh(office, "R2", day=4)
    assert held(office, day=3) == before < held(office, day=4)
    with office.store.reading() as read:
        knowing = dossiers(read, OPEN + WEEK * DAY, only="Q1")["Q1"]
        fit = memory.last_fit(read, OPEN + 3 * DAY)
    assert prob_of(believe(knowing, fit, OPEN + 3 * DAY)) == before


def test_an_irrelevant_report_changes_nothing(office):
    told(office, "R1", "S1")
    told(office, "R2", "S2")
    weigh(office, "R1")
    before = held(office)
    weigh(office, "R2", weight=0.0, judgement="irrelevant")
    assert held(office) == before


def test_an_unjudged_report_changes_nothing(office):
    before = held(office)
    told(office, "R1", "S1", grade="A1")
    assert held(office) == before


def test_a_judgement_taken_back_is_as_if_it_had_not_been(office):
    told(office, "R1", "S1")
    before = held(office)
    weigh(office, "R1")
    take_back(office.on(3), "R1", "Q1")
    assert held(office) == before
    assert held(office, day=2.5) > before


def test_a_retraction_takes_a_report_back_from_then_on(office):
    told(office, "R1", "S1")
    told(office, "R2", "S2")
    before = held(office)
    weigh(office, "R1")
    moved = held(office, day=2.5)
    retract(office.on(3), "R1", why="the agency withdrew it")
    assert held(office) == before < moved == held(office, day=2.5)
    retract(office.on(4), "R1", why="it stands", undo=True)
    assert held(office) == moved
    assert held(office, day=3.5) == before


def test_a_retraction_takes_the_copies_with_it_but_not_the_other_way_round(office):
    told(office, "R1", "S1")
    told(office, "R2", "S1", copy_of="R1")
    before = held(office)
    weigh(office, "R2")
    moved = held(office)
    retract(office.on(3), "R1", why="withdrawn")
    assert held(office) == before
    retract(office.on(4), "R1", why="it stands", undo=True)
    weigh(office, "R1", day=5)
    retract(office.on(5.5), "R2", why="that paper alone withdrew")
    assert held(office) == moved


def test_a_retraction_is_a_step_of_the_belief(office):
    told(office, "R1", "S1")
    weigh(office, "R1")
    retract(office.on(3), "R1", why="withdrawn")
    with office.store.reading() as read:
        dossier = dossiers(read, OPEN + WEEK * DAY, only="Q1")["Q1"]
        steps = changes(dossier, memory.fits(read), OPEN + WEEK * DAY)
    step = next(one for one in steps if one.cause == "retraction")
    assert (step.reference, step.at) == ("R1", OPEN + 3 * DAY)
    assert step.before == pytest.approx(held(office, day=2.9))
    assert step.after == pytest.approx(held(office, day=3))


def test_two_judges_are_pooled_by_the_mean_of_their_weights(office):
    told(office, "R1", "S1")
    for who, weight in (("Ana", 2.0), ("Bo", 0.5)):
        weigh(office, "R1", weight=weight, who=who)
    pooled = held(office)
    for who in ("Ana", "Bo"):
        weigh(office, "R1", day=3, weight=1.25, who=who)
    assert held(office) == pooled


def test_one_judge_who_calls_a_report_irrelevant_halves_what_the_other_weighs(office):
    told(office, "R1", "S1")
    weigh(office, "R1", weight=2.0)
    alone = held(office)
    weigh(office, "R1", weight=0.0, who="Bo", judgement="irrelevant")
    disputed = held(office)
    for who in ("Ana", "Bo"):
        weigh(office, "R1", day=3, weight=1.0, who=who)
    assert held(office) == disputed < alone


def test_a_sources_grade_counts_from_when_it_was_set_unless_the_report_has_its_own(office):
    told(office, "R1", "S1", source="EJ", grade="")
    weigh(office, "R1")
    ungraded = held(office)
    describe(office.on(3), "Evening Journal", aliases=["EJ"], grade="A1")
    assert held(office) > ungraded == held(office, day=2.9)
    told(office, "R2", "S2", day=4, source="EJ", grade="E5")
    weigh(office, "R2", day=4)
    before = held(office)
    describe(office.on(5), "EJ", grade="A2")
    describe(office.on(6), "EJ", grade="A1")
    assert held(office) == before


def test_aliases_of_a_source_are_one_source_to_the_belief(office):
    describe(office.on(0.5), "Evening Journal", aliases=["EJ"], domains=["journal.example"])
    for name, said in (
        ("R1", "EJ"),
        ("R2", "https://journal.example/a"),
        ("R3", "evening journal"),
    ):
        told(office, name, name, source=said)
        weigh(office, name)
    with office.store.reading() as read:
        evidence = dossiers(read, OPEN + WEEK * DAY, only="Q1")["Q1"].evidence
    assert {one.source for one in evidence} == {"Evening Journal"}
