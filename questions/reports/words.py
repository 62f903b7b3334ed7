"""The words of a text that say what it is about, and the triples that say how it says it.

Nothing here needs a parser: comparing a report with all that is known has to be quick.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_COMMON: Final = """
a about above across after again against all almost also although always am among an and another
any anything are around as at away back be became because become been before behind being below
between both but by can cannot could did do does doing done down during each either else even ever
every everything few first five for four from further get give go had has have having he her here
hers herself him himself his how however i if in indeed into is it its itself just keep last
latest least less made make many may me might mine more moreover most mostly move much must my
myself name namely neither never next nine no nobody none nor not nothing now nowhere of off often
on once one only onto or other others otherwise our ours out over own part per perhaps please put
rather re really regarding said same say says see seem seemed seems several she should show since
six so some somebody someone something sometimes somewhere still such take ten than that the their
them themselves then there thereby therefore these they third this those though three through
throughout thus to together too top toward towards two under unless until up upon us used using
various very via was we well were what whatever when whenever where whereas wherever whether which
while who whoever whole whom whose why will with within without would yet you your yours
"""
COMMON: Final = frozenset(_COMMON.split())
"""Words that any text may hold."""

ENDINGS: Final = (
    *("ements", "ement", "ments", "ment", "edly", "ings", "ians", "ing", "ian", "ed", "es"),
    *("ly", "ia", "s", "e"),
)
"""The first that fits is taken off where four letters remain."""

_IRREGULAR: Final = """
begin began begun; bring brought; buy bought; choose chose chosen; draw drew drawn
fall fell fallen; fight fought; find found; fly flew flown; free freed; give gave given
go goes went gone; grow grew grown; hold held; keep kept; leave left; lose lost; meet met
overrun overran; pay paid; retake retook retaken; rise rose risen; seek sought; sell sold
send sent; shoot shot; speak spoke spoken; spend spent; stand stood; strike struck
swear swore sworn; take took taken; teach taught; tell told; think thought
win won; withdraw withdrew withdrawn; write wrote written
"""
_FORMS: Final = [row.split() for row in re.split(r"[;\n]", _IRREGULAR.strip())]
FIRST_FORM: Final = {form: forms[0] for forms in _FORMS for form in forms[1:]}
"""The first form of verbs whose others no ending betrays."""

_AMERICA = re.compile(r"\bU\.?S\.?(?:A\b\.?|\b\.?)")
WORD: Final = r"[^\W_]+(?:['’][^\W_]+)*"
"""A word in a pattern."""
_WORD = re.compile(WORD)


def words(text: str) -> list[str]:
    """The informative words of a text, as stems, in the order of the text.

    Spellings of one name that differ in accents or in a last ``y`` come out alike.

    >>> words("The U.S. will be visiting Zelenskyy in Kraków")
    ['usa', 'visit', 'zelensky', 'krakow']
    >>> words("They met where the town had fallen") == words("Meeting, the town falls")
    True
    """
    return [stem(word) for word in _first_forms(text) if word not in COMMON]


def stems(text: str) -> list[str]:
    """Every word of a text as a stem, the common ones too.

    >>> stems("They took control.")
    ['they', 'take', 'control']
    """
    return [stem(word) for word in _first_forms(text)]


def _first_forms(text: str) -> list[str]:
    return [first_form(word) for word in _WORD.findall(plain(text))]


def plain(text: str) -> str:
    """A text without accents, with one kind of apostrophe and one spelling of the United States.

    >>> plain("Kraków’s U.S. guests")
    "Krakow's Usa guests"
    """
    if "US" in text or "U.S" in text:
        text = _AMERICA.sub("Usa", text)
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def first_form(word: str) -> str:
    """A word in lower case, an irregular verb in its first form.

    >>> first_form("Went"), first_form("Wanted")
    ('go', 'wanted')
    """
    folded = word.casefold()
    return FIRST_FORM.get(folded, folded)


@lru_cache(maxsize=2**17)
def informative(token: str) -> bool:
    """Whether a token holds an informative word.

    >>> informative("harbour"), informative("The"), informative("--")
    (True, False, False)
    """
    return bool(words(token))


def names(text: str) -> frozenset[str]:
    """The stems of the words that are written with a capital.

    >>> sorted(names("Xi Jinping visit Russia"))
    ['jinp', 'rus', 'xi']
    """
    written = _WORD.findall(plain(text))
    return frozenset(stem for word in written if word[0].isupper() for stem in words(word))


@lru_cache(maxsize=2**17)
def stem(word: str) -> str:
    """A folded word without its ending, so that forms of one word meet; not a dictionary form.

    >>> [stem(word) for word in ("warrants", "court's", "zelenskiy")]
    ['warrant', 'court', 'zelensky']
    >>> [stem(word) for word in ("voted", "voting", "vote")]
    ['vote', 'vote', 'vote']
    >>> [stem(word) for word in ("occupies", "occupy", "controlled", "control")]
    ['occupy', 'occupy', 'control', 'control']
    >>> [stem(word) for word in ("encircled", "encirclement", "russian", "russia")]
    ['encircl', 'encircl', 'rus', 'rus']
    """
    bare = re.sub(r"^(...)(?:ed|ing)$", r"\1e", re.sub(r"(?:'s|')$", "", word))
    for ending in ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 4:
            bare = bare.removesuffix(ending)
            if ending in ("ed", "es"):
                bare = re.sub("i$", "y", bare)
            break
    return re.sub(r"([b-df-hj-np-tv-z])\1$", r"\1", re.sub(r"iy$", "y", bare))


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The triples of neighbouring words, whatever their case, marks and line breaks.

    >>> sorted(shingles("Aid has arrived. Aid has arrived!"))
    [('aid', 'has', 'arrived'), ('arrived', 'aid', 'has'), ('has', 'arrived', 'aid')]
    """
    every = _WORD.findall(plain(text).casefold())
    return frozenset(zip(every, every[1:], every[2:], strict=False))
