"""Whom a text names as the origin of what it tells: the outlet, agency or office.

Two texts that name one origin are not two observations, however differently they are written.
"""

import re
from typing import Final

AGENCIES: Final = (
    "ABC News, AFP, AP, Agence France-Presse, Al Jazeera, Anadolu, ANSA, Associated Press, "
    "Axios, BBC, Bellingcat, Bloomberg, Bild, CBS News, CNBC, CNN, DPA, Economist, Financial "
    "Times, Fox News, Guardian, Interfax, Kyodo, Le Monde, Meduza, NBC News, NPR, Nikkei, "
    "Politico, RIA Novosti, RIA, RT, Reuters, Sky News, Spiegel, TASS, Telegram, UPI, "
    "Ukrinform, Wired, Xinhua, Yonhap"
).split(", ")
"""Outlets whose names do not say that they are outlets."""

OUTLET_WORDS: Final = (
    "Agency, Chronicle, Daily, Gazette, Herald, Insider, Inquirer, Journal, Magazine, Mail, "
    "Mirror, News, Newspaper, Observer, Post, Press, Pravda, Radio, Review, Standard, Sun, "
    "Telegraph, Television, Times, Tribune, TV, Weekly"
).split(", ")
"""Words that a name of an outlet may end in."""

_AGENCY = "|".join(sorted(map(re.escape, AGENCIES), key=len, reverse=True))
_NAMED = r"(?:[A-Z][\w&.-]*\s+){0,4}(?:" + "|".join(OUTLET_WORDS) + r")"
_OUTLET = rf"(?:[Tt]he\s+)?(?:{_AGENCY}|{_NAMED})\b"
_OFFICE = r"the\s+[A-Z][\w-]+(?:\s+(?:(?:of|for|and|the)\s+)*[A-Z][\w-]+)*"
_CUES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:told|tells|telling)\s+({_OUTLET})",
        rf"\b(?:by|with|to|from|in|citing|cites|cited|quoting|quoted by)\s+({_OUTLET})",
        rf"\b[Aa]ccording to\s+({_OUTLET}|{_OFFICE})",
        rf"\b({_OUTLET})(?:\s+(?:news agency|newspaper))?,?\s+"
        r"(?:first\s+|has\s+|had\s+|also\s+|earlier\s+)*(?:report(?:s|ed)|revealed|said|says|quoted)\b",
        rf"\(({_OUTLET})\)\s*[-–—]",
    )
)
_NOISE: Final = frozenset({"the", "news", "agency", "newspaper"})


def origins(text: str) -> tuple[str, ...]:
    """Every origin that a text names, in its own words, in the order of the text.

    >>> origins("Aid will arrive soon, an official told the Reuters news agency on Monday.")
    ('the Reuters',)
    >>> origins("The Evening Journal had reported the plan; the minister told parliament nothing.")
    ('The Evening Journal',)
    >>> origins("The town has fallen, according to the Institute for Towns.")
    ('the Institute for Towns',)
    """
    flat = " ".join(text.split())
    found = {match.start(1): match[1] for cue in _CUES for match in cue.finditer(flat)}
    return tuple(dict.fromkeys(name for _, name in sorted(found.items())))


def share_origin(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two texts name one origin in common, in full or in short.

    >>> share_origin(("The Evening Journal",), ("the Journal", "TASS"))
    True
    >>> share_origin(("Reuters",), ())
    False
    """
    return any(_same(a, b) for a in map(_core, one) for b in map(_core, other))


def _core(name: str) -> frozenset[str]:
    """What identifies a name: its words without article and trade."""
    words = frozenset(name.casefold().split())
    return words - _NOISE or words


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one
