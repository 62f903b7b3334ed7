import pytest

from questions.drafting.arguments import words_at
from questions.language import english

PLACES = [
    ("Ana plans to *visit* Oslo.", "subject", ["Ana"]),
    ("Bo urged Ana to *visit* Oslo.", "subject", ["Ana"]),
    ("Bo has called on Ana to *visit* Oslo.", "subject", ["Ana"]),
    ("Ana promised Bo to *visit* Oslo.", "subject", ["Ana"]),
    ("Ana is expected to *visit* Oslo.", "subject", ["Ana"]),
    ("Kenya is renewing its attempt to *recapture* ground.", "subject", ["its"]),
    ("Ana and Bo will *meet* in Oslo.", "subject", ["Ana", "Bo"]),
    ("Oslo was *visited* by Ana.", "subject", ["Ana"]),
    ("Oslo was *visited* by Ana.", "object", ["Oslo"]),
    ("Ana, who plans to *visit* Oslo, is well.", "subject", ["Ana"]),
    ("Ana will pay a *visit* to Oslo.", "subject", ["Ana"]),
    ("Ana will pay a *visit* to Oslo.", "to", ["Oslo"]),
    ("A *call* between Ana and Bo is near.", "between", ["Ana", "Bo"]),
    ("The *visit* by Ana is near.", "by", ["Ana"]),
    ("Kenya's *offensive* goes on.", "poss", ["Kenya"]),
]


@pytest.mark.parametrize(("marked", "place", "words"), PLACES)
def test_a_place_beside_a_word_holds_these_words(marked: str, place: str, words: list[str]) -> None:
    at = marked.index("*")
    doc = english()(marked.replace("*", ""))
    head = next(token for token in doc if token.idx == at)
    assert [word.text for word in words_at(head, place, frozenset())] == words
