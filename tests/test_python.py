"""``import forecast`` offers little, loads late, and is typed for those who use it."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import forecast

USER = """
from datetime import UTC, datetime

import pandas as pd

import forecast

drafts = forecast.draft("article.txt", published="2030-01-01")
titles: list[str] = [one.title for one in drafts]
with forecast.open_desk("team.db", now=datetime.now(UTC), who="Ana") as desk:
    made: str = forecast.predict(desk, "Q1", 0.35).id
    said, asked = forecast.tables(desk)
scores: pd.DataFrame = forecast.score(said, asked, "brier")
crowd: pd.DataFrame = forecast.aggregate(said, asked, at="2030-02-01")
print(forecast.compare(said, asked, "Ana", "Bo").difference)
"""


def checked(tmp_path: Path, text: str) -> str:
    """What mypy --strict says of a user's file."""
    path = tmp_path / "user.py"
    path.write_text(text)
    command = [sys.executable, "-m", "mypy", "--strict", str(path)]
    cache = ["--cache-dir", str(tmp_path / "cache"), "--config-file", ""]
    done = subprocess.run([*command, *cache], capture_output=True, text=True, cwd=tmp_path)
    return done.stdout


@pytest.mark.slow
def test_a_users_file_is_typed(tmp_path):
    assert "no issues" in checked(tmp_path, USER)
    wrong = checked(tmp_path, USER.replace('"Q1", 0.35', '"Q1", 0.35, wy="x"'))
    assert "[call-arg]" in wrong


def test_what_is_offered_is_what_is_typed_and_what_is_loaded():
    tree = ast.parse(inspect.getsource(forecast))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    typed = {one.name for node in imports for one in node.names if node.module != "importlib"}
    assert typed - {"TYPE_CHECKING", "Any", "Final"} == set(forecast.__all__)
    for name in forecast.__all__:
        assert callable(getattr(forecast, name))


def test_no_name_hides_a_module():
    """A module that is imported would take the place of a function of its name."""
    folder = Path(forecast.__file__).parent
    assert not {path.stem for path in folder.iterdir()} & set(forecast.__all__)


def test_importing_loads_nothing_heavy():
    heavy = "{'pandas', 'numpy', 'spacy', 'matplotlib', 'sqlalchemy', 'pymc'}"
    code = f"import sys, forecast; print({heavy} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_a_name_that_is_not_offered_is_no_attribute():
    with pytest.raises(AttributeError, match="oracle"):
        _ = forecast.oracle


@pytest.mark.parametrize("name", forecast.__all__)
def test_what_is_offered_says_what_it_raises(name):
    told = inspect.getdoc(getattr(forecast, name))
    assert told
    assert "Raises:" in told or name in ("questions", "tables")
