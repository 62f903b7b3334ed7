"""What a report says of the event asked about, where it says it plainly."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from questions.language import english
from questions.records import Binary, Question
from questions.reports.direction import Asked, asked_of, direction, hear

TABLE = tomllib.loads(Path(__file__).with_name("directions.toml").read_text("utf-8"))["question"]
OPENS = datetime(2024, 5, 1, tzinfo=UTC)
CLOSES = datetime(2024, 7, 1, tzinfo=UTC)
MAY = datetime(2024, 5, 20, 12, tzinfo=UTC)


def question(title, **more):
    return Question("Q1", title, Binary(), OPENS, CLOSES, "", **more)


def asked(title):
    return asked_of(question(title), english())


def cases():
    """Each sentence with its question's event, what it says, and what is read in it."""
    for row in TABLE:
        about = asked(row["title"])
        for says, sentences in row.items():
            for text in sentences if says != "title" else ():
                found = direction(hear(text, MAY, english()), about)
                yield row["title"], text, None if says == "nothing" else says, found


@pytest.fixture(scope="module")
def read():
    return list(cases())


def test_what_is_said_of_an_event_is_never_said_wrongly(read):
    wrong = [
        (title, text, says, found.says)
        for title, text, says, found in read
        if found is not None and found.says != says
    ]
    assert wrong == []


def test_more_than_half_of_the_sentences_that_say_something_are_answered(read):
    plain = [found for _, _, says, found in read if says is not None]
    traps = [text for _, text, says, _ in read if says is None]
    assert len(read) >= 60
    assert len(traps) >= len(read) / 3
    assert sum(found is not None for found in plain) >= 0.8 * len(plain)


def test_the_words_that_say_it_are_an_exact_piece_of_the_text():
    text = (
        "Oslo (AP) \u2014 It rained.\n\nAlexander Stubb visited Kenya on Sunday.  He flew home.\n"
    )
    about = asked("Will Alexander Stubb visit Kenya by 30 June?")
    found = direction(hear(text, MAY, english()), about)
    assert found.says == "happened"
    quotation = found.quotation
    assert text[quotation.start : quotation.end] == quotation.text
    assert quotation.text == "Alexander Stubb visited Kenya on Sunday."


def test_a_text_that_contradicts_itself_says_nothing():
    about = asked("Will Alexander Stubb visit Kenya by 30 June 2024?")
    both = "Alexander Stubb will visit Kenya on 3 June. Alexander Stubb will not visit Kenya."
    assert direction(hear(both, MAY, english()), about) is None


def test_a_report_before_the_opening_or_long_after_the_close_says_nothing():
    about = asked("Will Alexander Stubb visit Kenya by 30 June 2024?")
    for when in (OPENS - timedelta(days=2), CLOSES + timedelta(days=30)):
        text = "Alexander Stubb has visited Kenya, his office said."
        assert direction(hear(text, when, english()), about) is None


def test_a_question_that_was_drafted_is_about_the_event_of_its_draft():
    roles = (("visitor", "Alexander Stubb"), ("place", "Kenya"))
    drafted = question("Anything at all?", family="visit", roles=roles)
    last = datetime(2024, 6, 30).date()  # noqa: DTZ001
    assert asked_of(drafted, english()) == Asked("visit", roles, OPENS.date(), last)


def test_a_question_of_no_known_event_has_no_direction():
    assert asked("Will it rain in Oslo by 30 June 2024?") is None
