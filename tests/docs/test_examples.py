"""Every example in a command's help runs, in a copy of a folder in which its ids are there."""

import shutil
from collections.abc import Iterator
from typing import Final

import pytest

from tests.docs.prepared import UNTIL, asked, prepare
from tests.docs.reference import commands, examples
from tests.docs.sessions import Session

BEFORE: Final = {
    "agenda": ("member team north Ana Bo",),
    "import": ("export moved",),
    "reveal": (asked("Will the border reopen?", "2023-04-30", UNTIL, "--blind"),),
    "decline": ("propose Q1 yes --at 2023-04-26 --source 'both governments'",),
    "dispute": ("resolve Q1 yes --at 2023-04-26 --source 'both governments' --as Ana",),
    "reopen": ("resolve Q1 yes --at 2023-04-26 --source 'both governments'",),
    "rule end": (
        "rule add wire-schedules --source Reuters --says scheduled --words 'slightly for yes'"
        " -m calendars",
    ),
    "suggestion accept": ("suggestion add R2 Q1 --ratio 3 --why 'a date is named' --as Bo",),
    "suggestion decline": ("suggestion add R2 Q1 --ratio 3 --why 'a date is named' --as Bo",),
}
"""What has to have happened first, by command."""

SLOW: Final = ("fit", "skill", "groups", "demo")
"""Commands that sample, or live a whole story."""

KEYS: Final = {"drafts": "q"}
"""Commands for a person at a terminal, with the keys that end them."""

ON_A_SERVER: Final = ("admit",)
"""Commands of a store on a PostgreSQL server, which has the role that they name."""


def shown() -> Iterator[object]:
    """Each example with its command, as a parameter of a test."""
    for words, command in commands():
        for line in examples(command):
            marks = [pytest.mark.slow] if words in SLOW else []
            yield pytest.param(words, line, id=line.removeprefix("tidings "), marks=marks)


@pytest.fixture(scope="session")
def told(tmp_path_factory):
    """The folder, prepared once."""
    folder = tmp_path_factory.mktemp("prepared") / "work"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        session = Session(folder, patch)
        prepare(folder, lambda line: succeeds(session, f"tidings {line}"))
    return folder


def succeeds(session: Session, line: str) -> str:
    """What a line prints, which must not fail."""
    code, printed = session.run(line)
    assert code == 0, (line, printed)
    return "\n".join(printed)


@pytest.mark.parametrize(
    ("words", "line"), [one for one in shown() if one.values[0] not in ON_A_SERVER]
)
def test_an_example_of_the_help_runs(words, line, told, session):
    shutil.copytree(told, session.folder, dirs_exist_ok=True)
    for first in BEFORE.get(words, ()):
        succeeds(session, f"tidings {first}")
    if words in KEYS:
        assert session.press(line, KEYS[words]) == 0
    else:
        succeeds(session, line)


@pytest.mark.parametrize(
    ("words", "line"), [one for one in shown() if one.values[0] in ON_A_SERVER]
)
def test_an_example_of_a_server_runs(words, line, analysts, session):
    analysts.do("CREATE SCHEMA examples", base="team")
    session.patch.setenv("TIDINGS_DB", analysts.url("examples", base="team"))
    succeeds(session, "tidings init")
    succeeds(session, line)
