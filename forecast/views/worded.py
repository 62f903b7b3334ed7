"""Probabilities of a sheet with their words of likelihood beside them."""

from typing import Any, Final

from forecast.writing.words import word_for

_WORD_OF: Final = {"prob": "word", "belief": "belief_word", "crowd": "crowd_word"}


def worded(thing: Any) -> Any:
    """A sheet, or several, with the standard's word beside each probability in it.

    >>> worded([{"prob": 0.3, "belief": {"prob": 0.85}}])
    [{'prob': 0.3, 'belief': {'prob': 0.85, 'word': 'very likely'}, 'word': 'unlikely'}]
    >>> worded({"belief": 0.96, "crowd": None})
    {'belief': 0.96, 'crowd': None, 'belief_word': 'almost certain'}
    """
    if isinstance(thing, list | tuple):
        return [worded(one) for one in thing]
    if not isinstance(thing, dict):
        return thing
    words = {
        word: word_for(thing[name])
        for name, word in _WORD_OF.items()
        if isinstance(thing.get(name), float)
    }
    return {**{name: worded(value) for name, value in thing.items()}, **words}
