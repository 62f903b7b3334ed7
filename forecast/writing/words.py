"""Words of estimative probability, and of confidence, as analysts write them.

Source: Office of the Director of National Intelligence, Intelligence Community Directive 203,
"Analytic Standards" (2015), section D.6.e(2): seven bands with two sets of words, which it asks
not to mix. Likelihood and confidence are two things there, and here.
"""

from dataclasses import dataclass
from typing import Final

from forecast.probability import RIGHT, parse_probability
from questions.errors import BadInput


@dataclass(frozen=True, slots=True)
class Band:
    """What a word of likelihood stands for, from ``low`` to ``high``."""

    low: float
    high: float
    word: str
    also: tuple[str, ...]
    """The standard's second word, and other forms of either."""


BANDS: Final = (
    Band(0.01, 0.05, "almost no chance", ("remote", "remotely")),
    Band(0.05, 0.20, "very unlikely", ("highly improbable",)),
    Band(0.20, 0.45, "unlikely", ("improbable", "improbably")),
    Band(0.45, 0.55, "roughly even chance", ("roughly even odds", "roughly even")),
    Band(0.55, 0.80, "likely", ("probable", "probably")),
    Band(0.80, 0.95, "very likely", ("highly probable",)),
    Band(0.95, 0.99, "almost certain", ("nearly certain", "almost certainly")),
)
"""From the least likely to the likeliest; neighbours share an edge."""

CONFIDENCES: Final = ("low", "moderate", "high")
"""How sound the grounds of a forecast are; it is never mixed into its number."""

_EVEN: Final = 0.5
_BY_NAME: Final = {name: band for band in BANDS for name in (band.word, *band.also)}
_LONGEST: Final = max(len(name.split()) for name in _BY_NAME)


def band_named(text: str) -> Band | None:
    """The band of a word, whatever its case and blanks; None if it is none of the standard's.

    >>> band_named("Highly  probable").word
    'very likely'
    """
    return _BY_NAME.get(" ".join(text.replace("-", " ").split()).casefold())


def leading_word(text: str) -> tuple[str, str]:
    """The word of likelihood with which a text begins, and the rest; ``("", text)`` without one.

    >>> leading_word("very likely the envoy is on the way")
    ('very likely', 'the envoy is on the way')
    """
    parts = text.split(maxsplit=_LONGEST)
    for count in range(min(_LONGEST, len(parts)), 0, -1):
        said = " ".join(parts[:count])
        if band_named(said):
            rest = text.split(maxsplit=count)
            return said, rest[count] if len(rest) > count else ""
    return "", text


def word_for(prob: float) -> str:
    """The word of a probability.

    Ties: an edge belongs to the band nearer to an even chance, so 5 % is "very unlikely", 20 %
    "unlikely", 45 % and 55 % "roughly even chance", 80 % "likely", 95 % "very likely". The
    standard has no word below 1 % and above 99 %; the outermost words stand there too.

    >>> [word_for(prob) for prob in (0.0, 0.05, 0.3, 0.55, 0.8, 0.96)]
    ['almost no chance', 'very unlikely', 'unlikely', 'roughly even chance', 'likely',
     'almost certain']
    """
    if prob <= _EVEN:
        return next((band.word for band in BANDS[3:0:-1] if prob >= band.low), BANDS[0].word)
    return next((band.word for band in BANDS[3:] if prob <= band.high), BANDS[-1].word)


def middle(band: Band) -> float:
    """The middle of a band, which is logged for its word.

    >>> [middle(band) for band in BANDS]
    [0.03, 0.125, 0.325, 0.5, 0.675, 0.875, 0.97]
    """
    return round((band.low + band.high) / 2, 4)


def parse_chance(text: str) -> float:
    """A probability as a person writes it: ``35%`` and the like, or a word, as its band's middle.

    Raises:
        BadInput: neither; a bare 0 or 1.

    >>> parse_chance("likely"), parse_chance("35%")
    (0.675, 0.35)
    """
    if (band := band_named(text)) is not None:
        return middle(band)
    if text.strip()[:1].isalpha() and text.strip().casefold() not in ("nan", "inf"):
        words = ", ".join(band.word for band in BANDS)
        raise BadInput("probability", text, f"{RIGHT}; or a word: {words}")
    return parse_probability(text, bare_ends=False)


def parse_confidence(text: str) -> str:
    """How sure an author is of the grounds: ``low``, ``moderate``, ``high``; empty for no word.

    Raises:
        BadInput: another word.

    >>> parse_confidence("High")
    'high'
    """
    word = text.strip().casefold()
    if word and word not in CONFIDENCES:
        raise BadInput("confidence", text, f"{', '.join(CONFIDENCES[:-1])} or {CONFIDENCES[-1]}")
    return word
