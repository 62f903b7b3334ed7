import csv
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from questions.instants import parse_instant
from questions.reports.reading import read_report
from questions.reports.stories import gather

HERE = Path(str(files("forecast.examples"))) / "bakhmut"
KEYS = {"call", "visit", "warrants", "capture", "encirclement"}
JUDGEMENT = re.compile(
    r"(slightly|moderately|strongly) for (yes|no)|irrelevant|decisive (yes|no)|\d+(\.\d+)?"
)


def rows(name):
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def reports():
    read = (replace(read_report(path), id=path.name) for path in (HERE / "reports").glob("*.txt"))
    return {report.id: report for report in sorted(read, key=lambda report: report.published)}


@pytest.fixture(scope="module")
def resolved():
    return {row["key"]: parse_instant(row["resolved_at"]) for row in rows("resolutions.csv")}


def test_the_reports_span_the_story_and_are_named_by_their_day(reports):
    days = [report.published.date().isoformat() for report in reports.values()]
    assert len(days) >= 16
    assert (days[0], days[-1]) == ("2023-03-13", "2023-05-20")
    assert all(name.startswith(day) for name, day in zip(reports, days, strict=True))
    assert all(report.source and report.grade for report in reports.values())


def test_each_report_has_three_to_eight_sentences(reports):
    for report in reports.values():
        assert 3 <= len(re.findall(r"[.!?](?=\s|$)", report.text)) <= 9, report.id


def test_one_wire_story_has_three_copies_and_a_rewrite(reports):
    told = {one.id: one for one in gather(reports.values())}
    wire = "2023-03-13-icc-plans.txt"
    assert [one.id for one in told.values() if one.copy_of == wire] == [
        "2023-03-13-icc-plans-evening-paper.txt",
        "2023-03-14-icc-plans-bulletin.txt",
        "2023-03-14-icc-plans-morning-paper.txt",
    ]
    assert sum(bool(one.copy_of) for one in told.values()) == 3
    rewrite = told["2023-03-14-icc-plans-retold.txt"]
    assert (rewrite.story, rewrite.copy_of) == (wire, "")
    assert len({one.story for one in told.values()}) == len(told) - 4


def test_every_question_has_a_prior_and_a_resolution(resolved):
    assert set(resolved) == {row["key"] for row in rows("priors.csv")} == KEYS


def test_judgements_name_reports_questions_and_what_they_say(reports):
    for row in rows("judgements.csv"):
        assert row["report"] in reports
        assert row["key"] in KEYS
        assert JUDGEMENT.fullmatch(row["judgement"]), row
        assert row["why"]
        assert row["judge"].endswith("(invented)")


def test_nothing_is_judged_or_forecast_after_it_was_known(reports, resolved):
    for row in rows("judgements.csv"):
        assert reports[row["report"]].published < resolved[row["key"]], row
    for row in rows("forecasts.csv"):
        assert parse_instant(row["made_at"]) < resolved[row["key"]], row


def test_four_invented_members_forecast_in_the_order_of_time():
    forecasts = rows("forecasts.csv")
    assert [row["made_at"] for row in forecasts] == sorted(row["made_at"] for row in forecasts)
    counts = [
        sum(row["member"] == name for row in forecasts) for name in {r["member"] for r in forecasts}
    ]
    assert len(counts) == 4
    assert all(4 <= count <= 9 for count in counts)
    assert all(row["member"].endswith("(invented)") and row["why"] for row in forecasts)


def test_a_withdrawal_and_an_expiry_end_what_was_said():
    forecasts = rows("forecasts.csv")
    assert [row["prob"] for row in forecasts if row["action"] == "withdraw"] == [""]
    expiring = [row for row in forecasts if row["expires"]]
    assert len(expiring) == 1
    assert expiring[0]["expires"] > expiring[0]["made_at"]


def test_probabilities_are_numbers_between_0_and_1():
    for row in rows("forecasts.csv"):
        assert row["action"] == "withdraw" or 0 < float(row["prob"]) < 1
