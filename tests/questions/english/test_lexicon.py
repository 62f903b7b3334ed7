import pytest

from questions.drafting.stance import OPEN
from questions.english.lexicon import moods, words


def test_a_list_that_is_not_there_is_a_programmers_mistake() -> None:
    with pytest.raises(KeyError):
        words("no such list")


@pytest.mark.parametrize(
    "name", ["governing verbs", "governing nouns", "future adjectives", "modals"]
)
def test_every_mood_of_the_lists_is_known(name: str) -> None:
    assert set(moods(name).values()) <= OPEN | {"certain", "denied"}


def test_no_verb_gives_two_moods() -> None:
    import tomllib
    from importlib.resources import files

    text = files("questions.english").joinpath("lexicon.toml").read_text(encoding="utf-8")
    for by_mood in tomllib.loads(text)["moods"].values():
        listed = [word for row in by_mood.values() for word in row.split()]
        assert len(listed) == len(set(listed))
