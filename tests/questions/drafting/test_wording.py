from datetime import date

from questions.drafting.deadlines import Deadline
from questions.drafting.events import Event, events_in
from questions.drafting.families import families
from questions.drafting.merging import Happening
from questions.drafting.names import names_in
from questions.drafting.parsing import parse
from questions.drafting.wording import criteria_of, fine_print_of, roles_of, title_of
from questions.language import english

MONDAY = date(2023, 3, 13)
APRIL = Deadline(date(2023, 4, 30), "the article names no date", exact=False)


def event(text: str) -> Event:
    doc = parse(text, english())
    found = events_in(doc, names_in(doc), families(), MONDAY)
    return next(event for event in found if event.complete)


def test_a_title_leaves_out_the_part_whose_role_is_empty() -> None:
    without = event("Sudanese forces plan to launch an offensive.")
    with_place = event("Sudanese forces plan to launch an offensive in Darfur.")
    assert title_of(without, APRIL) == (
        "Will Sudanese forces launch a new offensive by 30 April 2023?"
    )
    assert title_of(with_place, APRIL) == (
        "Will Sudanese forces launch a new offensive in Darfur by 30 April 2023?"
    )


def test_of_many_officials_one_is_enough() -> None:
    court = "The International Criminal Court may issue an arrest warrant for Sudanese generals."
    assert "for at least one Sudanese general by" in title_of(event(court), APRIL)


def test_criteria_name_the_days_both_ends_included() -> None:
    criteria = criteria_of(event("Ana Duarte plans to visit Kenya."), APRIL, MONDAY)
    assert "from 13 March 2023 to 30 April 2023, both included" in criteria
    assert [line.split(":")[0] for line in criteria.splitlines()] == [
        "Yes",
        "No",
        "Void",
        "Settled by",
    ]


def test_a_pair_has_the_same_roles_in_either_order() -> None:
    one = event("Ana Duarte plans to meet Bo Hansen.")
    other = event("Bo Hansen plans to meet Ana Duarte.")
    assert roles_of(one) == roles_of(other) == (("one", "Ana Duarte"), ("other", "Bo Hansen"))


def test_fine_print_holds_the_edge_cases_of_the_family() -> None:
    one = event("Ana Duarte plans to visit Kenya.")
    assert "any part of Kenya counts" in fine_print_of(Happening(one, (one,), None, ()), APRIL)
