"""An import on a terminal: lines that say what came in, and what did not."""

from datetime import UTC, datetime

from forecast.exchange.plan import NewForecast, Plan
from forecast.exchange.records import (
    ME,
    Origin,
    Person,
    PlatformForecast,
    PlatformQuestion,
    Refusal,
)
from forecast.show.bringing import print_import
from forecast.views.bringing import alike, plan_sheet
from questions.records import Binary, Question
from questions.values import Probability

OPEN, CLOSE = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)
ORIGIN = Origin("metaculus", "7", "line 2")


def plan():
    ours = Question("Q1", "Will \x1b[31mit boil?", Binary(), OPEN, CLOSE, "Steam.")
    theirs = PlatformQuestion(ORIGIN, ours.title, Binary(), OPEN, CLOSE)
    said = PlatformForecast(ORIGIN, ME, Probability(0.5), OPEN)
    return Plan(
        "metaculus",
        questions=[(ours, theirs)],
        forecasts=[NewForecast("Q1", "Ana", said, None)] * 2,
        handles=[(Person("comet_girl", "1"), "Ana"), (Person("Bo", "2"), "Bo")],
        refused=[
            *(Refusal(f"line {at}", "no probability", "a number") for at in range(5)),
            Refusal("line 9", "no title", "a title"),
        ],
        already=3,
    )


def shown(capsys, *, dry_run):
    made = plan()
    print_import(plan_sheet(made), alike(made.refused), dry_run=dry_run)
    return capsys.readouterr().out


def test_what_came_in_is_counted_and_refusals_of_a_kind_stand_together(capsys):
    lines = shown(capsys, dry_run=False).splitlines()
    assert lines[-5:] == [
        "comet_girl is Ana",
        "came in from metaculus: 1 question, 2 forecasts; 3 on record already",
        "refused: 6",
        "line 0, line 1, line 2 and 2 more: no probability; give a number",
        "line 9: no title; give a title",
    ]


def test_a_dry_run_says_would(capsys):
    assert "would come in from metaculus" in shown(capsys, dry_run=True)


def test_nothing_of_a_title_is_a_command_to_the_terminal(capsys):
    assert "\x1b" not in shown(capsys, dry_run=False)


def test_of_many_questions_the_first_are_listed(capsys):
    many = plan()
    many.questions = many.questions * 45
    print_import(plan_sheet(many), [], dry_run=True)
    lines = capsys.readouterr().out.splitlines()
    assert "and 5 more questions: --json lists all" in lines


def test_a_plan_tells_what_comes_in_on_each_question():
    (row,) = plan_sheet(plan())["questions"]
    assert (row["id"], row["theirs"], row["type"], row["forecasts"]) == ("Q1", "7", "binary", 2)
