"""What kind of question a person asks for."""

from datetime import UTC, datetime

import pytest

from forecast.desk.kinds import Wanted, kind_of
from questions.errors import BadInput
from questions.records import Binary, Date, Discrete, MultipleChoice, Numeric


@pytest.mark.parametrize(
    ("wanted", "kind"),
    [
        (Wanted(), Binary()),
        (
            Wanted("multiple_choice", options="Red, Dark  Blue"),
            MultipleChoice(("Red", "Dark Blue")),
        ),
        (Wanted("numeric", range="0:100", unit="mm"), Numeric(0, 100, "mm")),
        (
            Wanted("numeric", range="1:1e6", zero_point=0, open_upper=True),
            Numeric(1, 1e6, "", False, True, 0),
        ),
        (Wanted("discrete", range="0:10", step=2), Discrete(-1, 11, 6)),
        (
            Wanted("date", range="2030-01-01:2031-01-01T12:00Z"),
            Date(datetime(2030, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, 12, tzinfo=UTC)),
        ),
    ],
)
def test_words_become_a_kind(wanted, kind):
    assert kind_of(wanted) == kind


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (Wanted("ternary"), "one of binary, multiple_choice, numeric, discrete, date"),
        (Wanted("multiple_choice"), "no options: give two or more names"),
        (Wanted("multiple_choice", options="Red"), "two or more names"),
        (Wanted("multiple_choice", options="Red,red"), "each option once"),
        (Wanted("multiple_choice", options="a=b,c"), "names without ="),
        (Wanted("multiple_choice", options="Annulled,c"), "every question can be annulled"),
        (Wanted(options="A,B"), "--type multiple_choice with --options"),
        (
            Wanted("date", range="2030-01-01:2031-01-01", unit="d"),
            "numeric or discrete with --unit",
        ),
        (Wanted("numeric"), "no range: give LOW:HIGH"),
        (Wanted("numeric", range="9:3"), "LOW below HIGH"),
        (Wanted("numeric", range="0:inf"), "LOW below HIGH"),
        (Wanted("numeric", range="1:9", zero_point=1), "a number below the range"),
        (Wanted("discrete", range="0:10", step=3), "a step that divides the range"),
        (Wanted("discrete", range="0:10", step=0), "a step that divides the range"),
        (Wanted("date", range="2031-01-01:2030-01-01"), "does not come first"),
        (Wanted("date", range="2030"), "FIRST:LAST"),
    ],
)
def test_what_is_no_kind_is_refused(wanted, why):
    with pytest.raises(BadInput) as refused:
        kind_of(wanted)
    assert why in str(refused.value)
