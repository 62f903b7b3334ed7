from datetime import date

from questions.drafting.deadlines import Deadline
from questions.drafting.events import events_in
from questions.drafting.families import families
from questions.drafting.merging import Happening, happenings
from questions.drafting.names import names_in
from questions.drafting.parsing import parse
from questions.drafting.ranking import rank_of
from questions.language import english

MONDAY = date(2023, 3, 13)
SOON = Deadline(date(2023, 4, 30), "", exact=True)


def happening(text: str) -> Happening:
    doc = parse(text, english())
    (one,) = happenings(events_in(doc, names_in(doc), families(), MONDAY), MONDAY)
    return one


PLANNED = "Ana Duarte plans to visit Kenya."


def test_a_plan_outranks_a_mere_possibility() -> None:
    possible = happening("Ana Duarte could visit Kenya.")
    assert rank_of(happening(PLANNED), SOON, MONDAY) > rank_of(possible, SOON, MONDAY)


def test_soon_outranks_late() -> None:
    late = Deadline(date(2024, 4, 30), "", exact=True)
    one = happening(PLANNED)
    assert rank_of(one, SOON, MONDAY) > rank_of(one, late, MONDAY) > 0


def test_a_named_date_outranks_a_default() -> None:
    default = Deadline(SOON.day, "", exact=False)
    one = happening(PLANNED)
    assert rank_of(one, SOON, MONDAY) > rank_of(one, default, MONDAY)


def test_more_mentions_raise_the_rank_up_to_a_bound() -> None:
    ranks = [rank_of(happening(f"{PLANNED} " * k), SOON, MONDAY) for k in (1, 2, 5, 9)]
    assert ranks[0] < ranks[1] < ranks[2] == ranks[3]


def test_a_consequential_family_outranks_an_idle_one() -> None:
    endorsement = happening("Bo Hansen plans to endorse Ana Duarte.")
    assert rank_of(happening(PLANNED), SOON, MONDAY) > rank_of(endorsement, SOON, MONDAY)
