"""A body as it was sent becomes its bytes, never more of them than were allowed."""

import zlib
from collections.abc import Iterable
from typing import Final

_EITHER: Final = zlib.MAX_WBITS | 32
"""Tells zlib to read the header of gzip or of zlib, whichever is there."""
ENCODINGS: Final = ("", "identity", "gzip", "x-gzip", "deflate")


class TooMuch(Exception):
    """A body that is larger than was allowed."""


class Broken(Exception):
    """A body that is not packed as it says, or that ends too early."""


def unpacked(pieces: Iterable[bytes], encoding: str, most: int) -> bytes:
    """The bytes of a body that comes in pieces, packed with one of :data:`ENCODINGS`.

    No more than ``most`` bytes and one piece are ever held, however far they would unfold.

    Raises:
        TooMuch: more than ``most`` bytes, packed or unpacked.
        Broken: not packed so, or cut short.
        ValueError: an encoding that is none of ours.

    >>> unpacked([b"ab", b"c"], "", 3)
    b'abc'
    """
    if encoding not in ENCODINGS:
        raise ValueError(f"no encoding {encoding!r}")
    if encoding in ("", "identity"):
        return _plain(pieces, most)
    return _inflated(pieces, most)


def _plain(pieces: Iterable[bytes], most: int) -> bytes:
    whole = bytearray()
    for piece in pieces:
        whole += piece
        if len(whole) > most:
            raise TooMuch
    return bytes(whole)


def _inflated(pieces: Iterable[bytes], most: int) -> bytes:
    whole, packed, inflating = bytearray(), 0, zlib.decompressobj(_EITHER)
    try:
        for piece in pieces:
            packed += len(piece)
            whole += inflating.decompress(piece, most + 1 - len(whole))
            if packed > most or len(whole) > most or inflating.unconsumed_tail:
                raise TooMuch
    except zlib.error as error:
        raise Broken from error
    if packed and not inflating.eof:
        raise Broken
    return bytes(whole)
