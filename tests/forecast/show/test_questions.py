"""The list of questions."""

from datetime import UTC, datetime

from forecast.show.questions import print_questions

NOW = datetime(2023, 4, 27, tzinfo=UTC)
CLOSE = datetime(2023, 5, 1, tzinfo=UTC)


def row(number, **more):
    plain = {
        "id": f"Q{number}",
        "title": "Will it rain?",
        "status": "open",
        "resolution": None,
        "disputed": False,
        "scheduled_close_time": CLOSE,
        "belief": 0.3551,
        "believed": "35.51%",
        "crowd": 0.4,
        "crowd_short": "40%",
        "n_forecasters": 3,
    }
    return {**plain, **more}


def listed(capsys, *rows, **moves):
    print_questions(rows, moves, NOW)
    return [line.split("   ") for line in capsys.readouterr().out.splitlines()[2:]]


def cells(line):
    return [cell.strip() for cell in line if cell.strip()]


def test_a_question_has_its_number_its_week_and_its_bar(capsys):
    (line,) = listed(capsys, row(1), Q1=-0.083)
    assert cells(line) == [
        *("Q1", "Will it rain?", "open", "in 3 days", "35.5%", "-8.3", "████······", "40%", "3"),
    ]


def test_what_is_hidden_or_no_probability_is_said_to_be_that(capsys):
    hidden = row(1, crowd=None, crowd_short="hidden", n_forecasters=None)
    number = row(2, belief=None, believed="105 mm", crowd=None, crowd_short="75 mm")
    first, second = listed(capsys, hidden, number, Q2=0.4)
    assert cells(first)[-1] == "hidden"
    assert cells(second) == ["Q2", "Will it rain?", "open", "in 3 days", "105 mm", "75 mm", "3"]


def test_how_it_ended_stands_for_the_status(capsys):
    ended = row(1, status="resolved", resolution="yes", disputed=True)
    (line,) = listed(capsys, ended)
    assert "yes, disputed" in cells(line)


def test_words_follow_numbers_where_they_are_asked_for(capsys):
    (line,) = listed(capsys, row(1, belief_word="unlikely"))
    assert "35.5%, unlikely" in cells(line)
