"""The words that head the tables of the commands, read from where they are made."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PLACES: Final = ("forecast/cli", "forecast/show")


def headings() -> set[str]:
    """What stands over the columns."""
    paths = [path for place in PLACES for path in (ROOT / place).rglob("*.py")]
    return {word for path in paths for word in made(path.read_text(encoding="utf-8"))}


def made(code: str) -> Iterator[str]:
    """The headings that some code makes.

    >>> list(made('Column("belief", str), Column(name, str)'))
    ['belief']
    """
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(ast.Name("Column"), [ast.Constant(str(word)), *_]) if word:
                yield word
