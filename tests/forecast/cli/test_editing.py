"""A draft as a form, edited and read back."""

import stat
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.cli.editing import form_of, in_editor, read_form, with_edits
from questions.errors import BadFile, BadInput
from tests.forecast.cli.conftest import DRAFT

NOW = datetime(2023, 3, 13, tzinfo=UTC)
FORM = form_of(DRAFT)
LINES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs")), min_size=1, max_size=40
).filter(lambda line: line.strip().lower() not in ("criteria:", "fine print:"))


def test_a_form_that_nobody_touched_says_what_the_draft_said():
    read = read_form(FORM, now=NOW)
    assert (read.title, read.closes) == (DRAFT.title, DRAFT.scheduled_close_time)
    assert (read.criteria, read.fine_print, read.tags) == (DRAFT.resolution_criteria, "", ())


def test_each_part_can_be_changed():
    text = (
        FORM.replace(DRAFT.title, "Will the bridge of Ulm shut by 1 May 2090?")
        .replace("closes: 2090-04-30", "closes: 2090-05-01")
        .replace("tags: ", "tags: roads, Ulm")
        .replace("Yes if cars cross it.", "Yes: it shuts.\n\nNo: it does not.")
    ) + "A day is enough.\n"
    read = read_form(text, now=NOW)
    assert read.title == "Will the bridge of Ulm shut by 1 May 2090?"
    assert read.closes == datetime(2090, 5, 2, tzinfo=UTC)
    assert read.tags == ("roads", "Ulm")
    assert read.criteria == "Yes: it shuts.\n\nNo: it does not."
    assert read.fine_print == "A day is enough."


def test_a_time_of_day_is_kept_with_its_offset():
    at = datetime(2090, 4, 30, 16, 30, tzinfo=UTC)
    text = form_of(replace(DRAFT, scheduled_close_time=at))
    assert "closes: 2090-04-30T16:30:00Z" in text
    assert read_form(text, now=NOW).closes == at


def test_an_emptied_form_changes_nothing():
    assert read_form(" \n\n", now=NOW) is None


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        (DRAFT.title, "", "no title: give some words after title:"),
        ("Yes if cars cross it.", "", "no criteria: give some words after criteria:"),
        ("2090-04-30", "soon", "closing time 'soon' cannot be used"),
        ("2090-04-30", "", "no closing time"),
        ("criteria:", "", "no criteria: give a line that says criteria:"),
        ("tags:", "tag:", "line 'tag:' cannot be used: give lines such as title: ..."),
    ],
)
def test_a_form_that_cannot_be_read_is_told(old, new, right):
    with pytest.raises(BadInput, match=right.replace("(", r"\(")):
        read_form(FORM.replace(old, new), now=NOW)


def test_hostile_characters_do_not_reach_the_editor():
    hostile = replace(
        DRAFT,
        title="Will \x1b[2J\u202eit\nmelt?",
        resolution_criteria="Yes.\x07\nNo.\u200b",
        fine_print="\x9b31m",
    )
    text = form_of(hostile)
    assert not set(text) & set("\x1b\u202e\x07\u200b\x9b")
    assert "title: Will [2J it melt?" in text


@given(title=LINES, criteria=st.lists(LINES, min_size=1), fine_print=st.lists(LINES))
def test_what_a_form_shows_it_gives_back(title, criteria, fine_print):
    made = replace(
        DRAFT,
        title=title,
        resolution_criteria="\n".join(criteria),
        fine_print="\n".join(fine_print),
    )
    read = read_form(form_of(made), now=NOW)
    assert (read.title, read.criteria, read.fine_print) == (
        *(made.title, made.resolution_criteria, made.fine_print),
    )


def test_an_edited_draft_is_judged_again():
    read = read_form(FORM.replace("Will the bridge of Ulm", "Will it"), now=NOW)
    edited = with_edits(DRAFT, read, "The bridge will open by 30 April.")
    assert 'the agent is a pronoun, "it"' in [found.what for found in edited.problems]


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """An editor made of a line of Python."""

    def made(code):
        path = tmp_path / "my editor"
        path.write_text(f"#!{sys.executable}\nimport sys, pathlib\n{code}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"'{path}' --wait")

    return made


def test_the_editor_of_the_environment_is_opened(editor):
    editor("path = pathlib.Path(sys.argv[2]); path.write_text(path.read_text() + 'more')")
    assert in_editor("some ") == "some more"


def test_an_editor_that_fails_changes_nothing(editor):
    editor("sys.exit(3)")
    with pytest.raises(BadFile, match="ended with code 3; nothing was changed"):
        in_editor("some")


def test_an_editor_that_leaves_no_text_is_told(editor):
    editor(r"pathlib.Path(sys.argv[2]).write_bytes(b'\xff\xfe')")
    with pytest.raises(BadFile, match="the editor cannot be used"):
        in_editor("some")


@pytest.mark.parametrize("command", ["no-such-editor-here", "'unclosed"])
def test_an_editor_that_is_not_there_is_told(monkeypatch, command):
    monkeypatch.setenv("VISUAL", command)
    with pytest.raises(BadFile, match="the editor cannot be used; set EDITOR to one"):
        in_editor("some")
