"""Free text and names beside the log, so that they can be erased and the chain still verifies.

The log holds the salted hash of a free text, and an id for a person; the text and its salt
lie in the ``texts`` table. Whoever asks for it has them erased: the entry stays, and so do
the hashes that the chain covers.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from secrets import token_hex
from typing import Any, Final

import sqlalchemy as sa

from questions.errors import BadInput
from questions.store.tables import holding

ERASED: Final = "[erased]"
Free = dict[str, tuple[str, str]]
"""Salt and words of each free text, by their digest."""
_MARK: Final = "erasable"
_UNKEPT: Final = re.compile("[\x00\ud800-\udfff]")


def check_texts(payload: Mapping[str, Any]) -> None:
    r"""Refuse text that not every engine can keep as it is.

    Raises:
        BadInput: a NUL character, or half of a character.

    >>> check_texts({"why": "zero \0 inside"})
    Traceback (most recent call last):
    ...
    questions.errors.BadInput: why 'zero \x00 inside' cannot be used: give text without ...
    """
    for name, value in payload.items():
        if isinstance(value, str):
            check_text(name, value)


def check_text(name: str, text: str) -> None:
    """The same for one text, which stands in the field of that name."""
    if _UNKEPT.search(text):
        right = "text without NUL characters and without halves of characters"
        raise BadInput(name, text[:40].encode("utf-8", "replace").decode(), right)


def fresh_salt() -> str:
    """A salt that nobody can guess."""
    return token_hex(16)


def digest_of(salt: str, text: str) -> str:
    """What the log holds of a free text.

    >>> digest_of("00", "a reason")[:12]
    '69ace64f1dda'
    """
    return sha256(f"{salt}/{text}".encode()).hexdigest()


def sealed(words: str, salt: str, free: Free) -> dict[str, str]:
    """A free text as a payload of the log has it; salt and words join ``free``."""
    digest = digest_of(salt, words)
    free[digest] = (salt, words)
    return {_MARK: digest}


def digests(payload: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The ``(field, digest)`` of each free text in a payload of the log."""
    for name, value in payload.items():
        if isinstance(value, dict) and set(value) == {_MARK}:
            yield name, value[_MARK]


def opened(payload: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """A payload with its free texts in place; those that are gone are named as erased."""
    free = {name: texts.get(digest, ERASED) for name, digest in digests(payload)}
    return {**payload, **free}


def named(row: Mapping[str, Any], table: sa.Table, names: Mapping[str, str]) -> dict[str, Any]:
    """A row with the names of the people whose ids it holds."""
    people = {one: names.get(row[one], row[one]) for one in holding(table, "person") if one in row}
    return {**row, **people}
