"""Tables and lines for a terminal; text from outside is made inert first."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from forecast.probability import format_probability
from questions.instants import last_day

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Row = Mapping[str, Any]

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_MISSING = "-"
_BAR = 10
_GAP = 3
_WRAPPED = 28
PIPED_WIDTH = 10_000
_RAREST = 0.0001


def clean(text: object) -> str:
    r"""A text without control characters and marks of writing direction, on one line.

    >>> clean("a\x1b[31mred\u202e\nb")
    'a [31mred b'
    """
    return _UNSAFE.sub(" ", str(text)).strip()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header, what it shows of a row, and how it sits."""

    header: str
    shows: Callable[[Row], object]
    justify: Literal["left", "right"] = "left"
    wraps: bool = False
    spare: bool = False
    """Left out, from the right, where the terminal is too narrow for all columns."""


def percent(prob: float | None) -> str:
    """A probability as a percentage; beyond one in ten thousand only that it is.

    >>> percent(0.355), percent(None), percent(3e-7), percent(1.0)
    ('35.5%', '-', '<0.01%', '100%')
    """
    if prob is None:
        return _MISSING
    if 0 < prob < _RAREST:
        return f"<{format_probability(_RAREST)}"
    if 1 - _RAREST < prob < 1:
        return f">{format_probability(1 - _RAREST)}"
    return format_probability(prob)


def counted(count: int, noun: str) -> str:
    """A count with its noun.

    >>> counted(1, "question"), counted(2, "question")
    ('1 question', '2 questions')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def of_fit(fit: str) -> str:
    """The fit behind a belief in words.

    >>> of_fit("M1"), of_fit("cold")
    ('fit M1', 'no fit yet')
    """
    return "no fit yet" if fit == "cold" else f"fit {fit}"


def likelier(weight: float) -> str:
    """A weight of evidence (nats) as the likelihood ratio that it stands for.

    >>> likelier(0.7), likelier(-2.3), likelier(0.0)
    ('2 times likelier if yes', '10 times likelier if no', 'as likely if yes as if no')
    """
    if weight == 0:
        return "as likely if yes as if no"
    return f"{math.exp(abs(weight)):.2g} times likelier if {'yes' if weight > 0 else 'no'}"


def bar(prob: float | None) -> str:
    """A probability as a bar of ten places.

    >>> bar(0.34)
    '███·······'
    """
    if prob is None:
        return ""
    filled = round(prob * _BAR)
    return "█" * filled + "·" * (_BAR - filled)


def points(move: float | None) -> str:
    """A change of probability in percentage points, with its sign.

    >>> points(0.081), points(-0.0001)
    ('+8.1', '0.0')
    """
    if move is None:
        return _MISSING
    shown = f"{100 * move:+.1f}"
    return "0.0" if shown in ("+0.0", "-0.0") else shown


def day(moment: datetime | None) -> str:
    """The day of an instant, UTC."""
    return _MISSING if moment is None else moment.strftime("%d %b %Y").lstrip("0")


def by_day(close: datetime | None) -> str:
    """The last day before a closing instant."""
    return _MISSING if close is None else last_day(close).strftime("%d %b %Y").lstrip("0")


def print_table(rows: Sequence[Row], columns: Sequence[Column], *, nothing: str) -> None:
    """Print rows as a table that fits the terminal; piped, each row stays on one line."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    console = _console()
    if not rows:
        console.print(nothing, markup=False)
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    shown = fitting(rows, columns, console.width) if console.is_terminal else columns
    for column in shown:
        table.add_column(
            column.header,
            justify=column.justify,
            no_wrap=not (column.wraps and console.is_terminal),
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(clean(column.shows(row))) for column in shown))
    if not console.is_terminal:
        console.width = PIPED_WIDTH
    console.print(table)


def fitting(rows: Sequence[Row], columns: Sequence[Column], width: int) -> list[Column]:
    """The columns that fit into a width, spare ones left out from the right as far as need be."""
    shown = list(columns)
    for column in reversed(columns):
        if sum(_width(rows, one) + _GAP for one in shown) - _GAP <= width:
            break
        if column.spare:
            shown.remove(column)
    return shown


def _width(rows: Sequence[Row], column: Column) -> int:
    """The places that a column needs; one that wraps is content with fewer."""
    from rich.cells import cell_len

    texts = [column.header, *(clean(column.shows(row)) for row in rows)]
    widest = max(cell_len(text) for text in texts)
    return min(widest, _WRAPPED) if column.wraps else widest


def print_lines(lines: Sequence[str]) -> None:
    """Print lines as they are, wrapped to the terminal; nothing in them is markup."""
    console = _console()
    for line in lines:
        console.print(line, markup=False, soft_wrap=not console.is_terminal)


def print_texts(texts: "Sequence[Text]", *, indent: int = 0) -> None:
    """Print styled lines, wrapped to the terminal and set in by some places."""
    from rich.padding import Padding

    console = _console()
    for text in texts:
        console.print(Padding(text, (0, 0, 0, indent), expand=False))


def _console() -> "Console":
    from rich.console import Console

    class Plain(Console):
        """A console that leaves a reader who has gone to the command, as any other error."""

        def on_broken_pipe(self) -> None:
            raise

    return Plain(highlight=False)
