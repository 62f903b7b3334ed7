"""Whom a text names as the origin of what it tells: the outlet, agency or office.

Two texts that name one origin are not two observations, however differently they are written.
"""

import re
from typing import Final

_AGENCY: Final = (
    "Agence France-Presse|Associated Press|Financial Times|RIA Novosti|ABC News|CBS News|Fox News"
    "|NBC News|Sky News|Al Jazeera|Le Monde|Anadolu|Bellingcat|Bloomberg|Economist|Guardian"
    "|Interfax|Politico|Reuters|Spiegel|Ukrinform|Xinhua|Yonhap|Axios|Kyodo|Meduza|Nikkei|ANSA"
    "|Bild|CNBC|TASS|AFP|BBC|CNN|DPA|NPR|RIA|UPI|AP|RT"
)
"""Outlets whose names do not say that they are outlets, the longer first."""

_OUTLET_WORD: Final = (
    "Agency|Chronicle|Gazette|Herald|Inquirer|Insider|Journal|Magazine|Mail|Mirror|News|Newspaper"
    "|Observer|Post|Pravda|Press|Radio|Review|Shimbun|Standard|Sun|TV|Telegraph|Television|Times"
    "|Tribune|Weekly"
)
"""Words in which a name of an outlet may end."""

_NAMED = r"(?:(?!The\b)[A-Z][\w&.-]{0,40}\s+){0,4}(?:" + _OUTLET_WORD + ")"
_OUTLET = rf"(?:{_AGENCY}|{_NAMED})\b"
_THE = r"(?:[Tt]he\s+)?"
_OFFICE = r"[A-Z][\w-]+(?:\s+(?:(?:of|for|and|the)\s+)*[A-Z][\w-]+)*"
_CUES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:told|tells|telling)\s+{_THE}({_OUTLET})",
        rf"\b(?:interview|statement|comments?|remarks?)\s+(?:by|for|in|to|with)\s+{_THE}({_OUTLET})",
        rf"\b(?:reported|quoted|published|seen|obtained|reviewed)\s+(?:by|in)\s+{_THE}({_OUTLET})",
        rf"\b(?:[Cc]iting|cites|cited|quoting|quotes)\s+{_THE}({_OUTLET})",
        rf"\b[Aa]ccording to\s+(?:{_THE}({_OUTLET})|the\s+({_OFFICE}))",
        rf"\b({_OUTLET})(?:\s+(?:news agency|newspaper))?,?\s+"
        r"(?:first\s+|has\s+|had\s+|also\s+|earlier\s+)*(?:report(?:s|ed)|revealed|said|says|quoted)\b",
        rf"\(({_OUTLET})\)\s*[-–—]",
    )
)
_NOISE: Final = frozenset({"the", "news", "agency", "newspaper"})


def origins(text: str) -> tuple[str, ...]:
    """Every origin that a text names, in its own words, in the order of the text.

    >>> origins("Aid will arrive soon, an official told the Reuters news agency on Monday.")
    ('Reuters',)
    >>> origins("The Evening Journal had reported the plan; the minister told parliament nothing.")
    ('Evening Journal',)
    >>> origins("The town has fallen, according to the Institute for Towns.")
    ('Institute for Towns',)
    """
    flat = " ".join(text.split())
    found = {
        match.start(match.lastindex or 0): match[match.lastindex or 0]
        for cue in _CUES
        for match in cue.finditer(flat)
    }
    return tuple(dict.fromkeys(name for _, name in sorted(found.items())))


def share_origin(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two texts name one origin in common, in full or in short.

    >>> share_origin(("Evening Journal",), ("Journal", "TASS"))
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
