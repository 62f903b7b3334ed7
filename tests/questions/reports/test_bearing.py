from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.language import english
from questions.records import Binary, Question, Report
from questions.reports.asking import CENTRED, asked, prepare
from questions.reports.bearing import (
    AT_ONCE,
    COVERAGE,
    DRAWN,
    YES,
    bearings,
    bearings_of,
    nearness,
    second_look,
)
from questions.reports.meaning import word_vectors
from questions.reports.passages import passages_of

OPEN = datetime(2024, 5, 1, tzinfo=UTC)
CLOSE = datetime(2024, 6, 1, tzinfo=UTC)
TITLES = {
    "lock": "Will the harbour authority close the northern lock by 31 May 2024?",
    "strike": "Will the ferry crews of Lindholm go on strike by 31 May 2024?",
    "mayor": "Will Ingrid Solberg be elected mayor of Lindholm by 31 May 2024?",
    "bank": "Will the central bank cut its interest rate before June 2024?",
}
STRIKE = (
    "Ferry crews in Lindholm threaten to strike",
    "The crews of the Lindholm ferries have voted for a strike. The union said that talks about "
    "shifts had failed and that crews would walk out within a week.",
)


def question(name, title, opens=OPEN, closes=CLOSE):
    return Question(name, title, Binary(), opens, closes, "")


QUESTIONS = [question(name, title) for name, title in TITLES.items()]


@pytest.fixture(scope="module")
def meaning():
    return word_vectors(english())


@pytest.fixture(scope="module")
def prepared(meaning):
    return prepare(QUESTIONS, meaning)


def report(title, text, published=OPEN + timedelta(days=3)):
    return Report("R1", title, text, published)


def near(one, prepared):
    """How near a report is to each question."""
    return nearness(passages_of([one]), prepared)[0]


def test_the_question_that_is_reported_on_comes_first_and_is_sure(prepared):
    found = bearings(report(*STRIKE), prepared)
    assert found[0].question == "strike"
    assert found[0].decision == "yes"
    assert {bearing.decision for bearing in found[1:]} == {None}


def test_ranked_from_0_to_1_best_first(prepared):
    relevance = [bearing.relevance for bearing in bearings(report(*STRIKE), prepared)]
    assert relevance == sorted(relevance, reverse=True)
    assert all(0 <= one <= 1 for one in relevance)


def test_an_unrelated_report_bears_on_nothing(prepared):
    found = bearings(report("", "A film about a lighthouse keeper won the prize."), prepared)
    assert len(found) == len(QUESTIONS)
    assert {bearing.decision for bearing in found} == {None}


@pytest.mark.parametrize(
    ("published", "bears"),
    [
        (OPEN - timedelta(microseconds=1), False),
        (OPEN, True),
        (CLOSE - timedelta(microseconds=1), True),
        (CLOSE, False),
    ],
)
def test_the_window_holds_its_opening_and_not_its_close(prepared, published, bears):
    assert bool(bearings(report(*STRIKE, published), prepared)) is bears


def test_only_open_questions_are_ranked(meaning):
    later = question("later", TITLES["strike"], opens=CLOSE, closes=CLOSE + timedelta(days=9))
    found = bearings(report(*STRIKE), prepare([*QUESTIONS, later], meaning))
    assert "later" not in {bearing.question for bearing in found}


def test_one_paragraph_among_many_is_enough(prepared):
    other = "\n\n".join(
        f"The {thing} of the town council was approved after a debate about costs, lights, paths, "
        "benches, trees, lawns, fountains, schools, kitchens, libraries, roofs, windows, pipes, "
        "paint, gravel, gates, signs, lamps, stairs, cellars, bins, clocks, flags, hedges, ponds, "
        "ramps, rails, tiles, walls, wells, doors, floors, sinks, taps, shelves, desks and chairs."
        for thing in ("garden", "budget", "calendar", "archive")
    )
    buried = report("Notes from the council", f"{other}\n\n{' '.join(STRIKE)}")
    assert bearings(buried, prepared)[0].question == "strike"


