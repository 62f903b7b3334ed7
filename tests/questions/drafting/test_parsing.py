from hypothesis import given, settings
from hypothesis import strategies as st

from questions.drafting.parsing import LONGEST_PIECE, paragraphs, parse
from questions.language import english


@given(st.text(alphabet="aB .“”\n\r\t\ufeff\u00a0é", max_size=300))
def test_paragraphs_joined_are_the_text(text: str) -> None:
    assert "".join(paragraphs(text)) == text


def test_a_headline_is_a_paragraph_of_its_own() -> None:
    text = "Envoy goes home\n\nThe envoy left.\nShe will return."
    assert list(paragraphs(text)) == [
        "Envoy goes home\n\n",
        "The envoy left.\n",
        "She will return.",
    ]


def test_a_line_of_a_wrapped_text_goes_on_in_the_next() -> None:
    text = (
        "The envoy of the northern provinces left the\n"
        "capital on Monday and flew to the islands\n"
        "where she will meet the members of council.\n"
        "Nobody knows when the envoy will come again.\n"
    )
    assert next(paragraphs(text)).count("\n") == 3


def test_a_very_long_line_comes_in_pieces() -> None:
    pieces = list(paragraphs("word " * LONGEST_PIECE))
    assert max(map(len, pieces)) <= LONGEST_PIECE
    assert all(piece.endswith(" ") for piece in pieces)


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_a_parse_holds_the_text_unchanged(text: str) -> None:
    assert parse(text, english()).text == text


def test_a_dateline_is_a_piece_of_its_own() -> None:
    text = "OSLO, Norway (AP) — Ana Duarte will visit Kenya."
    assert list(paragraphs(text)) == ["OSLO, Norway (AP) — ", "Ana Duarte will visit Kenya."]
