from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.show.drafts import draft_row, passage, print_draft, print_drafts
from questions.records import Finding
from tests.forecast.cli.conftest import DRAFT

SENTENCE = "The bridge will open"


def around(text, sentence=SENTENCE):
    start = text.index(sentence)
    return passage(text, start, start + len(sentence))


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (SENTENCE, "", ""),
        (f"First.\n\nRain fell. {SENTENCE} in May.\n\nLast.", "Rain fell. ", " in May."),
        (f"First.\nRain fell. {SENTENCE} in May.\nLast.", "Rain fell. ", " in May."),
        (f"First.\r\n \r\nRain\r\nfell. {SENTENCE}\r\nin May.", "Rain fell. ", " in May."),
    ],
)
def test_the_paragraph_of_a_sentence_is_what_stands_between_breaks(text, before, after):
    assert around(text) == (before, SENTENCE, after)


def test_of_a_long_paragraph_the_part_about_the_sentence_is_shown():
    before, sentence, after = around("a " * 2000 + SENTENCE + " b" * 2000)
    assert (sentence, before[:2], after[-2:]) == (SENTENCE, "… ", " …")
    assert 500 < len(before) < 700
    assert 500 < len(after) < 700


def test_a_sentence_over_two_paragraphs_is_shown_whole():
    text = "First.\n\nThe bridge\n\nwill open in May.\n\nLast."
    assert passage(text, 8, 29) == ("", "The bridge will open", " in May.")


@given(st.text(), st.integers(0, 40), st.integers(0, 40))
def test_any_text_is_shown_without_control_characters(text, first, second):
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    for piece in passage(text, start, end):
        assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in piece)


def test_a_draft_without_its_article_shows_the_sentence_alone(capsys):
    print_draft(DRAFT, "", "D1")
    assert "    » The bridge will open «\n" in capsys.readouterr().out


def test_findings_stand_below_with_their_level_and_place(capsys):
    doubted = replace(DRAFT, problems=(Finding("warning", "criteria", "it is thin", "say more"),))
    print_draft(doubted, "", "D1")
    assert "    warning: criteria: it is thin; say more\n" in capsys.readouterr().out


def test_a_model_s_draft_is_marked(capsys):
    print_draft(replace(DRAFT, family="model"), "", "D1")
    assert "2090?  (by model)\n" in capsys.readouterr().out
    print_drafts([draft_row(replace(DRAFT, family="model"))])
    assert "model" in capsys.readouterr().out