def test_depth_keeps_the_best_and_all_that_are_decided(prepared):
    every = bearings(report(*STRIKE), prepared)
    assert bearings(report(*STRIKE), prepared, depth=2) == every[:2]
    assert bearings(report(*STRIKE), prepared, depth=0) == every[:1]


def test_no_questions_bear_nothing(meaning):
    assert bearings(report(*STRIKE), prepare([], meaning)) == []


def test_nothing_bears_on_a_question_without_a_word_of_its_own(meaning):
    empty = question("empty", "Will it be?")
    found = bearings(report(*STRIKE), prepare([empty, *QUESTIONS], meaning))
    assert {bearing.question: bearing.decision for bearing in found}["empty"] is None
    assert found[0].question == "strike"


def test_any_model_may_stand_behind_the_meaning():
    """A model that knows one thing only: whether a text speaks of money."""

    def money(texts):
        return np.array([[1.0, 0.0] if "money" in text else [0.0, 1.0] for text in texts])

    twins = [question("a", "Will the shop ask for money?"), question("b", "Will the shop open?")]
    found = bearings(report("", "All the money is gone."), prepare(twins, money))
    assert [bearing.question for bearing in found] == ["a", "b"]


def silent(texts):
    """A model that knows nothing."""
    return np.zeros((len(texts), 2))


def test_a_report_in_the_words_of_the_question_is_as_near_as_can_be():
    """Cosine of words 1, no meaning, all words of the question covered."""
    prepared = prepare([question("lock", "Will the lock close?")], silent)
    assert near(report("", "The lock closes."), prepared) == pytest.approx([1 + COVERAGE])


def test_a_name_in_common_counts_more_than_another_word():
    prepared = prepare([question("q", "Will Lindholm sink?")], silent)
    named, plain = (near(report("", text), prepared) for text in ("Lindholm.", "They sink."))
    assert named > plain


def test_what_ties_is_in_the_order_of_the_ids():
    twins = [question(name, TITLES["lock"]) for name in ("b", "a", "c")]
    found = bearings(report(*STRIKE), prepare(twins, silent))
    assert [bearing.question for bearing in found] == ["a", "b", "c"]


def test_hostile_reports_are_ranked_like_any_other(prepared):
    for text in ("", "\x00\ufeff", "🙂" * 500, "strike " * 20_000, "a" * 100_000):
        assert len(bearings(report("", text), prepared)) == len(QUESTIONS)


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(QUESTIONS))
def test_the_order_of_questions_does_not_change_what_a_report_bears_on(meaning, prepared, order):
    assert bearings(report(*STRIKE), prepare(order, meaning)) == bearings(report(*STRIKE), prepared)


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("Will Oslo host the fair by the end of June 2024?", "Oslo host the fair"),
        ("Will Oslo host the fair before 2025?", "Oslo host the fair"),
        ("Will Oslo host the fair by March 3, 2024?", "Oslo host the fair"),
        ("Will Oslo, by 2024-03-03, host the fair?", "Oslo, host the fair"),
        ("Will May speak in Oslo in Q3 2024?", "May speak in Oslo"),
        ("Will rain fall on Oslo?", "rain fall on Oslo"),
    ],
)
def test_what_is_asked_is_without_will_and_deadline(title, rest):
    assert asked(title) == rest


def test_very_many_spaces_are_one():
    assert asked(f"Will rain{' ' * 100_000}fall by 31 May 2024?") == "rain fall"


def test_a_report_is_nearer_when_its_words_are_rare_among_the_known(meaning):
    flood = [replace(report(*STRIKE), id=f"K{n}", text="Lindholm again") for n in range(30)]
    plain = bearings(report("", "Something in Lindholm"), prepare(QUESTIONS, meaning))
    flooded = bearings(report("", "Something in Lindholm"), prepare(QUESTIONS, meaning, flood))
    assert flooded[0].relevance < plain[0].relevance


def test_the_centre_of_meanings_is_that_of_the_newest_known():
    """A model that counts what it reads."""
    read = []

    def counting(texts):
        read.extend(texts)
        return np.zeros((len(texts), 2))

    old = report("", "An old tale.", OPEN - timedelta(days=9))
    new = [report("", f"Tale {n}.", OPEN) for n in range(CENTRED)]
    prepare(QUESTIONS, counting, [old, *new])
    assert "An old tale." not in read
    assert "Tale 0." in read


