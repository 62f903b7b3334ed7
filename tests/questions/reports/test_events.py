import tomllib
from importlib.resources import files

import numpy as np
import pytest

from questions.drafting.families import families
from questions.reports.events import SIGNS_ALONE, asked_types, event_types, told
from questions.reports.tokens import tokens

NAMES = [one.family for one in event_types()]


def degree(text, family):
    return told(tokens([text]), 1)[0, NAMES.index(family)]


def test_every_family_that_has_forms_is_a_type_of_event():
    assert [family.name for family in families() if family.forms] == NAMES


def test_every_family_has_a_topic_and_topics_name_no_other():
    text = files("questions.reports").joinpath("topics.toml").read_text("utf-8")
    topics = tomllib.loads(text)["topics"].values()
    assert {family for topic in topics for family in topic["families"]} == set(NAMES)


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("The mayor stepped down.", "resignation"),
        ("Her resignation was read aloud.", "resignation"),
        ("The militia seized the port.", "capture"),
        ("They took control of the port.", "capture"),
        ("A truce was agreed.", "ceasefire"),
        ("The board withdrew its troops.", "withdrawal"),
        ("The pullout has begun.", "withdrawal"),
        ("The bank is raising its rate.", "rate"),
        ("Parliament ratifies the treaty.", "approval"),
        ("Both were indicted.", "charge"),
    ],
)
def test_any_form_of_a_family_tells_it(text, family):
    assert degree(text, family) >= 0.75


def test_signs_add_up_and_never_reach_what_a_form_does():
    """0.85 times a half, then three quarters, of the way."""
    one = degree("Soldiers waited.", "capture")
    two = degree("Soldiers waited near the artillery.", "capture")
    many = degree("Troops, artillery, shells, trenches, garrison, tanks and a siege.", "capture")
    assert (one, two) == (SIGNS_ALONE * 0.5, SIGNS_ALONE * 0.75)
    assert two < many < SIGNS_ALONE


def test_a_form_that_tells_many_other_things_is_no_more_than_a_sign():
    assert degree("Sales fell in June.", "capture") == SIGNS_ALONE * 0.5
    assert degree("The town fell to the rebels.", "capture") > degree("Sales fell.", "capture")


def test_the_words_of_a_form_stand_in_one_sentence():
    together = "The company fired a missile."
    apart = "The company fired its chief. Its next product is called Missile."
    assert degree(together, "missile") == 0.75
    assert degree(apart, "missile") == 0


def test_a_word_that_any_text_may_hold_tells_nothing():
    assert degree("They took their time.", "capture") == 0
    assert degree("He will go there.", "visit") == 0


@pytest.mark.parametrize("text", ["", "\n", "The choir sang in the lamp room.", "🙂" * 99])
def test_other_texts_tell_nothing(text):
    assert not told(tokens([text]), 1).any()


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("the rebels seize Goma", "capture"),
        ("Ana Duarte step down as chair", "resignation"),
        ("Oman and Yemen sign a peace deal", "agreement"),
        ("the Riksbank cut its interest rate", "rate"),
        ("job growth fall below zero", None),
        ("the museum open its tower", None),
    ],
)
def test_a_title_shows_the_type_of_event(title, family):
    (place,) = asked_types([""], [title])
    assert (NAMES[place] if place >= 0 else None) == family


def test_the_family_wins_over_the_title():
    title = "the rebels seize Goma"
    places = asked_types(["truce", "plan"], [title, title])
    assert [NAMES[place] for place in places] == ["truce", "capture"]


def test_a_sign_that_two_forms_share_counts_once():
    """A trade deal is two signs, of which one is "deal"; a nuclear deal beside it one more."""
    assert degree("A trade deal.", "agreement") == 1 - 0.5**2
    assert degree("A trade deal, no nuclear deal.", "agreement") == 1 - 0.5**3


def test_each_text_has_its_own_row():
    read = tokens(["Troops stormed the fort.", "", "They captured it."])
    alone = [
        told(tokens([text]), 1)[0] for text in ("Troops stormed the fort.", "They captured it.")
    ]
    every = told(read, 3)
    assert np.array_equal(every[[0, 2]], alone)
    assert not every[1].any()
