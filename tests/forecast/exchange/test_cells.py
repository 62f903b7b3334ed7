"""What platforms write in fields, as our values."""

from datetime import UTC, datetime

import pytest

from forecast.exchange import cells
from questions.errors import BadInput
from questions.records import Binary, MultipleChoice, Numeric
from questions.values import YES, Chosen, Number, Probability, Shares, Void

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "thing",
    [
        1714564800,
        1714564800.0,
        "1714564800",
        1714564800000,
        "1714564800000.0",
        "2024-05-01T12:00:00Z",
        "2024-05-01 12:00:00+00",
        "2024-05-01 12:00:00.000000+00:00",
        "2024-05-01T14:00+02:00",
        "2024-05-01 12:00:00 UTC",
    ],
)
def test_an_instant_is_one_instant_however_it_is_written(thing):
    naive = str(thing).endswith("UTC")
    assert cells.instant(thing, "time", naive=naive) == NOON


def test_microseconds_are_kept_to_the_last():
    found = cells.instant(1741829603.176046, "time")
    assert found == cells.instant("2025-03-13 01:33:23.176046+00", "time")


def test_a_bare_date_is_its_midnight():
    assert cells.instant("2024-05-01", "time") == datetime(2024, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "thing",
    [
        *("2024-05-01 12:00", "soon", "2024-02-30", "0001-01-01T00:00:00+14:00"),
        *(-5, 1e300, float("nan"), float("inf"), True, [1]),
    ],
)
def test_what_is_no_instant_is_refused(thing):
    with pytest.raises(BadInput, match="time"):
        cells.instant(thing, "time")


def test_a_deadline_at_the_end_of_all_days_is_one():
    last = cells.instant("9999-12-31", "deadline")
    assert last.year == 9999
    with pytest.raises(BadInput, match="an earlier day"):
        cells.next_midnight(last, "deadline")


def test_a_missing_time_is_refused_where_one_is_needed():
    with pytest.raises(BadInput, match="no open_time"):
        cells.moment(None, "open_time")


@pytest.mark.parametrize(
    ("thing", "scale", "prob"),
    [("0.35", 1, 0.35), (35, 100, 0.35), ("35%", 1, 0.35), ("35 %", 100, 0.35), (1, 1, 1.0)],
)
def test_a_probability_is_read_by_its_scale(thing, scale, prob):
    assert cells.probability(thing, "p", scale=scale) == Probability(prob)


@pytest.mark.parametrize("thing", [None, "", "x", 1.01, -0.1, "101%", float("nan"), True])
def test_what_is_no_probability_is_refused(thing):
    with pytest.raises(BadInput):
        cells.probability(thing, "p")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("['A', \"B's\"]", ["A", "B's"]),
        ('["A", "B"]', ["A", "B"]),
        ("[0.1, None]", [0.1, None]),
        ("(1, 2)", None),
        ("", []),
        (None, []),
    ],
)
def test_lists_are_read_as_json_or_as_python_has_them(text, found):
    if found is None:
        with pytest.raises(BadInput, match="a list"):
            cells.listed(text, "options")
    else:
        assert cells.listed(text, "options") == found


def test_nothing_in_a_list_is_run():
    with pytest.raises(BadInput, match="a list"):
        cells.listed("[__import__('os').getcwd()]", "options")


def test_shares_leave_out_what_was_not_on_offer():
    assert cells.shares("ABC", [0.5, None, 0.5], "p") == Shares((("A", 0.5), ("C", 0.5)))


@pytest.mark.parametrize("amounts", [[0.5, 0.5], [0.5, 0.5, 0.5], [1.5, -0.5, 0], ["x", 0, 1]])
def test_what_are_no_shares_is_refused(amounts):
    with pytest.raises(BadInput):
        cells.shares("ABC", amounts, "p")


@pytest.mark.parametrize("points", [[0.5], [0.5, 0.4], [-0.1, 1], [0, float("nan"), 1], ["x", 1]])
def test_what_is_no_distribution_is_refused(points):
    with pytest.raises(BadInput):
        cells.cdf(points, "cdf")


@pytest.mark.parametrize(
    ("kind", "text", "outcome"),
    [
        (Binary(), "Yes", YES),
        (Binary(), "annulled", Void("annulled")),
        (MultipleChoice(("Labour", "Other")), "Labour", Chosen("Labour")),
        (MultipleChoice(("Labour", "Other")), "ambiguous", Void("ambiguous")),
        (Numeric(0, 10, open_upper_bound=True), "above_upper_bound", Number(float("inf"))),
        (Numeric(0, 10), "7.5", Number(7.5)),
        (Binary(), "", None),
    ],
)
def test_outcomes_are_read_as_metaculus_writes_them(kind, text, outcome):
    assert cells.outcome(kind, text, "resolution") == outcome


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (MultipleChoice(("Labour", "Other")), "Lab"),
        (Binary(), "maybe"),
        (Numeric(0, 10), "above_upper_bound"),
    ],
)
def test_an_outcome_that_a_question_cannot_have_is_refused(kind, text):
    with pytest.raises(BadInput, match="resolution"):
        cells.outcome(kind, text, "resolution")


def test_types_are_known_however_they_are_spelled():
    assert cells.kind_name("Multiple Choice") == cells.kind_name("multiple-choice")
    with pytest.raises(BadInput, match="one of binary"):
        cells.kind_name("essay")