TYPED = [
    replace(question("capture", "Will Sudanese forces hold all of El Fasher?"), family="capture"),
    question("resignation", "Will Ingrid Solberg resign or announce a resignation by 31 May 2024?"),
    question("ceasefire", "Will Armenia and Azerbaijan agree to a ceasefire by 31 May 2024?"),
    question("rate", "Will Norges Bank raise its policy interest rate by 31 May 2024?"),
    question("warrant", "Will the High Court of Lindholm issue an arrest warrant for Pavel Orlik?"),
    question("strike", TITLES["strike"]),
]
KNOWN = [
    Report(
        f"K{n}",
        "El Fasher",
        f"Day {n}: of El Fasher in Sudan, of Ingrid Solberg, of Norges Bank, of Armenia and of "
        "Azerbaijan, and of Orlik.",
        OPEN,
    )
    for n in range(40)
]
"""A month in which every report names the same names: none of them is rare any more."""


@pytest.fixture(scope="module", params=["nothing is known", "the names are in all reports"])
def typed(request, meaning):
    known = KNOWN if request.param == "the names are in all reports" else []
    return prepare(TYPED, meaning, known)


def decisions(found):
    return {one.question: one.decision for one in found if one.decision}


@pytest.mark.parametrize(
    ("name", "title", "text"),
    [
        (
            "capture",
            "Garrison of El Fasher still holds the airport road",
            "The garrison of El Fasher says that it beat off two attacks on the airport road. "
            "Shells fell on the market, and the governor spoke of forty wounded soldiers.",
        ),
        (
            "capture",
            "Tanks enter the suburbs",
            "Tanks rolled into the northern suburbs of El Fasher at dawn, residents said, and "
            "fighting could be heard near the hospital. The Sudanese army was silent.",
        ),
        (
            "resignation",
            "Solberg to step down in autumn",
            "Ingrid Solberg told her party on Monday that she would step down as mayor. A "
            "successor is to be chosen in June.",
        ),
        (
            "ceasefire",
            "Yerevan and Baku accept an armistice",
            "Envoys of Armenia and Azerbaijan accepted an armistice after nine days of talks, the "
            "mediator said. Guns are to be silent from midnight.",
        ),
        (
            "rate",
            "Norges Bank signals dearer money",
            "Norges Bank may tighten again in June because inflation has not eased, its governor "
            "told the newspaper. Economists expect a quarter of a point.",
        ),
        (
            "warrant",
            "Orlik wanted over the harbour fire",
            "Judges of the High Court of Lindholm have ordered police to detain Pavel Orlik, who "
            "is accused of setting fire to the harbour. Prosecutors believe that he fled.",
        ),
        ("strike", *STRIKE),
    ],
)
def test_names_and_type_of_event_find_the_question_in_other_words(typed, name, title, text):
    assert set(decisions(bearings(report(title, text), typed))) == {name}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Thousands run the El Fasher marathon",
            "The El Fasher marathon drew three thousand runners. A Sudanese teacher won in two "
            "hours and twenty minutes, and the mayor handed out dates and water.",
        ),
        (
            "Solberg opens the flower show",
            "Mayor Ingrid Solberg opened the flower show with a song. Two hundred gardeners "
            "brought tulips.",
        ),
        (
            "Armenia beat Azerbaijan",
            "Armenia beat Azerbaijan by two goals to one in a friendly match before four thousand "
            "fans in Tbilisi.",
        ),
        (
            "Norges Bank shows its old coins",
            "Norges Bank opens an exhibition of old coins in its cellar. Children get a chocolate "
            "krone.",
        ),
        ("Orlik writes a cookbook", "Pavel Orlik has written a book about soups."),
    ],
)
def test_the_same_names_with_another_event_are_never_sure(typed, title, text):
    assert "yes" not in decisions(bearings(report(title, text), typed)).values()


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Army seizes Wad Madani from militia",
            "Sudanese forces took full control of Wad Madani on Sunday, the army said, and the "
            "militia retreated.",
        ),
        (
            "Bank's chairman resigns",
            "Tomas Berg resigned as chairman of the savings bank on Friday after auditors found a "
            "hole in its books. A successor was not named.",
        ),
        (
            "Rebels sign ceasefire in Colombia",
            "Colombia's government and the rebels signed a ceasefire on Friday after a year of "
            "negotiations in Havana.",
        ),
        (
            "Czech bank raises rates",
            "The Czech central bank raised its interest rate by half a point because inflation is "
            "high.",
        ),
    ],
)
def test_the_same_event_with_other_names_is_nothing(typed, title, text):
    assert decisions(bearings(report(title, text), typed)) == {}


