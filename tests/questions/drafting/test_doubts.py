from dataclasses import replace
from datetime import date

import pytest

from questions.drafting.deeds import Deed
from questions.drafting.doubts import Reading, doubts_of
from questions.english.windows import windows

MONDAY = date(2024, 5, 6)
JUNE = windows("on 3 June", MONDAY)[0]
CLEAR = Reading(
    verb="open",
    deed=Deed("open a hangar in Bergen", whole=True, specific=True),
    named=True,
    mood="planned",
    window=JUNE,
    quoted=False,
)


def test_a_named_plan_for_a_named_day_has_no_doubts() -> None:
    assert doubts_of(CLEAR, MONDAY) == ()


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"named": False}, "nobody is named"),
        ({"verb": "consider"}, "nobody can tell the day"),
        ({"deed": Deed("open it", whole=False, specific=False)}, "leans on words around"),
        ({"deed": Deed("open doors", whole=True, specific=False)}, "nothing in particular"),
        ({"quoted": True}, "somebody's own words"),
        ({"mood": "denied"}, "calls it denied only"),
        ({"verb": "paint", "window": None}, "names no day"),
        ({"window": windows("by 2050", MONDAY)[0]}, "not ahead, or far off"),
        ({"mood": "scheduled", "window": None}, "calls it scheduled only"),
    ],
)
def test_each_gap_is_said(changed: dict[str, object], what: str) -> None:
    (found,) = doubts_of(replace(CLEAR, **changed), MONDAY)  # type: ignore[arg-type]
    assert found.level == "error"
    assert what in found.what
    assert found.hint


def test_an_act_with_a_day_of_its_own_needs_no_date() -> None:
    assert doubts_of(replace(CLEAR, window=None), MONDAY) == ()
    assert doubts_of(replace(CLEAR, window=None, mood="possible"), MONDAY) == ()
