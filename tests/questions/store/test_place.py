"""Places: a path or an address; no password is ever shown."""

import pickle
from pathlib import Path

import pytest

from questions.errors import BadInput
from questions.store.place import Server, masked, place_of


def test_a_path_names_a_file_and_an_address_a_server():
    assert place_of("a/team.db") == Path("a/team.db")
    assert place_of("postgresql://host/team") == Server("postgresql://host/team")


@pytest.mark.parametrize("url", ["mysql://h/x", "sqlite:///x", "https://h/x", "postgres://h/x"])
def test_an_address_of_another_kind_is_refused(url):
    with pytest.raises(BadInput, match=r"give the path of a file, or a postgresql:// address"):
        place_of(url)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://host/x", "postgresql://host/x"),
        ("postgresql://ana@host/x", "postgresql://ana@host/x"),
        ("postgresql://ana:secret@host:5432/x", "postgresql://ana:***@host:5432/x"),
        ("postgresql://ana:sec@re:t@host/x", "postgresql://ana:***@host/x"),
        ("postgresql://ana:sec/ret@host/x", "postgresql://ana:***@host/x"),
        ("postgresql:///x?host=h&password=secret", "postgresql:///x?host=h&password=***"),
        ("postgresql:///x?PassWord=secret&host=h", "postgresql:///x?PassWord=***&host=h"),
        ("postgresql:///x?sslpassword=secret", "postgresql:///x?sslpassword=***"),
    ],
)
def test_passwords_are_masked_wherever_an_address_has_them(url, shown):
    assert masked(url) == shown
    place = Server(url)
    assert (str(place), repr(place), f"{place}") == (shown, shown, shown)


def test_a_server_goes_to_another_process_with_its_password():
    server = Server("postgresql://ana:secret@host/x")
    assert pickle.loads(pickle.dumps(server)).url == server.url
