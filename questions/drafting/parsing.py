"""An article's text becomes one parse whose characters are the text's own.

Paragraphs are parsed one by one, so that a headline never runs into the sentence below it.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST_PIECE: Final = 5_000
"""Characters given to the parser at once; its memory and time grow with the piece."""
_WRAP: Final = 120
_LINE: Final = re.compile(r"[^\n]*\n[\s\ufeff]*|[^\n]+$")
_DATELINE: Final = re.compile(
    r"(?:[A-Z][A-Z .’'/-]+[A-Z](?:,[ ][A-Z][\w. ]{1,25})?[ ]\([A-Z][\w .]{1,20}\)"
    r"|[A-Z][\w. ’'-]{2,25}(?:,[ ][A-Z][\w. ]{2,20})?[ ]\((?:AP|AFP|Reuters|Xinhua|CNN)\))"
    r"[ ]*[-–—]*\s*"
)
"""As in "OSLO, Norway (AP) —" before the first sentence."""
_ENDED: Final = re.compile(r"[.!?:;\"”’')\]…][\s\ufeff]*$")


def parse(text: str, language: "Language") -> "Doc":
    """The parse of a text: ``doc.text == text``, token offsets count its code points."""
    from spacy.tokens import Doc

    pieces = list(language.pipe(paragraphs(text)))
    return Doc.from_docs(pieces, ensure_whitespace=False) or language.make_doc("")


def paragraphs(text: str) -> Iterator[str]:
    r"""The text's paragraphs, each with the white space after it; joined they are the text.

    A line of a hard-wrapped text goes on in the next one; any other line is a paragraph.

    >>> list(paragraphs("Head\n\nOne.\nTwo.\n"))
    ['Head\n\n', 'One.\n', 'Two.\n']
    """
    lines = _LINE.findall(text)
    widest = max((len(line.rstrip()) for line in lines), default=0)
    held = ""
    for line in lines:
        held += line
        body = line.rstrip()
        wrapped = widest <= _WRAP and len(body) > 0.75 * widest and len(lines) > 3
        if line.count("\n") > 1 or _ENDED.search(body) or not wrapped:
            yield from _bounded(held)
            held = ""
    yield from _bounded(held)


def _bounded(paragraph: str) -> Iterator[str]:
    """A paragraph in pieces that the parser can hold, cut at white space where there is some.

    A dateline is a piece of its own, lest its place be taken for who acts.
    """
    dateline = _DATELINE.match(paragraph)
    start = dateline.end() if dateline else 0
    if dateline:
        yield dateline[0]
    while len(paragraph) - start > LONGEST_PIECE:
        cut = paragraph.rfind(" ", start + 1, start + LONGEST_PIECE) + 1
        cut = cut if cut > start else start + LONGEST_PIECE
        yield paragraph[start:cut]
        start = cut
    if start < len(paragraph):
        yield paragraph[start:]
