"""``make docs``: writes the pages that are made from the code."""

from pathlib import Path

from tests.docs import messages, offered, reference

FOLDER = Path(__file__).parents[2] / "docs"
MADE = {"commands.md": reference.page, "errors.md": messages.page, "python.md": offered.page}


def main() -> None:
    """Write each page anew."""
    for name, page in MADE.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
