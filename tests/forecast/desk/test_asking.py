"""Articles, drafts and questions come on record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from forecast.desk.asking import accept, ask, keep_all, keep_drafts, open_all, reject
from forecast.desk.redacting import redact
from forecast.ledger import MODEL_ANSWERS
from questions.errors import BadInput, Conflict, NotFound
from questions.modelled.records import Turn
from questions.records import Article, Draft, Quotation
from questions.store import shelf
from questions.store import tables as t
from tests.forecast.desk.conftest import CLOSE, OPEN

ARTICLE = Article("Rain", "Rain is expected in Oslo.", OPEN, "a.txt", "ab" * 32)
DRAFT = Draft(
    title="Will it rain in Oslo by 30 April 2023?",
    family="weather",
    roles=(("place", "Oslo"),),
    open_time=OPEN,
    scheduled_close_time=CLOSE,
    deadline_reason="as the article says",
    resolution_criteria="Yes if it rains.",
    fine_print="Snow is no rain.",
    quotation=Quotation("Rain is expected", 0, 16),
)


def drafted(office, count=2):
    return keep_drafts(office.on(0), ARTICLE, [DRAFT] * count)


def test_drafts_are_kept_with_their_article_and_numbered(office):
    kept = drafted(office)
    assert [(one.id, one.article) for one in kept] == [("D1", "A1"), ("D2", "A1")]
    with office.store.reading() as read:
        assert shelf.find_article(read, "A1").text == ARTICLE.text
        assert [verdict for _, verdict in shelf.drafts(read)] == ["waiting", "waiting"]
        assert shelf.drafts(read)[0][0] == kept[0]


def test_an_article_that_was_kept_before_gives_back_its_drafts_and_writes_nothing(office):
    first = drafted(office)
    head = office.head()
    assert drafted(office, count=1) == first
    assert office.head() == head


def test_a_draft_becomes_a_question_as_it_stands(office):
    drafted(office)
    made = accept(office.on(1), "d1")
    (row,) = office.rows(t.QUESTIONS, id=made.id)
    assert (row["title"], row["draft"], row["article"]) == (DRAFT.title, "D1", "A1")
    assert (row["quotation"]["text"], row["fine_print"]) == ("Rain is expected", "Snow is no rain.")
    assert (row["asked_by"], made.head) == ("Ana", office.head())


def test_what_is_given_replaces_what_was_drafted(office):
    drafted(office)
    made = accept(
        office.on(1),
        "D1",
        title=" Rain? ",
        closes=CLOSE + timedelta(days=1),
        criteria="Else",
        fine_print="",
        tags=["weather"],
    )
    (row,) = office.rows(t.QUESTIONS, id=made.id)
    assert row["scheduled_close_time"] == CLOSE + timedelta(days=1)
    assert (row["title"], row["resolution_criteria"], row["fine_print"], row["tags"]) == (
        *("Rain?", "Else", "", ["weather"]),
    )


def test_drafts_are_kept_and_opened_in_one_step(office):
    made = open_all(office.on(0), [(ARTICLE, [DRAFT, DRAFT])], lambda known: [known[1].id])
    assert [one.record["draft"] for one in made] == ["D2"]


def test_a_choice_that_fails_keeps_no_drafts(office, nothing_written):
    def choose(known):
        raise NotFound("draft", "D9", [one.id for one in known])

    with pytest.raises(NotFound, match="no draft 'D9'; did you mean 'D1'"):
        open_all(office.on(0), [(ARTICLE, [DRAFT])], choose)


def test_a_draft_that_is_turned_down_says_why(office):
    drafted(office)
    reject(office.on(1), "D1", "known already")
    with office.store.reading() as read:
        assert {one.id: verdict for one, verdict in shelf.drafts(read)} == {
            "D1": "rejected",
            "D2": "waiting",
        }


@pytest.mark.parametrize("decide", [accept, lambda desk, one: reject(desk, one, "why")])
def test_an_unknown_draft_is_refused(office, decide, nothing_written):
    with pytest.raises(NotFound, match="no draft 'D7'; `tidings drafts` lists them"):
        decide(office.on(1), "D7")


@pytest.mark.parametrize("decide", [accept, lambda desk, one: reject(desk, one, "why")])
def test_a_draft_is_decided_once(office, decide):
    drafted(office)
    accept(office.on(1), "D1")
    reject(office.on(1), "D2", "why")
    head = office.head()
    with pytest.raises(Conflict, match="draft D1 was accepted before"):
        decide(office.on(2), "D1")
    with pytest.raises(Conflict, match="draft D2 was rejected before"):
        decide(office.on(2), "D2")
    assert office.head() == head


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ({"title": " "}, "no title: give some words"),
        ({"criteria": ""}, "no criteria: give some words"),
        ({"closes": OPEN}, "closing time .* give a time after the opening at 2023-03-13T00:00:00Z"),
    ],
)
def test_an_acceptance_that_makes_no_question_is_refused(office, given, right):
    drafted(office)
    head = office.head()
    with pytest.raises(BadInput, match=right):
        accept(office.on(1), "D1", **given)
    assert office.head() == head


def test_a_question_by_hand_opens_now_unless_told_otherwise(office):
    made = ask(office.on(2), " Snow? ", closes=CLOSE, criteria=" Yes if it snows. ", tags=["w"])
    (row,) = office.rows(t.QUESTIONS, id=made.id)
    assert (row["title"], row["resolution_criteria"], row["tags"]) == (
        *("Snow?", "Yes if it snows.", ["w"]),
    )
    assert row["open_time"] == OPEN + timedelta(days=2)
    later = ask(office.on(2), "Hail?", closes=CLOSE, criteria="x", opens=OPEN + timedelta(days=9))
    assert office.rows(t.QUESTIONS, id=later.id)[0]["open_time"] == OPEN + timedelta(days=9)


@pytest.mark.parametrize(
    ("title", "criteria", "closes", "right"),
    [
        ("", "x", CLOSE, "no title: give some words"),
        ("x", "\n", CLOSE, "no criteria: give some words"),
        ("x", "x", OPEN, "closing time '2023-03-13T00:00:00Z' cannot be used"),
        ("x", "x", OPEN - timedelta(days=1), "a time after the opening"),
    ],
)
def test_what_is_no_question_is_not_asked(office, title, criteria, closes, right, nothing_written):
    with pytest.raises(BadInput, match=right):
        ask(office.on(0), title, criteria=criteria, closes=closes)


def test_asking_again_with_the_same_key_asks_once(office):
    desk = office.on(1)
    first = ask(desk, "Snow?", closes=CLOSE, criteria="x")
    again = ask(desk, "Snow?", closes=CLOSE, criteria="x")
    assert again == first
    assert len(office.rows(t.QUESTIONS)) == 2


def test_what_a_model_said_is_kept_with_the_article_and_goes_with_its_text(office):
    turns = {ARTICLE.sha256: [Turn("small", "the prompt", "the answer")]}
    keep_all(office.on(0), [(ARTICLE, [DRAFT])], turns)
    (row,) = office.rows(MODEL_ANSWERS)
    assert (row["article"], row["model"], row["prompt"], row["answer"]) == (
        *("A1", "small", "the prompt", "the answer"),
    )
    redact(office.on(1), "A1", "asked for")
    (row,) = office.rows(MODEL_ANSWERS)
    assert (row["prompt"], row["answer"]) == ("[erased]", "[erased]")


def test_of_a_known_article_only_a_model_s_new_drafts_are_added(office):
    first = keep_all(office.on(0), [(ARTICLE, [DRAFT])])
    suggested = replace(DRAFT, title="Will it open late?", family="model")
    unheard = replace(DRAFT, title="Will it open twice?")
    again = keep_all(office.on(1), [(ARTICLE, [DRAFT, suggested, unheard])])
    assert again[:1] == first
    assert [one.title for one in again] == [DRAFT.title, "Will it open late?"]
    assert keep_all(office.on(2), [(ARTICLE, [suggested])]) == again
