import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.articles.unpacking import Broken, TooMuch, unpacked

PACKED = {"": bytes, "gzip": gzip.compress, "deflate": zlib.compress}


@given(st.binary(max_size=2000), st.integers(1, 50), st.sampled_from(sorted(PACKED)))
def test_what_was_packed_comes_out_whole_however_it_is_cut(
    body: bytes, size: int, encoding: str
) -> None:
    sent = PACKED[encoding](body)
    pieces = [sent[at : at + size] for at in range(0, len(sent), size)]
    assert unpacked(pieces, encoding, max(len(body), len(sent))) == body


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_never_more_than_was_allowed_comes_out(length: int, most: int) -> None:
    sent = zlib.compress(b"a" * length)
    try:
        assert len(unpacked([sent], "deflate", most)) == length <= most
    except TooMuch:
        assert length > most or len(sent) > most


def test_a_bomb_is_not_unfolded() -> None:
    inflating = zlib.compressobj(9, wbits=31)
    bomb = b"".join(inflating.compress(bytes(1_000_000)) for _ in range(200)) + inflating.flush()
    assert len(bomb) < 200_000
    with pytest.raises(TooMuch):
        unpacked([bomb], "gzip", 5_000_000)


def test_a_body_that_is_too_long_unpacked_is_refused() -> None:
    with pytest.raises(TooMuch):
        unpacked([b"abc", b"d"], "", 3)
    assert unpacked([b"abc"], "identity", 3) == b"abc"


@pytest.mark.parametrize("sent", [gzip.compress(b"abcdef", mtime=0)[:-9], b"not packed at all"])
def test_a_body_that_is_damaged_or_cut_short_is_told(sent: bytes) -> None:
    with pytest.raises(Broken):
        unpacked([sent], "gzip", 1000)


def test_an_encoding_of_another_kind_is_a_programmers_mistake() -> None:
    with pytest.raises(ValueError, match="no encoding 'br'"):
        unpacked([], "br", 10)
