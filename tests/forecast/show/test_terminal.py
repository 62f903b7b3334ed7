"""Tables and lines for a terminal."""

import io
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

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
    widths,
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


@pytest.mark.parametrize(
    "mark",
    ["\u2028", "\u2066", "\u00ad", "\ufeff", "\u200d", "\ufff9", "\U000e0041", "\ud800", "\x9b"],
)
def test_marks_that_cannot_be_seen_are_not_there(mark):
    assert clean(f"a{mark}b") == "a b"


def test_marks_that_climb_over_other_lines_are_few():
    assert clean("e" + "\u0301" * 40) == "e" + "\u0301" * 4
    assert clean("ệ\u0323\u0302") == "ệ\u0323\u0302"


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
        (55, [ID, WIDE, BAR, LAST]),
        (54, [ID, WIDE, BAR]),
        (41, [ID, WIDE]),
        (10, [ID, WIDE]),
    ],
)
def test_a_narrow_terminal_does_without_spare_columns_from_the_right(width, kept):
    """2 + 24 + 10 + 10 places and three gaps of three make 55."""
    assert fitting(ROWS, [ID, WIDE, BAR, LAST], width) == kept


class Screen(io.StringIO):
    """A terminal that remembers."""

    def isatty(self):
        return True


@pytest.fixture
def on_screen(monkeypatch):
    """Prints on a terminal of some width; what then stands there, and the codes that it took."""

    def printed(width, do, **environment):
        screen = Screen()
        for name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"COLUMNS": str(width), "TERM": "xterm", **environment}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.stdout", screen)
        do()
        monkeypatch.undo()
        raw = screen.getvalue()
        return re.sub(r"\x1b\[[\d;]*m", "", raw).splitlines(), raw

    return printed


def table(rows=ROWS, columns=(ID, WIDE, BAR, LAST)):
    return lambda: print_table(rows, columns, nothing="none")


def test_a_table_fits_the_terminal_and_wraps_between_words(on_screen):
    lines, _ = on_screen(50, table())
    assert max(map(len, lines)) <= 50
    assert " ".join(word for line in lines for word in line.split() if word in "a title") == (
        " ".join(["title", *["a", "title"] * 12])
    )


NAMED = [
    {
        "id": "Q1",
        "name": "Anastasia of the very long name",
        "title": "Will it rain? " * 9,
        "n": 12345,
    },
    {"id": "Q2", "name": "慕尼黑" * 12, "title": "é̂̃" * 60 + " 東京都" * 30, "n": 7},
]
COLUMNS = [
    ID,
    Column("who", lambda row: row["name"]),
    WIDE,
    Column("n", lambda row: row["n"], "right"),
]


@pytest.mark.parametrize("width", [20, 40, 80, 100, 200])
def test_wide_and_combining_letters_fit_too(on_screen, width):
    lines, _ = on_screen(width, table(NAMED, COLUMNS))
    assert max(map(cell_len, lines)) <= width


def test_what_is_too_long_ends_in_an_ellipsis_and_numbers_stay_whole(on_screen):
    lines, _ = on_screen(50, table(NAMED, COLUMNS))
    assert any("Anasta" in line and "…" in line for line in lines)
    assert any("12345" in line for line in lines)
    assert any("慕尼" in line and "…" in line for line in lines)


@given(
    st.lists(st.tuples(st.integers(1, 60), st.booleans(), st.booleans()), min_size=1, max_size=8),
    st.integers(40, 200),
)
def test_columns_together_never_need_more_than_there_is(shapes, width):
    columns = [
        Column("", lambda _, n=n: "x" * n, "right" if right else "left", wraps=wraps)
        for n, wraps, right in shapes
    ]
    found = widths([{}], columns, width)
    assert sum(found) + 3 * (len(found) - 1) <= width
    assert all(1 <= given <= n for given, (n, _, _) in zip(found, shapes, strict=True))


def test_a_tone_adds_to_what_is_said_and_goes_where_colour_is_not_wanted(on_screen):
    loud = [Column("id", lambda row: row["id"], tone=lambda _: "bold yellow")]
    coloured, raw = on_screen(40, table(ROWS, loud))
    plain, bare = on_screen(40, table(ROWS, loud), NO_COLOR="1")
    assert "\x1b[1;33mQ1" in raw
    assert "33m" not in bare
    assert coloured == plain


def test_long_lines_go_on_as_far_in_as_they_began(on_screen):
    lines, _ = on_screen(20, lambda: print_lines(["", "  one two three four five", "end"]))
    assert lines == ["", "  one two three four", "  five", "end"]


def test_a_piped_table_keeps_each_row_whole_on_one_line(capsys):
    table()()
    lines = capsys.readouterr().out.splitlines()
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
