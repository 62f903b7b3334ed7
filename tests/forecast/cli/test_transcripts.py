"""What a person sees on a terminal of eighty columns, word for word.

``python -m tests.forecast.cli.test_transcripts`` writes the transcripts anew; look at what changed.
"""

import re
import shlex
import tempfile
from pathlib import Path
from typing import Final

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from forecast.cli.main import app
from tests.forecast.show.stories import tell

FOLDER: Final = Path(__file__).parent / "transcripts"
LINES: Final = {
    "overview": "tidings",
    "questions": "tidings questions",
    "show": "tidings show Q1",
    "inbox": "tidings inbox",
    "sources": "tidings source list",
    "leaderboard": "tidings leaderboard",
    "unknown": "tidings show Q9",
}
MORE: Final = (
    "tidings show Q2",
    "tidings update",
    "tidings crowd Q1",
    "tidings agenda",
    "tidings score --rule brier,peer",
    "tidings calibrate",
    "tidings digest --since 30d",
    "tidings member list",
    "tidings lint",
)
"""Commands whose output has to fit, whatever it says."""
WIDTH: Final = 80
SCREEN: Final = {
    "COLUMNS": str(WIDTH),
    "TTY_COMPATIBLE": "1",
    "TTY_INTERACTIVE": "0",
    "NO_COLOR": "1",
    "TERM": "xterm",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The story of the bridge, a replay that stands still on 16 May 2024."""
    path = tmp_path_factory.mktemp("story") / "story.db"
    tell(path).store.close()
    return path


def printed(line: str, store: Path, width: int = WIDTH) -> str:
    """What a command shows on a terminal, without its codes and the blanks at the ends."""
    words = [*shlex.split(line)[1:], "--db", str(store)]
    if len(words) == 2:
        words = ["--db", str(store)]
    around = {**SCREEN, "COLUMNS": str(width), "TIDINGS_AS": None}
    shown = CliRunner().invoke(app, words, env=around, prog_name="tidings").output
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown)
    return "".join(f"{one.rstrip()}\n" for one in plain.splitlines())


@pytest.mark.parametrize("name", LINES)
def test_a_command_shows_what_its_transcript_has(name, store, alone):
    kept = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert f"$ {LINES[name]}\n{printed(LINES[name], store)}" == kept


@pytest.mark.parametrize("width", [80, 100, 200])
def test_everything_fits_the_terminal(width, store, alone):
    for line in (*LINES.values(), *MORE):
        lines = printed(line, store, width).splitlines()
        assert max(map(cell_len, lines)) <= width, line


def test_every_transcript_is_of_a_command():
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(LINES)


def main() -> None:
    """Write every transcript anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "story.db"
        tell(path).store.close()
        for name, line in LINES.items():
            text = f"$ {line}\n{printed(line, path)}"
            (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
