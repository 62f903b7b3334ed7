"""What a person sees who types the command alone."""

from datetime import UTC, datetime

from forecast.show.overview import print_overview

CLOSE = datetime(2023, 5, 1, tzinfo=UTC)
PAST = datetime(2023, 4, 26, tzinfo=UTC)
NOW = datetime(2023, 4, 29, 9, tzinfo=UTC)


def row(number, status="open", title="Rain?", **more):
    return {
        "id": f"Q{number}",
        "title": title,
        "status": status,
        "scheduled_close_time": CLOSE,
        "belief": 0.25,
        "prob": 0.25,
        "believed": "25%",
        "move": 0.0,
        **more,
    }


def test_what_is_due_moved_and_new_has_a_line_each(capsys):
    late, soon = row(1, "closed", scheduled_close_time=PAST), row(2)
    moved = row(3, prob=0.4, move=0.15)
    new = {"report": "R7", "question": "Q2", "title": "Clouds \x1b[2J"}
    print_overview([late, soon, moved], [late, soon], [moved, soon], [new], now=NOW)
    assert capsys.readouterr().out == (
        "3 questions: 0 upcoming, 2 open, 1 closed, 0 resolved\n"
        "\nClosed and waiting for a resolution\n"
        "  Q1  Rain? (closed 4 days ago, 25%)\n"
        "\nClosing within a week\n"
        "  Q2  Rain? (closes tomorrow, 25%)\n"
        "\nMoved in a week\n"
        "  Q3  rose 15.0 points to 40%  Rain?\n"
        "\nReports that wait for a judgement (tidings inbox)\n"
        "  R7 on Q2  Clouds  [2J\n"
    )


def test_what_did_not_happen_has_no_heading(capsys):
    print_overview([row(1)], [], [row(1)], [], now=NOW)
    assert capsys.readouterr().out == "1 question: 0 upcoming, 1 open, 0 closed, 0 resolved\n"


def test_five_of_a_kind_are_enough(capsys):
    many = [row(number) for number in range(1, 9)]
    print_overview(many, many, [], [], now=NOW)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "  and 3 more"
    assert len(lines) == 1 + 2 + 5 + 1
