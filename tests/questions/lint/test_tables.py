"""Good and bad questions, and what the linter has to say of each: two tables."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from questions.instants import end_of, midnight
from questions.lint import check, register_of
from questions.records import Binary, Date, Kind, MultipleChoice, Numeric, Question, Quotation

HERE = Path(__file__).parent
OPENS = date(2025, 3, 3)
Row = dict[str, Any]


def read(name: str) -> Any:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


GOOD: dict[str, Row] = read("good.toml")
BAD: list[Row] = read("bad.toml")["questions"]


def kind_of(row: Row) -> Kind:
    match row.get("type", "binary"):
        case "multiple_choice":
            return MultipleChoice(tuple(row["options"]))
        case "numeric":
            return Numeric(*map(float, row["range"]), unit=row["unit"])
        case "date":
            return Date(*map(midnight, row["range"]))
    return Binary()


def question(row: Row, identity: str = "") -> Question:
    quoted = row.get("quotation", "")
    return Question(
        id=identity,
        title=row["title"],
        kind=kind_of(row),
        open_time=midnight(row.get("opens", OPENS)),
        scheduled_close_time=end_of(row["closes"]),
        resolution_criteria=row["criteria"].strip(),
        fine_print=row.get("fine_print", ""),
        background=row.get("background", ""),
        quotation=Quotation(quoted, 0, len(quoted)) if quoted else None,
    )


def said_of(row: Row) -> list[tuple[str, str, str]]:
    asked = question(row)
    known = register_of(
        [question(GOOD[name], "Q7") for name in row.get("open", ())],
        [question(GOOD[name], "Q8") for name in row.get("happened", ())],
    )
    found = check(
        asked,
        as_of=midnight(row["as_of"]) if "as_of" in row else asked.open_time,
        text=row.get("text"),
        open_questions=known,
        prob=row.get("prob"),
    )
    assert all(one.what and one.hint for one in found)
    return [(one.level, one.where, one.what) for one in found]


def test_there_are_forty_good_and_sixty_bad_questions_of_every_kind() -> None:
    assert len(GOOD) >= 40
    assert len(BAD) >= 60
    assert {row.get("type", "binary") for row in GOOD.values()} == {
        *("binary", "multiple_choice", "numeric", "date")
    }


@pytest.mark.parametrize("name", GOOD)
def test_a_good_question_is_left_alone(name: str) -> None:
    assert [found for found in said_of(GOOD[name]) if found[0] != "advice"] == []


@pytest.mark.parametrize("row", BAD, ids=lambda row: f"{row['of']}: {row['finding'][2]}")
def test_a_bad_question_gets_its_finding_and_no_graver_one(row: Row) -> None:
    level, where, what = row["finding"]
    found = said_of({**GOOD[row["of"]], **row})
    assert any(one[:2] == (level, where) and what in one[2] for one in found), found
    if level != "error":
        assert [one for one in found if one[0] == "error"] == []


def test_the_good_one_behind_a_bad_one_lacks_its_finding() -> None:
    for row in BAD:
        kept = {key: row[key] for key in ("type",) if key in row}
        assert not any(
            row["finding"][2] in what for *_, what in said_of({**GOOD[row["of"]], **kept})
        )


def test_a_time_without_a_zone_is_an_error() -> None:
    bare = question(GOOD["sport-final"])
    bare_close = bare.scheduled_close_time.replace(tzinfo=None)
    asked = replace(bare, scheduled_close_time=bare_close)
    (found,) = check(asked, as_of=datetime(2025, 3, 3, tzinfo=UTC))
    assert (found.level, found.where, found.what) == ("error", "deadline", "it has no time zone")
