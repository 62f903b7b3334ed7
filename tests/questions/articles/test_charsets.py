import pytest

from questions.articles.charsets import usable


@pytest.mark.parametrize("name", ["utf-8", "UTF8", "windows-1252", "shift_jis", "gb2312", "utf-16"])
def test_encodings_of_pages_may_be_used(name: str) -> None:
    known = usable(name)
    assert known is not None
    assert "Rain.".encode(known).decode(known) == "Rain."


@pytest.mark.parametrize(
    "name",
    [
        *("", "none", "a\0b", "hex", "rot13", "base64", "bz2", "zlib", "uu", "quopri"),
        *("idna", "punycode", "PUNYCODE", "unicode_escape", "raw_unicode_escape", "utf_7"),
        "undefined",
    ],
)
def test_other_codecs_may_not(name: str) -> None:
    assert usable(name) is None
