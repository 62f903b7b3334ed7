"""Laws that a belief of every kind keeps, whatever is reported."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.belief.fold import believe
from forecast.belief.kinds.starts import within
from forecast.histories.targets import shape_of
from forecast.records import Cases, Rate, Spread, Stated
from questions.records import Date, MultipleChoice, Numeric
from questions.values import Probability, Shares
from tests.forecast.belief.kinds.simulated import doubted
from tests.forecast.belief.kinds.test_rungs import UNSTATED, ladder
from tests.forecast.belief.kinds.test_signals import some_fit
from tests.forecast.belief.worlds import CLOSE, OPEN, dossier, judged

DAY = timedelta(days=1)
AT = OPEN + 20 * DAY
PARTIES = MultipleChoice(("Red", "Blue", "Other"))
RAIN = Numeric(0, 100, "mm", open_upper_bound=True)
WHEN = Date(OPEN, CLOSE)
DATES = shape_of(WHEN)[2]
HALF = (Stated(0.6, 8), True)
LEARNED = some_fit(10, c0=-0.3, c1=0.8, kappa=1.4, delta_R=0.1, **{"b_judge[ana]": 0.3})
FITS = (None, LEARNED, doubted(LEARNED))
KINDS = ("options", "number", "date", "deadlines", "numbers", "pair")


def asked(kind, evidence):
    """A question of some kind; of several that hang together each gets a part of the reports."""
    listed = [_signalled(kind, one) for one in evidence]
    match kind:
        case "options":
            spread = Spread(Shares((("Red", 0.5), ("Blue", 0.3), ("Other", 0.2))), 10.0)
            return replace(dossier(*listed), kind=PARTIES, spread=spread)
        case "number":
            return replace(dossier(*listed), kind=RAIN)
        case "date":
            return replace(dossier(*listed, basis=HALF[0]), kind=WHEN, stated=True)
        case "pair":
            first, second = ([one for one in listed if one.question == q] for q in ("Q1", "Q2"))
            other = dossier(*first, basis=Stated(0.4, 8))
            return replace(dossier(*second, question="Q2"), given=(other, 0.8, 0.3))
    bases = ((Stated(0.2, 8), True), UNSTATED, HALF)
    return ladder(listed, bases, by_deadline=kind == "deadlines")[1]


def _signalled(kind, one):
    """A judgement as its kind of question has it."""
    match kind:
        case "options":
            return replace(one, signal=(("Red", one.weight), ("Blue", -one.weight / 2)))
        case "number":
            middle = 40 + 10 * one.weight
            return replace(one, signal=((0.1, middle - 9), (0.5, middle), (0.9, middle + 12)))
    return one


def chances_of(matter, fit, at=AT):
    """The chances of the cells of a question, which sum to one."""
    value = believe(matter, fit, at).value
    match value:
        case Probability(yes):
            return np.array([yes, 1 - yes])
        case Shares(by_option):
            return np.array([share for _, share in by_option])
    return np.diff(value.points, prepend=0.0, append=1.0)


def all_of(matter, fit, at=AT):
    """Everything that a belief says, as one vector."""
    found = believe(matter, fit, at)
    ends = [end for _, *both in found.intervals for end in both]
    ends = np.nan_to_num([found.ci_low, found.ci_high, *ends], posinf=0.0, neginf=0.0)
    return np.array([*chances_of(matter, fit, at), *ends])


reports = st.tuples(
    st.floats(-2, 2), st.sampled_from("ABF"), st.sampled_from("123"), st.integers(1, 3)
)
some = st.lists(reports, min_size=1, max_size=4)
fits = st.sampled_from(FITS)
few = settings(max_examples=8)
kinds = pytest.mark.parametrize("kind", KINDS)


def told(rows, question=None):
    return [
        replace(
            judged(f"R{at}", weight, grade=letter + number, story=f"S{story}"),
            question=question or ("Q1", "Q2", "Q3")[int(number) - 1],
        )
        for at, (weight, letter, number, story) in enumerate(rows)
    ]


@kinds
@few
@given(some, fits, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(kind, rows, fit, chance):
    evidence = told(rows)
    again = chance.sample(evidence, len(evidence))
    found, wanted = (all_of(asked(kind, listed), fit) for listed in (again, evidence))
    assert found == pytest.approx(wanted, abs=1e-9)


@kinds
@few
@given(some, fits)
def test_a_copy_counts_once(kind, rows, fit):
    evidence = told(rows)
    copies = [replace(one, report=f"C{one.report}", copy_of=one.report) for one in evidence]
    found, wanted = (all_of(asked(kind, one), fit) for one in (evidence + copies, evidence))
    assert found == pytest.approx(wanted, abs=1e-9)


@kinds
@few
@given(some, fits)
def test_a_report_of_no_bearing_moves_nothing(kind, rows, fit):
    evidence = told(rows)
    idle = replace(judged("R9", 0.0, judgement="irrelevant"), question="Q2")
    found, wanted = (all_of(asked(kind, one), fit) for one in ([*evidence, idle], evidence))
    assert found == pytest.approx(wanted, abs=1e-9)


@kinds
def test_each_of_these_laws_is_about_reports_that_move_the_belief(kind):
    evidence = told([(2.0, "A", "1", 1), (2.0, "A", "2", 2)])
    for fit in FITS:
        before, after = (chances_of(asked(kind, listed), fit) for listed in ([], evidence))
        assert abs(after - before).sum() > 0.05


@pytest.mark.parametrize("basis", [HALF[0], Cases(3, 10), Rate(1, 30)])
@few
@given(some, fits, st.floats(0, 47))
def test_a_date_question_the_deadline_and_the_rung_cut_from_it_agree(basis, rows, fit, day):
    """At the end of its range at every instant; a rung between by one and the same hazard.

    The grid is linear within each of its 200 bins, the hazard is not.
    """
    at, listed = OPEN + day * DAY, told(rows, "Q3")
    date = believe(replace(asked("date", told(rows)), basis=basis), fit, at)
    points = np.array(date.value.points)
    deadline = believe(dossier(*told(rows), basis=basis), fit, at)
    assert within(points, DATES, CLOSE) == pytest.approx(deadline.value.yes, abs=1e-3)
    rungs = ladder(listed, (UNSTATED, UNSTATED, (basis, True)))
    for rung in rungs:
        cut = within(points, DATES, rung.scheduled_close_time)
        assert believe(rung, fit, at).value.yes == pytest.approx(cut, abs=2e-3)


@kinds
@few
@given(some, fits)
def test_chances_are_chances_and_are_whole(kind, rows, fit):
    found = chances_of(asked(kind, told(rows)), fit)
    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1)


@kinds
def test_cold_no_heap_of_reports_moves_anything_by_more_than_three_nats(kind):
    """And the joint is the belief: of those who speak nothing was learned."""
    heap = told([(2.0, "A", "2", at) for at in range(40)])
    before, after = (chances_of(asked(kind, listed), None) for listed in ([], heap))
    moved = np.log(after[before > 0]) - np.log(before[before > 0])
    assert 2 < np.ptp(moved) <= 3 + 1e-9
    both = (believe(asked(kind, heap), None, AT, joint=joint).value for joint in (False, True))
    assert len({*both}) == 1
