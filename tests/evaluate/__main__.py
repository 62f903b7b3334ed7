"""Figures measured on real data, one JSON line each: `python -m tests.evaluate [NAME ...]`.

The data is found through the variable TIDINGS_EVAL_DATA; users do not have it. Each module
beside this one that has `figures(data: Path) -> Iterator[Figure]` is an evaluation.
"""

import json
import os
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
VARIABLE = "TIDINGS_EVAL_DATA"
NOT_EVALUATIONS = {"__main__", "figure"}


def known() -> list[str]:
    """The names of the evaluations."""
    return sorted({path.stem for path in HERE.glob("*.py")} - NOT_EVALUATIONS)


def main(names: list[str]) -> int:
    """Print the figures of the evaluations named, or of all; returns the exit code."""
    wanted = names or known()
    if unknown := [name for name in wanted if name not in known()]:
        sys.stderr.write(f"no evaluation {', '.join(unknown)}; there are {', '.join(known())}\n")
        return 2
    data = Path(os.environ.get(VARIABLE, ""))
    if not os.environ.get(VARIABLE) or not data.is_dir():
        sys.stderr.write(f"{VARIABLE} names no folder with evaluation data; nothing is measured\n")
        return 2
    for name in wanted:
        for figure in import_module(f"tests.evaluate.{name}").figures(data):
            sys.stdout.write(json.dumps(asdict(figure)) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
