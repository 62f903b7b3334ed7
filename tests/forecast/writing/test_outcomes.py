"""What happened, as people write it."""

import math
from datetime import UTC, datetime

import pytest

from forecast.writing.outcomes import parse_outcome
from questions.errors import BadInput
from questions.records import Binary, Date, Discrete, MultipleChoice, Numeric
from questions.values import NO, YES, Chosen, Moment, Number, Void

PARTIES = MultipleChoice(("Red", "Blue", "No"))
RAIN = Numeric(0, 100, "mm", open_upper_bound=True)
SEATS = Discrete(-0.5, 10.5, 11)
DAY = Date(datetime(2030, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("kind", "text", "outcome"),
    [
        (Binary(), " Yes ", YES),
        (Binary(), "no", NO),
        (PARTIES, "red", Chosen("Red")),
        (PARTIES, "no", Chosen("No")),
        (PARTIES, "bl", Chosen("Blue")),
        (PARTIES, "ambiguous", Void("ambiguous")),
        (RAIN, "12.5", Number(12.5)),
        (RAIN, "250", Number(250.0)),
        (RAIN, "above_upper_bound", Number(math.inf)),
        (RAIN, "annulled", Void("annulled")),
        (SEATS, "3", Number(3.0)),
        (DAY, "2030-05-01", Moment(datetime(2030, 5, 1, tzinfo=UTC))),
        (DAY, "above_upper_bound", Number(math.inf)),
    ],
)
def test_each_kind_of_question_has_outcomes_of_its_own(kind, text, outcome):
    assert parse_outcome(kind, text) == outcome


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        (Binary(), "maybe", "yes, no, ambiguous or annulled"),
        (PARTIES, "green", "Red, Blue, No, ambiguous or annulled"),
        (RAIN, "-1", "at least 0, where the range ends"),
        (RAIN, "below_lower_bound", "its lower end is closed"),
        (RAIN, "yes", "a number such as 12.5"),
        (SEATS, "3.5", "a number in steps of 1, such as 0"),
        (SEATS, "11", "at most 10"),
        (DAY, "2029-12-31", "at least 2030-01-01"),
        (DAY, "soon", "a date such as"),
    ],
)
def test_what_cannot_have_happened_is_refused(kind, text, why):
    with pytest.raises(BadInput) as refused:
        parse_outcome(kind, text)
    assert why in str(refused.value)
