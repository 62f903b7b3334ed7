"""What the README shows is what happens: its session is run line by line."""

import re
from pathlib import Path

import pytest

from tests.docs.sessions import Session, fits, steps

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ACTIVATION = ". .venv/bin/activate"
"""What a shell needs and the tests have."""


def test_the_session_runs_as_it_is_shown(tmp_path, monkeypatch):
    here = tmp_path / "work"
    here.mkdir()
    (here / "forecast").symlink_to(ROOT / "forecast")
    session = Session(here, monkeypatch)
    told = [step for step in steps(README) if step.command != ACTIVATION]
    for step in told:
        printed = session.take(step)
        assert not step.shown or fits(step.shown, printed), (step.command, printed)
    assert len(told) >= 12
    assert (here / "q2.png").exists()
    assert (here / "week.html").exists()


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", README, re.MULTILINE))
def test_the_commands_of_the_readme_are_in_the_makefile(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
