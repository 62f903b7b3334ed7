"""Bytes become characters by the encoding that somebody else names."""

import codecs
from typing import Final

_TRAPS: Final = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)
"""Codecs of Python that are no encodings of pages, and slow or surprising to decode by."""


def usable(name: str | None) -> str | None:
    """The encoding of that name, where texts may be written in it; else None.

    >>> usable("Latin-1"), usable("punycode"), usable("zlib"), usable("x-none"), usable(None)
    ('iso8859-1', None, None, None, None)
    """
    try:
        found = codecs.lookup(name or "")
    except (LookupError, ValueError):
        return None
    is_text = getattr(found, "_is_text_encoding", True)
    return found.name if is_text and found.name.replace("_", "-") not in _TRAPS else None
