import pytest

from questions.drafting.stance import stance_of
from questions.language import english

MOODS = {
    "Ana plans to *visit* Oslo.": "planned",
    "Ana will *visit* Oslo.": "expected",
    "Ana is expected to *visit* Oslo.": "expected",
    "Ana may *visit* Oslo.": "possible",
    "Ana is to *visit* Oslo on Friday.": "planned",
    "Bo urged Ana to *visit* Oslo.": "demanded",
    "Bo called on Ana to *visit* Oslo.": "demanded",
    "Ana is trying to *visit* Oslo.": "attempted",
    "Ana has failed to *visit* Oslo.": "failed",
    "Ana is considering a *visit* to Oslo.": "considered",
    "A proposed *visit* by Ana has not been confirmed.": "proposed",
    "A *visit* by Ana would be welcome.": "possible",
    "Ana plans a *visit* to Oslo.": "planned",
    "Its attempt to *visit* Oslo goes on.": "attempted",
    "The plan for a *visit* to Oslo is ready.": "planned",
    "It would happen after Ana *visits* Oslo.": "scheduled",
    "Ana will *visit* Oslo if the weather holds.": "conditional",
    "Ana *visited* Oslo.": "happened",
    "Ana has *visited* Oslo.": "happened",
    "Ana will not *visit* Oslo.": "denied",
    "Ana decided not to *visit* Oslo.": "denied",
    "Ana denied that she plans to *visit* Oslo.": "denied",
    "Ana is expected to *visit* Oslo if the weather holds.": "conditional",
    "Ana ruled out *visiting* Oslo.": "denied",
    "Bo refused the *resignation* of Ana.": "unknown",
    "Oslo is to be *visited* by Ana.": "planned",
    "Ana denied rumours that she plans to *visit* Oslo.": "denied",
    "Ana scrapped its plan to *visit* Oslo.": "denied",
    "Ana will no longer *visit* Oslo.": "denied",
    "Ana can *visit* Oslo.": "able",
    "Ana could have *visited* Oslo.": "unknown",
    "Ana tried to *visit* Oslo.": "unknown",
    "Oslo would be certain to *reject* it.": "certain",
}


@pytest.mark.parametrize("marked", MOODS)
def test_a_sentence_gives_its_event_this_mood(marked: str) -> None:
    at = marked.index("*")
    doc = english()(marked.replace("*", ""))
    head = next(token for token in doc if token.idx == at)
    assert stance_of(head).mood == MOODS[marked]
