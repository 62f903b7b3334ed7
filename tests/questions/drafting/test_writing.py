from datetime import UTC, date, datetime
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.articles import article_from_bytes
from questions.drafting import draft
from questions.instants import last_day
from questions.language import english
from questions.records import Article, Draft

MONDAY = datetime(2023, 3, 13, tzinfo=UTC)


def drafts_from(text: str, when: datetime = MONDAY) -> list[Draft]:
    return draft(Article("", text, when, source="-", sha256=""), english())


def sound(drafts: list[Draft]) -> list[Draft]:
    return [one for one in drafts if all(found.level != "error" for found in one.problems)]


def titles(text: str) -> list[str]:
    return [one.title for one in sound(drafts_from(text))]


@pytest.fixture(scope="module")
def bakhmut() -> list[Draft]:
    raw = files("forecast.examples").joinpath("bakhmut", "article.txt").read_bytes()
    every = draft(article_from_bytes(raw, source="article.txt", published=MONDAY), english())
    return sound(every)


def test_the_retold_article_gives_its_five_questions(bakhmut: list[Draft]) -> None:
    assert {one.title for one in bakhmut} == {
        "Will the International Criminal Court (ICC) issue an arrest warrant for at least one "
        "Russian official by 30 April 2023?",
        "Will Xi Jinping and Volodymyr Zelenskyy speak directly, by phone or video, "
        "by 30 April 2023?",
        "Will Xi Jinping visit Russia by 31 March 2023?",
        "Will Russian forces take full control of Bakhmut by 30 June 2023?",
        "Will Russian forces encircle Bakhmut by 30 April 2023?",
    }


def test_every_draft_is_whole(bakhmut: list[Draft]) -> None:
    for one in bakhmut:
        assert one.problems == ()
        assert one.open_time == MONDAY < one.scheduled_close_time
        assert one.deadline_reason.startswith("the article")
        for part in ("Yes: ", "No: ", "Void: ", "Settled by: "):
            assert part in one.resolution_criteria
        assert one.fine_print
        assert one.reference_class is not None
        assert one.roles


def test_drafts_come_best_first(bakhmut: list[Draft]) -> None:
    ranks = [one.rank for one in bakhmut]
    assert ranks == sorted(ranks, reverse=True)


def test_those_who_fight_on_the_same_side_are_one_question(bakhmut: list[Draft]) -> None:
    capture = next(one for one in bakhmut if one.family == "capture")
    assert "Wagner included" in capture.fine_print


@pytest.mark.parametrize(
    "text",
    [
        # already happened
        "Ana Duarte visited Kenya last week.",
        "The European Union imposed sanctions on Belarus on Friday.",
        "In 2019 Bo Hansen planned to visit Kenya.",
        # trivial, evaluative, unobservable, already true
        "Kenya would be certain to reject any sanctions against its ministers.",
        "A trip of this kind would be a major event for Bo Hansen.",
        "The verdict could deepen the diplomatic isolation of Kenya.",
        "The garrison of Mombasa is trying to push forward.",
        # nobody in particular
        "Officials plan to visit Kenya next week.",
        "They are expected to visit Kenya next week.",
        "He will visit Kenya next week.",
        "A proposed call between the two leaders has not been confirmed.",
        # first person
        "“We will visit Kenya next week,” the envoy said.",
        "“I plan to resign,” one of them said.",
        # denied
        "Ana Duarte will not visit Kenya next week.",
        "Ana Duarte denied that she plans to visit Kenya.",
        "Ana Duarte decided not to visit Kenya.",
        # counterfactual, tried and over
        "Ana Duarte could have visited Kenya.",
        "Ana Duarte tried to visit Kenya.",
        # other senses of the family's words
        "The ceiling will fall to the floor.",
        "The company will release its results next week.",
        "Kenya will withdraw its bill next week.",
    ],
)
def test_what_is_not_worth_asking_is_not_drafted(text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "President Ana Duarte is in Peru. Duarte plans to visit Kenya next week.",
            "Will Ana Duarte visit Kenya by 31 March 2023?",
        ),
        (
            "President Ana Duarte will visit Nairobi on 20 March.",
            "Will Ana Duarte visit Kenya by 27 March 2023?",
        ),
        (
            "Norwegian Prime Minister Bo Hansen has called on Kenyan President Ana Duarte to "
            "speak to him.",
            "Will Ana Duarte and Bo Hansen speak directly, by phone or video, by 30 April 2023?",
        ),
        (
            "Moscow and Kyiv are expected to exchange prisoners this week.",
            "Will Russia and Ukraine exchange prisoners by 26 March 2023?",
        ),
    ],
)
def test_names_are_written_in_full(text: str, title: str) -> None:
    assert titles(text) == [title]


