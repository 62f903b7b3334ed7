import numpy as np
import pytest

from questions.reports.naming import COUNTRY, named, names_of, written_names
from questions.reports.tokens import tokens


def given(text, asked):
    return named(tokens([text]), 1, asked)[0]


def degree(text, title):
    return given(text, names_of([title]))[0]


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Ana Duarte visit Kenya", ["Ana Duarte", "Kenya"]),
        ("the Bank of the South cut its rate", ["Bank of the South"]),
        ("Court of Auditors (CoA) meet", ["Court of Auditors (CoA)"]),
        ("Lindholm's ferries stop", ["Lindholm's"]),
        ("How many ships leave", []),
        ("it rain", []),
    ],
)
def test_names_are_runs_of_capitals(title, names):
    assert written_names(title) == names


def test_each_word_of_a_name_gives_an_equal_part():
    assert degree("Duarte spoke.", "Ana Duarte resign") == 0.5
    assert degree("Ana Duarte spoke.", "Ana Duarte resign") == 1


def test_only_what_is_written_with_a_capital_is_a_name():
    assert degree("Every bank was shut.", "Norges Bank raise its rate") == 0


def test_a_country_counts_a_third_of_another_name():
    title = "Sudanese forces capture Omdurman"
    assert degree("In Omdurman it rained.", title) == pytest.approx(1 / (1 + COUNTRY))
    assert degree("In Sudan it rained.", title) == pytest.approx(COUNTRY / (1 + COUNTRY))


@pytest.mark.parametrize("said", ["Sudan", "Sudanese", "Khartoum"])
def test_people_and_capital_stand_for_a_country(said):
    assert degree(f"News from {said}.", "Sudan hold an election") == 1


def test_initials_stand_for_a_name():
    assert degree("The CSC agreed.", "Coastal Shipping Council agree") == 1
    assert degree("The ABC agreed.", "Coastal Shipping Council (ABC) agree") == 1
    assert degree("Plan B.", "Bergen agree") == 0


def test_every_question_has_its_own_names():
    asked = names_of(["Ana Duarte resign", "it rain", "Bergen and Lindholm merge"])
    assert np.allclose(given("Duarte is in Bergen.", asked), [0.5, 0, 0.5])


def test_a_name_that_stands_twice_counts_once():
    title = "Ana Duarte visit Bergen or Duarte leave Bergen"
    assert degree("Duarte.", title) == pytest.approx((1 / 2 + 1) / 3)


def test_no_names_are_named_by_nothing():
    assert given("Bergen", names_of([])).shape == (0,)
    assert given("Bergen", names_of(["it rain"])).tolist() == [0]
    assert given("", names_of(["Bergen burn"])).tolist() == [0]


def test_each_text_has_its_own_row():
    asked = names_of(["Bergen burn", "Ana Duarte resign"])
    assert named(tokens(["Duarte.", "", "In Bergen."]), 3, asked).tolist() == [
        [0, 0.5],
        [0, 0],
        [1, 0],
    ]
