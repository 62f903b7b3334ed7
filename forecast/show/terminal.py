"""Tables and lines for a terminal; text from outside is made inert first."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from forecast.probability import format_probability
from questions.instants import last_day

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Row = Mapping[str, Any]

UNSEEN: Final = (
    "\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f"
)
"""What steers a terminal or turns the writing, beside the control characters of ASCII; it stands
within the brackets of a pattern."""
_UNSAFE = re.compile(f"[\x00-\x1f{UNSEEN}]+")
_STEERING = re.compile(f"[\x00-\x08\x0b-\x1f{UNSEEN}]+")
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_HEAP = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")
"""More marks on one letter than any language has, which would climb over other lines."""
_MISSING = "-"
_BAR = 10
_GAP = 3
_WRAPPED = 24
_WORD = 12
"""Room for a word or a date."""
PIPED_WIDTH = 10_000
_RAREST = 0.0001


def clean(text: object) -> str:
    r"""A text on one line, without what steers a terminal, turns the writing or cannot be seen.

    >>> clean("a\x1b[31mred\u202e\nb")
    'a [31mred b'
    """
    return _HEAP.sub(r"\1", _UNSAFE.sub(" ", str(text))).strip()


def steerless(text: str) -> str:
    r"""A text of whatever lines and columns it has, without what steers a terminal.

    >>> steerless("  a\x1b[31mred\n\tb")
    '  a [31mred\n\tb'
    """
    return _STEERING.sub(" ", text)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header, what it shows of a row, and how it sits."""

    header: str
    shows: Callable[[Row], object]
    justify: Literal["left", "right"] = "left"
    wraps: bool = False
    spare: bool = False
    """Left out, from the right, where the terminal is too narrow for all columns."""
    tone: Callable[[Row], str] | None = None
    """The style in which a row's cell stands out; it adds to what the cell says, never replaces."""


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


def brief(prob: float | None) -> str:
    """A probability in three digits, for a list.

    >>> brief(0.3551), brief(0.99976), brief(2.7e-8), brief(1.0), brief(None)
    ('35.5%', '>99.9%', '<0.1%', '100%', '-')
    """
    if prob is None or prob in (0, 1):
        return percent(prob)
    if not 0.001 <= prob <= 0.999:
        return "<0.1%" if prob < 0.001 else ">99.9%"
    return percent(round(prob, 3))


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
    """Print rows as a table that fits the terminal; piped, each row stays on one line.

    What does not fit is wrapped where its column wraps, else cut with an ellipsis.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    console = _console()
    if not rows:
        console.print(nothing, markup=False)
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    shown = fitting(rows, columns, console.width) if console.is_terminal else list(columns)
    wide = widths(rows, shown, console.width) if console.is_terminal else [None] * len(shown)
    for column, width in zip(shown, wide, strict=True):
        wraps = column.wraps and console.is_terminal
        table.add_column(
            column.header,
            justify=column.justify,
            width=width,
            no_wrap=not wraps,
            overflow="fold" if wraps else "ellipsis",
        )
    for row in rows:
        table.add_row(*(Text(clean(one.shows(row)), style=_tone(one, row)) for one in shown))
    if not console.is_terminal:
        console.width = PIPED_WIDTH
    console.print(table)


def _tone(column: Column, row: Row) -> str:
    return column.tone(row) if column.tone else ""


def fitting(rows: Sequence[Row], columns: Sequence[Column], width: int) -> list[Column]:
    """The columns that fit into a width, spare ones left out from the right as far as need be."""
    shown = list(columns)
    for column in reversed(columns):
        needed = (
            _least(one, _widest(rows, one)) if one.wraps else _widest(rows, one) for one in shown
        )
        if sum(needed) + _GAP * (len(shown) - 1) <= width:
            break
        if column.spare:
            shown.remove(column)
    return shown


def widths(rows: Sequence[Row], columns: Sequence[Column], width: int) -> list[int]:
    """How many places each column gets, all of them together no more than there are.

    The widest gives way first: a column that wraps as far as it can well be read, then names
    and other words, and only then everything.
    """
    places = [_widest(rows, one) for one in columns]
    room = max(width - _GAP * (len(columns) - 1), len(columns))
    titles = [_least(one, full) for one, full in zip(columns, places, strict=True)]
    words = [
        full if one.justify == "right" and not one.wraps else min(full, _WORD)
        for one, full in zip(columns, places, strict=True)
    ]
    for least in (titles, words, [1] * len(columns)):
        _shrink(places, least, room)
    return places


def _shrink(places: list[int], least: Sequence[int], room: int) -> None:
    """Take from the widest, place by place, as long as it has more than its least."""
    while sum(places) > room:
        spare = [column for column in range(len(places)) if places[column] > least[column]]
        if not spare:
            return
        places[max(spare, key=lambda column: places[column])] -= 1


def _least(column: Column, full: int) -> int:
    """The places with which a column is content as long as others can give way."""
    return min(full, _WRAPPED) if column.wraps else full


def _widest(rows: Sequence[Row], column: Column) -> int:
    """The places that the whole of a column needs; a wide letter needs two, a mark none."""
    from rich.cells import cell_len

    texts = [column.header, *(clean(column.shows(row)) for row in rows)]
    return max(cell_len(text) for text in texts)


def print_lines(lines: Sequence[str]) -> None:
    """Print lines as they are; on a terminal what is too long goes on below, set in as it began.

    What begins with a dash goes on behind it. Nothing in the lines is markup.
    """
    from rich.text import Text

    console = _console()
    for line in map(steerless, lines):
        if not console.is_terminal:
            console.print(line, markup=False, soft_wrap=True)
            continue
        body = line.lstrip(" ").removeprefix("- ")
        start = line[: len(line) - len(body)][: console.width // 2]
        for place, part in enumerate(Text(body).wrap(console, console.width - len(start)) or [""]):
            left = start if place == 0 else " " * len(start)
            console.print(Text(f"{left}{part}".rstrip()))


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
