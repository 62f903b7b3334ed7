import pytest

from questions.drafting.agents import agent_of
from questions.drafting.names import NameKind, names_in
from questions.drafting.parsing import parse
from questions.language import english

KINDS: tuple[NameKind, ...] = ("person", "organization", "country", "forces", "place")


@pytest.mark.parametrize(
    ("text", "agent", "named"),
    [
        ("Ana Duarte will open a hangar.", "Ana Duarte", True),
        ("Ana Duarte and Bo Hansen will open a hangar.", "Ana Duarte and Bo Hansen", True),
        ("Moscow will open a hangar.", "Russia", True),
        ("A hangar of steel will open.", "a hangar of steel", False),
        ("Northwind Airlines said it would open a hangar.", "Northwind Airlines", True),
        ("Ana Duarte is in Peru. She will open a hangar.", "Ana Duarte", True),
        ("The company, founded in 1990, will open a hangar.", "the company", False),
    ],
)
def test_who_acts_is_named_or_told_in_the_words_of_the_article(
    text: str, agent: str, named: bool
) -> None:
    doc = parse(text, english())
    verb = next(token for token in doc if token.lemma_ == "open")
    found = agent_of(verb, names_in(doc), KINDS)
    assert found is not None
    assert (found.name.text, found.named) == (agent, named)


@pytest.mark.parametrize("text", ["It will open a hangar.", "Who will open a hangar?"])
def test_a_pronoun_that_repeats_nobody_is_no_agent(text: str) -> None:
    doc = parse(text, english())
    verb = next(token for token in doc if token.lemma_ == "open")
    assert agent_of(verb, names_in(doc), KINDS) is None


def test_an_agent_of_the_sentence_before_is_told_there() -> None:
    doc = parse("Ana Duarte is in Peru. She will open a hangar.", english())
    verb = next(token for token in doc if token.lemma_ == "open")
    found = agent_of(verb, names_in(doc), KINDS)
    assert found is not None
    assert found.told == 0 < verb.sent.start_char
