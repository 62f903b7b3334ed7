"""Questions as scoring sees them."""

from datetime import UTC, datetime, timedelta

import pytest

from forecast.histories.targets import Grid, Target, close_of, spot_of, target_of
from questions.records import Binary, Date, MultipleChoice, Numeric, Question, Resolution, Tracked
from questions.values import YES

DAY0 = datetime(1970, 1, 2, tzinfo=UTC)


def on(day):
    return DAY0 + timedelta(days=day)


def tracked(kind, resolution=None, closed=None):
    question = Question("Q1", "Will it?", kind, on(0), on(10), "It does.")
    return Tracked(question, "open", closed, resolution)


def test_an_early_answer_closes_and_a_late_one_does_not():
    assert close_of(Target("Q1", "binary", on(0), on(10), resolved_at=on(4))) == on(4)
    assert close_of(Target("Q1", "binary", on(0), on(10), resolved_at=on(14))) == on(10)
    assert close_of(Target("Q1", "binary", on(0), on(10))) == on(10)


def test_the_spot_lies_at_the_latest_at_the_actual_close():
    target = Target("Q1", "binary", on(0), on(10), actual_close_time=on(4), spot_scoring_time=on(5))
    assert spot_of(target) == on(4)


def test_a_tracked_question_keeps_its_times_and_its_outcome():
    resolution = Resolution("Q1", YES, on(4), "the gazette", on(5))
    target = target_of(tracked(Binary(), resolution, closed=on(4)))
    assert (target.type, target.outcome, target.actual_close_time) == ("binary", YES, on(4))
    assert target_of(tracked(Binary())).outcome is None


@pytest.mark.parametrize(
    ("kind", "type_", "options", "grid"),
    [
        (MultipleChoice(("x", "y")), "multiple_choice", ("x", "y"), None),
        (
            Numeric(1, 9, zero_point=0, open_upper_bound=True),
            "numeric",
            (),
            Grid(1, 9, 0, False, True),
        ),
        (Date(on(0), on(1)), "date", (), Grid(86400, 172800, None, False, True)),
    ],
)
def test_every_kind_of_question_has_its_type(kind, type_, options, grid):
    target = target_of(tracked(kind))
    assert (target.type, target.options, target.grid) == (type_, options, grid)


def test_an_unknown_kind_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="knows no question such as 'riddle'"):
        target_of(tracked("riddle"))
