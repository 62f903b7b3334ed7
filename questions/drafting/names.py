"""Who and what an article names: every surface form with its full form and kind.

The model's labels are noisy (a town may be a person in one line and a nationality in the
next), so they are counted as votes over the whole article and settled by surface form.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from questions.english.countries import countries
from questions.english.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

NameKind = Literal[
    "person", "country", "place", "organization", "forces", "officials", "group", "thing", "named",
    "amount",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody or something, as a title writes it."""

    text: str
    kind: NameKind
    side: str = ""
    """The country it is of, or belongs to."""


Names = Mapping[str, Name]
"""Surface form (as in the article, no article or title before it) to name."""

LABELS: Final[Mapping[str, NameKind]] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
TITLES: Final = words("titles")
_PERSON_TITLES: Final = TITLES - frozenset(
    ["State", "Foreign", "Defence", "Defense", "Finance", "Treasury"]
)
_OFFICES_HELD: Final = _PERSON_TITLES - words("forms of address")
_BODY_WORDS: Final = words("body words")
_PLACE_PREPOSITIONS: Final = frozenset({"in", "near", "around", "outside", "toward", "towards"})
_PLACE_ADJECTIVES: Final = words("place adjectives")
_PLACE_VERBS: Final = words("verbs of places")
PARTS: Final = words("parts of places")
"""Nouns that stand before "of" and a place, or for a part of it."""
_NOT_NAMES: Final = words("calendar names")
_ACRONYM: Final = re.compile(
    r"(?<![\w’'-])((?:[A-Z][\w’'-]+[ ](?:of |the |for |and |on |in )*){2,8})\(([A-Z]{2,6})\)"
)
KNOWN: Final[Mapping[str, str]] = {
    "UN": "the United Nations",
    "U.N.": "the United Nations",
    "United Nations": "the United Nations",
    "EU": "the European Union",
    "E.U.": "the European Union",
    "European Union": "the European Union",
    "NATO": "NATO",
    "ICC": "the International Criminal Court (ICC)",
    "ICJ": "the International Court of Justice (ICJ)",
    "IAEA": "the International Atomic Energy Agency (IAEA)",
    "IMF": "the International Monetary Fund (IMF)",
    "WHO": "the World Health Organization (WHO)",
    "ECB": "the European Central Bank",
    "Fed": "the Federal Reserve",
    "OPEC": "OPEC",
    "G7": "the G7",
    "G20": "the G20",
    "ASEAN": "ASEAN",
    "Hamas": "Hamas",
    "Hezbollah": "Hezbollah",
    "Taliban": "the Taliban",
    "FARC": "the FARC",
    "Houthis": "the Houthis",
    "Security Council": "the UN Security Council",
    "UN Security Council": "the UN Security Council",
    "Supreme Court": "the Supreme Court",
    "House of Representatives": "the House of Representatives",
    "Senate": "the Senate",
    "Congress": "Congress",
}
"""Bodies that articles name by an acronym or in short."""


def names_in(doc: "Doc") -> Names:
    """Every name of an article by its surface form."""
    mentions = list(_mentions(doc))
    votes = _votes(mentions)
    spans: dict[str, list[Span]] = defaultdict(list)
    for span in mentions:
        spans[span.text].append(span)
    found: dict[str, Name] = {}
    for surface, count in votes.items():
        kind = _settled(surface, count)
        if kind is not None and surface not in countries().by_adjective:
            found[surface] = Name(_written(surface, kind, spans[surface]), kind)
    _take_sides(found, mentions)
    titled = {span.text for span in mentions if _has_office(span)}
    found |= _shortened(found, votes, titled)
    found |= {short: Name(full, "organization") for short, full in KNOWN.items() if short in found}
    return {**found, **_acronyms(doc.text), **_geography()}


def _take_sides(found: dict[str, Name], mentions: list["Span"]) -> None:
    """Give a body the country of "Russia's Wagner group" or "the Lebanese group Hezbollah"."""
    for span in mentions:
        name = found.get(span.text)
        if name is None or name.kind not in {"organization", "group"} or name.side:
            continue
        near = (
            (span.root, span.root.head) if span.root.dep_ in {"compound", "appos"} else (span.root,)
        )
        side = next(filter(None, map(nationality, near)), None)
        if side is not None:
            found[span.text] = replace(name, side=side)


def nationality(token: "Token") -> str | None:
    """The country that a noun's adjective or possessor gives: "Russian", "Russia's"."""
    table = countries()
    for child in token.children:
        if child.dep_ in {"amod", "compound", "nmod"} and child.text in table.by_adjective:
            return table.by_adjective[child.text]
        if child.dep_ in {"poss", "compound", "nmod"} and child.text in table.by_name:
            return table.by_name[child.text]
        if child.dep_ == "poss" and child.text in table.by_capital:
            return table.by_capital[child.text]
    return None


def _votes(mentions: list["Span"]) -> dict[str, Counter[NameKind]]:
    """How often each surface form was taken for each kind, cues of the context included."""
    votes: dict[str, Counter[NameKind]] = defaultdict(Counter)
    for span in mentions:
        surface = span.text
        if span.label_ in LABELS:
            votes[surface][LABELS[span.label_]] += 1
        for kind, weight in _cues(span):
            votes[surface][kind] += weight
        votes[surface][("group" if span.label_ == "NORP" else "thing")] += 0
    return votes


