from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from questions.modelled.merging import asks_the_same, merged
from questions.records import Draft, Finding, Quotation

DRAFT = Draft(
    title="Will Ana Duarte visit Kenya by 30 June 2024?",
    family="visit",
    roles=(("visitor", "Ana Duarte"),),
    open_time=datetime(2024, 5, 6, tzinfo=UTC),
    scheduled_close_time=datetime(2024, 7, 1, tzinfo=UTC),
    deadline_reason="",
    resolution_criteria="",
    fine_print="",
    quotation=Quotation("Ana Duarte plans to go.", 0, 23),
    rank=0.8,
)
WRONG = Finding("error", "title", "it is wrong", "put it right")


def by_model(title: str, rank: float = 0.7, *problems: Finding) -> Draft:
    return replace(DRAFT, title=title, family="model", roles=(), rank=rank, problems=problems)


def test_a_model_s_draft_stands_where_its_rank_puts_it() -> None:
    low = replace(DRAFT, title="Will Bo Hansen resign by 30 June 2024?", rank=0.5)
    between = by_model("Will Kenya recall its envoy from Lisbon by 30 June 2024?", 0.6)
    assert merged([DRAFT, low], [between]) == [DRAFT, between, low]


def test_of_two_that_ask_the_same_the_rules_one_stays() -> None:
    again = by_model("Will Ana Duarte pay a visit to Kenya by 31 July 2024?", 0.99)
    assert asks_the_same(DRAFT, again)
    assert merged([DRAFT], [again]) == [DRAFT]


def test_a_sound_draft_of_the_model_stands_in_for_a_faulty_one_of_the_rules() -> None:
    faulty = replace(DRAFT, problems=(WRONG,))
    sound = by_model(DRAFT.title)
    assert merged([faulty], [sound]) == [sound]
    assert merged([faulty], [by_model(DRAFT.title, 0.7, WRONG)]) == [faulty]


def test_a_model_that_repeats_itself_is_heard_once() -> None:
    first, second = by_model(DRAFT.title, 0.7), by_model(DRAFT.title, 0.6)
    assert merged([], [first, second]) == [first]


def test_other_agents_and_other_deeds_are_other_questions() -> None:
    for title in (
        "Will Bo Hansen visit Peru by 30 June 2024?",
        "Will Ana Duarte resign by 30 June 2024?",
        "Will Kenya expel Ana Duarte's deputy Rui Paz by 30 June 2024?",
    ):
        assert not asks_the_same(DRAFT, by_model(title)), title


@given(
    st.lists(st.text(max_size=30), max_size=5), st.lists(st.floats(0, 1), min_size=5, max_size=5)
)
def test_nothing_of_the_rules_is_lost_without_an_error(
    titles: list[str], ranks: list[float]
) -> None:
    suggested = [by_model(title, rank) for title, rank in zip(titles, ranks, strict=False)]
    found = merged([DRAFT], suggested)
    assert DRAFT in found
    assert len(found) <= 1 + len(suggested)
    assert [one.rank for one in found] == sorted((one.rank for one in found), reverse=True)