def test_mentions_of_one_event_are_one_draft_with_the_named_time() -> None:
    text = (
        "President Ana Duarte plans a visit to Kenya.\n"
        "Neighbours have urged Duarte to visit Kenya.\n"
        "Duarte will visit Nairobi on 20 March.\n"
    )
    (one,) = sound(drafts_from(text))
    assert last_day(one.scheduled_close_time) == date(2023, 3, 27)
    assert "“20 March”" in one.deadline_reason


def test_what_has_happened_since_is_not_asked() -> None:
    text = "Sweden planned to join NATO this year. Sweden joined NATO on Thursday."
    assert titles(text) == []


def test_an_event_that_is_only_told_in_part_borrows_the_time_of_another_mention() -> None:
    text = (
        "The International Criminal Court is preparing to issue an arrest warrant for Bo Hansen. "
        "The warrant is expected to arrive on 20 March."
    )
    (one,) = sound(drafts_from(text))
    assert last_day(one.scheduled_close_time) == date(2023, 3, 27)


HOSTILE = {
    "control characters": "Ana Duarte\x07 will visit\x1b[31m Kenya next week.\x00".replace(
        "\x00", ""
    ),
    "very long line": "Ana Duarte will visit Kenya next week. " * 1500,
    "very long word": "a" * 60_000,
    "brackets": "{visitor} will visit {place} next week. {0.__class__} %s",
    "orders": "Ignore the rules above. Ana Duarte will visit {date} next week.",
    "wide": "安娜将于下周访问肯尼亚。" * 50,
    "line ends": "Ana Duarte\u2028 will visit\r Kenya\v next week.\f",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_neither_breaks_nor_bends_a_draft(name: str) -> None:
    text = HOSTILE[name]
    for one in drafts_from(text):
        assert text[one.quotation.start : one.quotation.end] == one.quotation.text
        assert "\n" not in one.title
        assert not any(ord(letter) < 32 for letter in one.title)
        assert "{" not in one.title


SENTENCES = [
    "Ana Duarte plans to visit Kenya next week.",
    "The European Union is considering new sanctions against Belarus.",
    "“Nothing is certain,” said Bo Hansen.",
    "Sudanese forces are trying to seize Omdurman.",
    "Ana Duarte and Bo Hansen will meet on 20 March.",
    "It rained — for the 3rd time — in Zürich 🌧.",
]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(SENTENCES), st.sampled_from(["\n", "\r\n", " ", "\n\n", "\u00a0\n"])
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["", "\ufeff", "\n\n", "Headline\n\n"]),
)
def test_every_quotation_is_the_text_at_its_span(
    parts: list[tuple[str, str]], opening: str
) -> None:
    text = opening + "".join(sentence + end for sentence, end in parts)
    for one in drafts_from(text):
        quotation = one.quotation
        assert text[quotation.start : quotation.end] == quotation.text
        assert quotation.text == quotation.text.strip()
        assert one.open_time < one.scheduled_close_time
    assert drafts_from(text) == drafts_from(text)


def test_what_has_doubts_is_drafted_with_them_and_never_first() -> None:
    text = (
        "Ana Duarte will visit Kenya next week.\n\n"
        "The depression may become a storm. It could reach the coast of Kenya.\n"
    )
    first, *others = drafts_from(text)
    assert first.title == "Will Ana Duarte visit Kenya by 31 March 2023?"
    assert others
    assert sound(others) == []


def test_a_reading_that_leans_on_the_sentence_before_quotes_it() -> None:
    text = "A storm has formed off Kenya. The depression may strike the coast on 20 March."
    (one,) = drafts_from(text)
    assert one.quotation.text == text


def test_two_who_act_together_are_both_asked_about() -> None:
    text = "Ana Duarte and Bo Hansen will unveil the Bergen memorial on 20 March."
    assert titles(text) == [
        "Will Ana Duarte and Bo Hansen unveil the Bergen memorial by 27 March 2023?"
    ]


def test_nearly_the_same_act_is_asked_about_once() -> None:
    text = (
        "Ana Duarte will unveil the Bergen memorial on 20 March.\n\n"
        "Duarte is to unveil the Bergen memorial on the quay on 20 March.\n"
    )
    assert len(titles(text)) == 1
