"""Tables and lines for a terminal."""

import io
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.show.terminal import (
    Column,
    bar,
    by_day,
    clean,
    counted,
    day,
    fitting,
    likelier,
    percent,
    points,
    print_lines,
    print_table,
)

WIDE = Column("title", lambda row: row["title"], wraps=True)
ID = Column("id", lambda row: row["id"])
BAR = Column("bar", lambda _: "x" * 10, spare=True)
LAST = Column("last", lambda _: "y" * 10, spare=True)
ROWS = [{"id": "Q1", "title": "a title " * 12}]


@given(st.text())
def test_no_text_can_steer_a_terminal(text):
    cleaned = clean(text)
    assert not any(ord(mark) < 32 or 0x7F <= ord(mark) < 0xA0 for mark in cleaned)
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f")
    assert clean(cleaned) == cleaned


def test_plain_text_of_any_language_is_left_as_it_is():
    for text in ("Zürich – “déjà vu”", "Київ", "北京", "שלום", "[bold]"):
        assert clean(text) == text


@given(st.floats(0, 1))
def test_a_bar_has_ten_places(prob):
    assert len(bar(prob)) == 10


def test_what_is_missing_is_a_dash_or_nothing():
    assert (percent(None), points(None), day(None), by_day(None), bar(None)) == (
        *("-", "-", "-", "-", ""),
    )


def test_a_closing_instant_is_shown_as_the_last_day_before_it():
    assert by_day(datetime(2023, 5, 1, tzinfo=UTC)) == "30 Apr 2023"
    assert day(datetime(2023, 5, 1, tzinfo=UTC)) == "1 May 2023"


@pytest.mark.parametrize(("move", "shown"), [(0.1, "+10.0"), (-0.0812, "-8.1"), (0.0004, "0.0")])
def test_a_move_in_points_has_its_sign(move, shown):
    assert points(move) == shown


def test_counts_agree_with_their_noun():
    assert [counted(count, "report") for count in (0, 1, 2)] == [
        *("0 reports", "1 report", "2 reports"),
    ]


def test_a_weight_is_said_as_a_ratio_on_the_side_that_it_speaks_for():
    """The natural logarithm of 3 is 1.0986."""
    assert likelier(1.0986) == "3 times likelier if yes"
    assert likelier(-1.0986) == "3 times likelier if no"


@pytest.mark.parametrize(
    ("width", "kept"),
    [
        (80, [ID, WIDE, BAR, LAST]),
        (59, [ID, WIDE, BAR, LAST]),
        (58, [ID, WIDE, BAR]),
        (45, [ID, WIDE]),
        (10, [ID, WIDE]),
    ],
)
def test_a_narrow_terminal_does_without_spare_columns_from_the_right(width, kept):
    """2 + 28 + 10 + 10 places and three gaps of three make 59."""
    assert fitting(ROWS, [ID, WIDE, BAR, LAST], width) == kept


class Screen(io.StringIO):
    """A terminal that remembers."""

    def isatty(self):
        return True


def printed(monkeypatch, width, screen):
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout", screen)
    print_table(ROWS, [ID, WIDE, BAR, LAST], nothing="none")
    return re.sub(r"\x1b\[\d*m", "", screen.getvalue()).splitlines()


def test_a_table_fits_the_terminal_and_wraps_between_words(monkeypatch):
    lines = printed(monkeypatch, 50, Screen())
    assert max(map(len, lines)) <= 50
    assert " ".join(word for line in lines for word in line.split() if word in "a title") == (
        " ".join(["title", *["a", "title"] * 12])
    )


def test_a_piped_table_keeps_each_row_whole_on_one_line(monkeypatch):
    lines = printed(monkeypatch, 50, io.StringIO())
    assert len(lines) == 3
    assert ROWS[0]["title"].strip() in lines[2]
    assert lines[2].rstrip().endswith("y" * 10)


def test_an_empty_table_says_what_is_missing(capsys):
    print_table([], [ID], nothing="no [bold]questions[/bold]")
    assert capsys.readouterr().out == "no [bold]questions[/bold]\n"


def test_markup_in_cells_and_lines_is_text(capsys):
    print_table([{"id": "[red]x[/red]"}], [ID], nothing="")
    print_lines(["[red]" + "long " * 60])
    table, line = capsys.readouterr().out.split("[red]")[1:]
    assert table.startswith("x[/red]")
    assert line == "long " * 60 + "\n"