def test_names_and_event_alone_draw_to_maybe_and_never_to_yes():
    """All names and a form (.75), and a model of words that is blind: .75 of the way at least."""
    asking = replace(question("q", "Will Bergen be quite unlike Lindholm?"), family="capture")
    blind = prepare([asking], silent, [report("", "Bergen and Lindholm") for _ in range(999)])
    taken = report("Bergen and Lindholm seized", "Captured; overrun; troops.")
    assert 0.75 * DRAWN < near(taken, blind)[0] < YES


def test_what_is_far_down_a_long_report_does_not_draw():
    event = "Troops stormed Bergen and captured it."
    common = [report("", "Bergen") for _ in range(99)]
    taken = replace(question("q", "Will Bergen be quite unlike Lindholm?"), family="capture")
    asking = prepare([taken], silent, common)
    early = report("News", event + " And so on." * 60)
    late = report("News", "And so on. " * 60 + event)
    assert near(early, asking)[0] > near(late, asking)[0]


def encoder_of(cosine):
    """An encoder by which every report has this cosine with every question."""
    asked_texts = {asked(title) for title in TITLES.values()}

    def encoder(texts):
        row = [1.0, 0.0], [cosine, np.sqrt(1 - cosine**2)]
        return np.array([row[text in asked_texts] for text in texts])

    return encoder


@pytest.mark.parametrize(("cosine", "change"), [(0.6, 0), (0.4, -0.1), (0.62, 0.01), (0.9, 0.025)])
def test_the_encoder_doubts_what_it_finds_unlike_and_assures_a_little(prepared, cosine, change):
    encoder = encoder_of(cosine)
    looked = replace(prepared, encoder=encoder, asked_again=encoder)
    found = second_look(passages_of([report(*STRIKE)]), np.array([[0.5, 0.1, 0, 0]]), looked)
    assert found == pytest.approx(np.array([[change, 0, 0, 0]]))


def test_the_encoder_is_not_asked_about_what_is_worth_no_look(prepared):
    def refuses(texts):
        raise AssertionError(texts)

    unrelated = report("", "A film about a lighthouse keeper won the prize.")
    assert bearings(unrelated, replace(prepared, encoder=refuses, asked_again=refuses))


def test_many_reports_are_matched_as_each_alone(typed):
    texts = ["Rain fell.", STRIKE[1], "Solberg resigned.", "", "Pavel Orlik is wanted.\n" * 99]
    many = [report("Title", text) for text in texts] * (AT_ONCE // len(texts) + 1)
    assert len(many) > AT_ONCE
    assert list(bearings_of(many, typed, 2)) == [bearings(one, typed, 2) for one in many]


def test_the_encoder_looks_at_each_report_by_its_own_passages(prepared):
    """An encoder that knows only the strike; the second report alone tells of it."""

    def encoder(texts):
        return np.array([[1.0, 0.0] if "strike" in text else [0.0, 1.0] for text in texts])

    looked = replace(prepared, encoder=encoder, asked_again=encoder)
    parts = passages_of([report("", "Of locks."), report(*STRIKE), report("", "Of banks.")])
    place = prepared.ids.index("strike")
    found = second_look(parts, np.full((3, len(QUESTIONS)), 0.5), looked)
    assert found[:, place] == pytest.approx([-0.3, 0.025, -0.3])
