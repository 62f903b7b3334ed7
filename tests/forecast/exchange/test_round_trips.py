"""What a store exports and another takes in is equal: questions, forecasts, answers, texts."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.desk.asking import ask
from forecast.desk.desk import Desk
from forecast.desk.importing import bring_in
from forecast.desk.predicting import Said, add_member, predict, withdraw
from forecast.desk.settling import resolve
from forecast.exchange.analysis import TABLES, csv_text
from forecast.exchange.cells import blank
from forecast.exchange.choosing import CSV, batch_of
from forecast.exchange.files import documents_at
from forecast.exchange.guessing import guessed
from forecast.exchange.mapping import ROLES, Mapping
from forecast.exchange.plan import Choices
from forecast.ledger import KINDS
from forecast.people.roster import forecasts
from forecast.views.tables import forecast_table, question_table
from questions.records import Binary, Date, Discrete, MultipleChoice, Numeric
from questions.store import shelf
from questions.store.store import open_store

OPEN = datetime(2023, 3, 13, tzinfo=UTC)
CLOSE = datetime(2025, 5, 1, tzinfo=UTC)
LATER = datetime(2026, 1, 1, tzinfo=UTC)
SPAN = (datetime(2023, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
ASKED = (
    (Binary(), "35%", "yes"),
    (Binary(), "0.1%", "ambiguous"),
    (MultipleChoice(("@A", "-B", "'C", "7")), "@A=.1,-B=.2,'C=.3,7=.4", "7"),
    (Numeric(-50, 100, "seats", open_upper_bound=True), "p10=-5,p50=20,p90=50", "-20.5"),
    (Numeric(-50, 100, "\u00b0C", True, True), "p10=-5,p50=20,p90=50", "above_upper_bound"),
    (Numeric(1, 1e6, zero_point=0.5), "p5=10,p50=2000,p95=50000", "1234.5"),
    (Discrete(-0.5, 10.5, 11, "goals", open_upper_bound=True), "p10=2,p50=4,p90=7", "3"),
    (Date(*SPAN), "p10=2024-01-01,p50=2025-01-01,p90=2027-06-01", "2024-02-03T04:05:06Z"),
    (Date(*SPAN, True, False), "p10=2024-01-01,p50=2025-01-01,p90=2027-06-01", None),
)


class Team:
    """A store, and desks at it with keys of their own."""

    def __init__(self, path):
        self.store, self.turns = open_store(path, KINDS, create_with=("live", OPEN)), count()

    def on(self, at=OPEN, actor="Ana"):
        return Desk(self.store, at, actor, f"turn {next(self.turns)}")

    def close(self):
        self.store.close()

    def held(self):
        """Questions, forecasts and answers, without the numbers and times of this store."""
        with self.store.reading() as read:
            asked = shelf.questions(read, LATER)
            said = forecasts(read)
        names = {one.question.id: one.question.title for one in asked}
        questions = [
            (
                *(one.question.title, one.question.kind, one.question.open_time),
                *(one.question.scheduled_close_time, one.question.resolution_criteria),
                *(one.question.fine_print, one.question.tags, one.status, one.actual_close_time),
                one.resolution and (one.resolution.outcome, one.resolution.resolved_at),
            )
            for one in asked
        ]
        values = [
            (names[one.question], one.member, one.value, one.made_at, one.ended_at, one.why)
            for one in said
        ]
        return sorted(questions, key=str), sorted(values, key=str)


NAMED = Mapping(
    {role: role for role in ROLES if role in {**TABLES["questions"], **TABLES["forecasts"]}}
)
"""Every column that has a role, by its own name."""


def moved(first, second, folder, mapping=None):
    """Export one team's tables into a folder, and bring them into another's store."""
    with first.store.reading() as read:
        tables = {
            "questions": question_table(read, LATER),
            "forecasts": forecast_table(read, LATER),
        }
    for name, rows in tables.items():
        text = csv_text(TABLES[name], rows)
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    found = documents_at(folder)
    batch = batch_of(found, CSV, mapping or guessed(found))
    done = bring_in(second.on(LATER), batch, Choices(add_members=True))
    assert done.plan.refused == []
    return done


@pytest.fixture
def teams(tmp_path):
    with closing(Team(tmp_path / "a.db")) as first, closing(Team(tmp_path / "b.db")) as second:
        for name in ("Ana", "Bo"):
            add_member(first.on(), name)
        yield first, second


def test_every_kind_of_question_forecast_and_answer_comes_back(teams, tmp_path):
    first, second = teams
    for place, (kind, value, outcome) in enumerate(ASKED):
        title = f"Question number {place}?"
        made = ask(
            first.on(), title, closes=CLOSE, criteria="Yes.\nNo.", kind=kind, tags=["a", "b"]
        )
        for day, name in ((1, "Ana"), (2, "Bo"), (3, "Ana")):
            at = OPEN + timedelta(days=day, microseconds=day)
            predict(first.on(at), [Said(name, made.id, value, f"day {day}")])
        withdraw(first.on(OPEN + timedelta(days=4)), made.id, member="Bo")
        if outcome:
            when = OPEN + timedelta(days=300)
            resolve(first.on(LATER), made.id, outcome, resolved_at=when, source="wire")
    folder = tmp_path / "out"
    folder.mkdir()
    moved(first, second, folder)
    assert second.held() == first.held()
    again = moved(first, second, folder)
    assert not any(again.plan.counts().values())
    assert second.held() == first.held()


# What a reader of foreign tables takes for nothing, or cuts as blanks around a cell.
TEXT = st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs"])
    | st.sampled_from("=+-@'\t\r\n"),
    min_size=1,
    max_size=40,
).filter(lambda text: text == text.strip() and not blank(text))


@settings(max_examples=10)
@given(
    st.lists(
        st.tuples(TEXT, TEXT, TEXT, TEXT), min_size=1, max_size=9, unique_by=lambda one: one[0]
    )
)
def test_whatever_was_written_comes_back(texts):
    with (
        TemporaryDirectory() as here,
        closing(Team(Path(here) / "a.db")) as first,
        closing(Team(Path(here) / "b.db")) as second,
    ):
        add_member(first.on(), "Ana")
        for title, criteria, fine_print, why in texts:
            how = {"closes": CLOSE, "criteria": criteria, "fine_print": fine_print}
            made = ask(first.on(), title, **how)
            predict(first.on(OPEN + timedelta(days=1)), [Said("Ana", made.id, 0.35, why)])
        folder = Path(here) / "out"
        folder.mkdir()
        moved(first, second, folder, NAMED)
        assert second.held() == first.held()
