"""The pages that are made from the code are those that are committed."""

import pytest

from tests.docs.__main__ import FOLDER, MADE
from tests.docs.messages import raised
from tests.docs.offered import told
from tests.docs.reference import commands, examples
from tests.docs.sessions import renewed


@pytest.mark.parametrize("name", MADE)
def test_a_page_is_what_the_code_says(name):
    told = (FOLDER / name).read_text(encoding="utf-8")
    assert told == MADE[name](), "run `make docs`"


def test_every_command_shows_how_it_is_called():
    assert [words for words, command in commands() if not examples(command)] == []


def test_every_error_says_what_to_do():
    assert [told for told in raised() if not told[1].strip() or not told[2].strip()] == []


def test_a_docstring_becomes_lists_and_code():
    doc = "Do it.\n\nArgs:\n    a: one,\n        or: more.\n\n>>> 1\n1"
    assert told(doc) == "Do it.\n\n- `a`: one, or: more.\n\n```python\n>>> 1\n1\n```"


def test_a_page_is_renewed_where_it_shows_something_else(session):
    page = "```console\n$ tidings init --db a.db\nold\n$ tidings init --db b.db\n...\n```\n"
    told = page.replace("old", "new store: a.db")
    assert renewed(page, session) == told
