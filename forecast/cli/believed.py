"""What is believed of a question at this moment, in a word, for whoever works on it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forecast.desk.desk import Desk


def believed(desk: "Desk", question: str) -> tuple[str, Mapping[str, int]]:
    """What is believed of a question now, and how much of what bears on it is judged.

    Raises:
        NotFound, BadInput: no question of that name, or several.
    """
    from forecast.belief import memory
    from forecast.belief.fold import believe
    from forecast.cli.setting import clock
    from forecast.desk.believing import dossiers
    from forecast.show.terminal import clean, percent
    from forecast.views.news import NO_STORIES, news, shares
    from forecast.views.sheets import short
    from questions.store import shelf
    from questions.values import Probability

    now = clock() if desk.store.label == "live" else desk.now
    with desk.reading() as read:
        asked = shelf.find_question(read, question, now).question.id
        held = dossiers(read, now, only=asked)[asked]
        share = shares(news(read, question=asked)).get(asked, NO_STORIES)
        value = believe(held, memory.last_fit(read, now), now).value
    shown = percent(value.yes) if isinstance(value, Probability) else clean(short(held.kind, value))
    return shown, share


def moved(before: str, after: str) -> str:
    """From where to where a belief went, as it is told.

    >>> moved("31%", "57.4%"), moved("31%", "31%")
    ('belief from 31% to 57.4%', 'belief stays at 31%')
    """
    return f"belief from {before} to {after}" if before != after else f"belief stays at {after}"