def _mentions(doc: "Doc") -> Iterator["Span"]:
    """Entities and runs of proper nouns, trimmed to the name itself."""
    spans = [span for span in doc.ents if span.label_ in {*LABELS, "NORP"}]
    covered = {token.i for span in spans for token in span}
    start = None
    for token in doc:
        free = token.pos_ == "PROPN" and token.i not in covered and token.text not in _NOT_NAMES
        if free and start is None:
            start = token.i
        if not free and start is not None:
            spans.append(doc[start : token.i])
            start = None
    for span in spans:
        if (trimmed := _trimmed(span)) is not None:
            yield trimmed


def _trimmed(span: "Span") -> "Span | None":
    """A mention without the article, titles, nationality and case around the name."""
    from spacy.tokens import Span

    start, end = span.start, span.end
    doc = span.doc
    while start < end and _precedes_name(doc[start], end - start):
        start += 1
    while end > start and (doc[end - 1].tag_ in {"POS", "_SP"} or doc[end - 1].is_punct):
        end -= 1
    text = doc[start:end].text
    if not text or not text[0].isalnum() or not any(c.isalpha() for c in text) or "\n" in text:
        return None
    if (
        doc[start].text in _NOT_NAMES
        or text.islower()
        or all(t.text in TITLES for t in doc[start:end])
    ):
        return None
    return Span(doc, start, end, label=span.label_ or "")


def _precedes_name(token: "Token", left: int) -> bool:
    if token.tag_ in {"DT", "_SP", "PRP$", "``", "''", "HYPH"} or token.is_punct:
        return True
    if left < 2:
        return False
    return token.text in TITLES or (token.tag_ == "JJ" and token.text in countries().by_adjective)


def _cues(span: "Span") -> Iterator[tuple[NameKind, int]]:
    """What the words around and in a name say about its kind."""
    before = span.doc[span.start - 1] if span.start else None
    if before is not None and before.text in _PERSON_TITLES and before.text[0].isupper():
        yield "person", 2
    if before is not None and before.lower_ in _PLACE_PREPOSITIONS and span.label_ != "PERSON":
        yield "place", 1
    if before is not None and before.lower_ in _PLACE_ADJECTIVES:
        yield "place", 2
    is_object = before is not None and before.lemma_.lower() in _PLACE_VERBS
    if is_object and (" " not in span.text or span.label_ != "PERSON"):
        yield "place", 1
    if before is not None and before.lower_ == "of" and span.doc[span.start - 2].lower_ in PARTS:
        yield "place", 2
    if any(token.text in _BODY_WORDS for token in span):
        yield "organization", 3


def _has_office(span: "Span") -> bool:
    """As in "President Duarte", "Senator Bo Hansen"."""
    before = span.doc[span.start - 1].text if span.start else ""
    return before in _OFFICES_HELD


def _settled(surface: str, count: Counter[NameKind]) -> NameKind | None:
    kind, most = max(count.items(), key=lambda item: (item[1], item[0] == "place"))
    if not most:
        return "group" if "group" in count and surface[0].isupper() else None
    return kind


def _written(surface: str, kind: NameKind, seen: list["Span"]) -> str:
    """The name with "the" where the article mostly puts it before this body or place."""
    text = " ".join(surface.split())
    if kind not in {"organization", "place", "group"} or text.startswith("The "):
        return text
    after_the = sum(any(c.lower_ == "the" for c in span.root.children) for span in seen)
    return f"the {text}" if after_the * 2 > len(seen) else text


def _shortened(
    found: Mapping[str, Name], votes: Mapping[str, Counter[NameKind]], titled: set[str]
) -> Names:
    """Parts of full names used alone: "Xi" is Xi Jinping where only one person has that name.

    A part in ``titled`` stands with a title of office, as the full name then has to somewhere.
    """
    fulls: dict[str, set[str]] = defaultdict(set)
    for surface, name in found.items():
        parts = surface.split()
        if name.kind == "person" and len(parts) > 1:
            for part in filter(None, (parts[0], parts[-1], parts[-1].partition("-")[2])):
                fulls[part].add(surface)
    short: dict[str, Name] = {}
    for part, owners in fulls.items():
        alone = votes.get(part, Counter())
        if part in titled and not owners & titled:
            continue
        if len(owners) == 1 and alone["place"] <= alone["person"] + 3:
            short[part] = found[next(iter(owners))]
    return short


def _acronyms(text: str) -> Names:
    """Bodies that the article introduces with their acronym in brackets."""
    named: dict[str, Name] = {}
    for match in _ACRONYM.finditer(text):
        words, letters = match[1].split(), match[2]
        for first in range(len(words)):
            body = words[first:]
            initials = "".join(word[0] for word in body if word[0].isupper())
            if initials == letters and body[0][0].isupper():
                before = text[max(0, match.start(1) - 4) : match.start(1)] if not first else ""
                has_the = (words[first - 1] if first else before.strip()).lower() == "the"
                name = Name(f"{'the ' * has_the}{' '.join(body)} ({letters})", "organization")
                named |= {letters: name, " ".join(body): name}
                break
    return named


def _geography() -> Names:
    """Countries, and capitals as places of theirs."""
    table = countries()
    named = {word: Name(full, "country", full) for word, full in table.by_name.items()}
    capitals = {word: Name(word, "place", full) for word, full in table.by_capital.items()}
    return capitals | named
