"""Why a belief is elsewhere than it was."""

from forecast.show.reasons import MOST, reasons
from tests.forecast.show.stories import on


def step(cause, day, before, after, reference="", title=""):
    about = {"cause": cause, "reference": reference, "title": title, "at": on(day)}
    return {**about, "before": before, "after": after}


def view(*steps, evidence=()):
    return {"beliefs": steps, "evidence": evidence}


def row(move, prob=0.5):
    return {"prob": prob, "move": move}


def test_reports_are_named_with_what_they_did_and_time_with_the_rest():
    told = view(
        step("prior", 0, None, 0.4),
        step("evidence", 2, 0.4, 0.5, "R1", "Before"),
        step("evidence", 8, 0.45, 0.6, "R2", "Rain"),
    )
    assert reasons(row(0.1), told, on(5)) == ["R2 Rain (+15.0)", "time that passed (-5.0)"]


def test_a_report_that_two_judged_is_one_reason():
    told = view(
        step("evidence", 7, 0.4, 0.5, "R2", "Rain"),
        step("evidence", 8, 0.5, 0.45, "R2", "Rain"),
    )
    assert reasons(row(0.05), told, on(5)) == ["R2 Rain (+5.0)"]


def test_a_refit_and_a_report_taken_back_are_said_to_be_that():
    told = view(
        step("fit", 6, 0.4, 0.5, "M2"), step("retraction", 7, 0.5, 0.2, "R1", "Rain\x1b[2J")
    )
    assert reasons(row(-0.2), told, on(5)) == [
        "retracted R1 Rain [2J (-30.0)",
        "refit M2 (+10.0)",
    ]


def test_what_did_next_to_nothing_is_no_reason():
    assert reasons(row(0.001), view(), on(5)) == []


def test_a_few_reasons_are_enough():
    told = view(*(step("evidence", 6, 0.1, 0.1 + n / 50, f"R{n}") for n in range(1, 9)))
    found = reasons(row(0.72), told, on(5))
    assert len(found) == MOST
    assert found[0].startswith("R8")


def test_of_a_number_the_reports_judged_since_are_told():
    judged = {"stands": True, "at": on(6)}
    reports = [
        {"report": "R1", "title": "Old", "judgements": [{"stands": True, "at": on(1)}]},
        {"report": "R2", "title": "New", "judgements": [judged]},
        {"report": "R3", "title": "Taken back", "judgements": [{"stands": False, "at": on(6)}]},
    ]
    assert reasons(row(0.2, prob=None), view(evidence=reports), on(5)) == ["R2 New"]
