"""``make docs``: writes the pages that are made from the code.

``python -m tests.docs PAGE.md`` runs the sessions of a page and writes what they print now, where
that is not what it shows; then look at the difference before it is committed.
"""

import sys
import tempfile
from pathlib import Path

import pytest

from tests.docs import messages, offered, reference
from tests.docs.sessions import Session, renewed

FOLDER = Path(__file__).parents[2] / "docs"
MADE = {"commands.md": reference.page, "errors.md": messages.page, "python.md": offered.page}


def main() -> None:
    """Write each page anew, or the sessions of those that are named."""
    for name in sys.argv[1:]:
        renew(Path(name).absolute())
    if len(sys.argv) == 1:
        for name, page in MADE.items():
            (FOLDER / name).write_text(page(), encoding="utf-8")


def renew(path: Path) -> None:
    """Put what its commands print now into a page."""
    page = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        here = Path(folder) / "work"
        here.mkdir()
        told = renewed(page, Session(here, patch))
    path.write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
