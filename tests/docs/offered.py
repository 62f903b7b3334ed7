"""The page of what ``import forecast`` offers, made from signatures and docstrings."""

import ast
import inspect
import re
from collections.abc import Iterator
from typing import Final

import forecast

HEAD: Final = """# Python

`import forecast` offers in a few lines what the commands do: the verbs of the desk on a store,
and scoring and pooling from pandas to pandas. Each function is loaded when it is first asked
for, and everything is typed. Errors are those of [the list](errors.md): leaves of
`questions.errors.TidingsError`; misuse by a programmer is a `ValueError`. Made from the code by
`make docs`; a test holds it equal, and each example runs. A `Time` is a datetime with a zone, or
a text as the commands take it (`2030-04-30`, `+3w`); no function reads the clock.

What writes gives back a `Receipt`: the `id` of what it made, its `record` as a dictionary, and the
`head` of the log. Tables have a row for each thing and a plain index; times in them are UTC with
their zone, probabilities from 0 to 1. Pictures are matplotlib figures that a notebook shows.

```python
from datetime import UTC, datetime

import forecast

with forecast.open_desk("team.db", now=datetime.now(UTC), who="Ana") as desk:
    forecast.predict(desk, "Q1", 0.35, why="talks are planned")
    print(forecast.believe(desk, "Q1")["prob"])
    scores = forecast.score(*forecast.tables(desk), "brier,peer")
```
"""

GROUPS: Final = {
    "desks": "Where it happens",
    "verbs": "What is done",
    "looks": "What is shown",
    "pooling": "Crowds, from tables",
    "frames": "Scores, from tables",
}
SECTION: Final = re.compile(r"^(Args|Raises):\n((?:[ ]{4}.*\n?|\n(?=[ ]{4}))*)", re.MULTILINE)
ENTRY: Final = re.compile(r"^ {4}(\w[\w, ]*): ", re.MULTILINE)


def page() -> str:
    """The whole page in Markdown."""
    return "\n".join([HEAD, *parts()])


def parts() -> Iterator[str]:
    """Each group with its functions."""
    for module, title in GROUPS.items():
        yield f"\n## {title}"
        for name in forecast.__all__:
            function = getattr(forecast, name)
            if function.__module__.rsplit(".", 1)[1] == module:
                yield f"\n### forecast.{name}\n\n```python\n{_signature(name, function)}\n```\n"
                yield told(inspect.getdoc(function) or "")


def _signature(name: str, function: object) -> str:
    """How it is called, as it is written; one line a parameter where it would be long."""
    [node] = ast.parse(inspect.getsource(function)).body  # type: ignore[arg-type]
    assert isinstance(node, ast.FunctionDef)
    assert node.returns
    shown, returned = ast.unparse(node.args), ast.unparse(node.returns).strip("'")
    shown = shown.replace("'pd.DataFrame'", "pd.DataFrame")
    line = f"{name}({shown}) -> {returned}"
    if len(line) <= 96:
        return line
    parameters = re.split(r", (?![^\[(]*[\])])", shown)
    return "\n".join([f"{name}(", *(f"    {one}," for one in parameters), f") -> {returned}"])


def told(doc: str) -> str:
    """A docstring as Markdown: lists of arguments and errors, and its example as code."""
    prose, _, example = doc.partition("\n>>> ")
    prose = SECTION.sub(_listed, prose.strip() + "\n")
    prose = re.sub(r":(?:func|mod|class):`([^`]+)`", r"`\1`", prose).replace("``", "`")
    return prose.strip() + (f"\n\n```python\n>>> {example.strip()}\n```" if example else "")


def _listed(section: re.Match[str]) -> str:
    lead = "Raises:\n\n" if section[1] == "Raises" else ""
    entries = ENTRY.split(section[2])[1:]
    rows = [
        f"- `{name.replace(', ', '`, `')}`: {' '.join(text.split())}"
        for name, text in zip(entries[::2], entries[1::2], strict=True)
    ]
    return lead + "\n".join(rows) + "\n"
