"""Options, numbers, dates and ladders through the command line, from asking to the score."""

import csv
import json
import math
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from forecast.desk.asking import ask as asked
from forecast.desk.desk import Desk
from forecast.desk.kinds import Wanted, kind_of
from forecast.desk.predicting import Said, add_member, predict
from forecast.ledger import KINDS
from questions.store.store import open_store
from tests.forecast.belief.kinds.test_signals import KNOWING, some_fit
from tests.forecast.belief.worlds import keep_fit

START, CLOSE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
SUCH = {
    "options": Wanted("multiple_choice", options="Red,Blue,Other"),
    "number": Wanted("numeric", range="0:100", unit="mm", open_upper=True),
    "date": Wanted("date", range="2026-01-01:2027-01-01"),
    "seats": Wanted("discrete", range="0:10"),
}
SAID = {
    "options": ("Red=.2,Blue=.5,Other=.3", "Red=60%,Blue=30%"),
    "number": ("p10=3,p50=5,p90=9", "p10=2,p50=10,p90=150"),
    "date": ("p10=2026-03-01,p50=2026-06-01,p90=2026-12-01", "p25=2026-02-01,p75=2026-04-01"),
    "seats": ("p10=2,p50=4,p90=7", "p10=4,p90=4"),
}
OUTCOMES = {"options": "Blue", "number": "7.5", "date": "2026-02-20", "seats": "4"}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory):
    """A replay with a question of each kind, on each of which Ana and Bo have forecast."""
    path = tmp_path_factory.mktemp("kinds") / "tidings.db"
    store = open_store(path, KINDS, create_with=("replay", START))

    def on(day, actor="Ana"):
        return Desk(store, START + timedelta(days=day), actor, f"{day} {actor}")

    for day, name in ((0, "Ana"), (0.01, "Bo")):
        add_member(on(day), name)
    for place, (name, wanted) in enumerate(SUCH.items()):
        more = {"closes": CLOSE, "criteria": "As measured. Void: no.", "kind": kind_of(wanted)}
        asked(on(0.1 + place / 100), f"What of the {name}?", **more)
    for place, said in enumerate(SAID.values(), start=1):
        for day, (who, value) in enumerate(zip(("Ana", "Bo"), said, strict=True), start=1):
            predict(on(day + place / 100), [Said(who, f"Q{place}", value)])
    store.close()
    return path


@pytest.fixture
def office(alone, furnished):
    shutil.copy(furnished, alone.db)
    return alone


def ask(shell, title, *words):
    return shell.data("ask", title, "--criteria", "As measured. Void: no.", "--as", "Ana", *words)


def resolved(office):
    for place, outcome in enumerate(OUTCOMES.values(), start=1):
        when = ("--at", "2026-03-01")
        office.ok("resolve", f"Q{place}", outcome, "--source", "x", "--as", "Bo", *when)
    return office


def test_each_kind_is_listed_with_its_belief_and_crowd(office):
    rows = office.data("questions")
    assert [row["type"] for row in rows] == ["multiple_choice", "numeric", "date", "discrete"]
    assert [row["belief"] for row in rows] == [None] * 4
    assert rows[0]["believed"] == "Red 33.3%"
    assert rows[1]["crowd_short"].endswith(" mm")
    assert "Red 33.3%" in office.ok("questions")


def test_show_has_shares_or_quantiles_for_belief_and_crowd(office):
    options, number, date, _ = (office.data("show", f"Q{place}") for place in range(1, 5))
    assert options["belief"]["probs"] == pytest.approx(
        dict.fromkeys(("Red", "Blue", "Other"), 1 / 3)
    )
    assert set(options["belief"]["ci_low"]) == {"Red", "Blue", "Other"}
    assert sum(options["crowd"]["probs"].values()) == pytest.approx(1)
    assert list(number["belief"]["quantiles"]) == ["p10", "p25", "p50", "p75", "p90"]
    assert date["belief"]["quantiles"]["p50"].startswith("2026-07-")
    for view in (options, number, date):
        assert {*view["joint"], "levers"} == {*view["belief"]}
    assert options["joint"]["probs"] == options["belief"]["probs"]
    for view, value in ((options, "probs"), (number, "quantiles"), (date, "quantiles")):
        first = view["beliefs"][0]
        assert (first["cause"], first["was"]) == ("prior", None)
        assert value in first["now"]
    low, high = number["belief"]["known_within"]["p50"]
    assert low < number["belief"]["quantiles"]["p50"] < high
    assert number["forecasts"][0]["quantiles"] == {"p10": 3.0, "p50": 5.0, "p90": 9.0}
    assert len(number["forecasts"][0]["value"]["points"]) == 201


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (1, "Red      33.3%    33.3%"),
        (2, "belief   10.53   26.32   52.63   78.95   94.74"),
        (2, "90% between 5.263 and 100 mm"),
        (3, "90% between 2026-01-2"),
        (2, "0 ████████████████████ 100 (5%)"),
        (4, "crowd      3     4     4     5     7"),
    ],
)
def test_show_tells_each_kind_in_its_words(office, place, line):
    shown = office.ok("show", f"Q{place}")
    assert line in shown
    assert "no prior was stated: everything that can happen is alike" in shown


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("multiple_choice", "--options", "A,B"), {"options": ["A", "B"]}),
        (
            ("numeric", "--range", "1:1e6", "--zero-point", "0", "--open-lower"),
            {"range_max": 1e6, "zero_point": 0.0, "open_lower_bound": True},
        ),
        (("discrete", "--range", "0:10", "--step", "5"), {"inbound_outcome_count": 3}),
        (
            ("date", "--range", "2026-02-01:2027-01-01", "--closed-upper"),
            {"range_min": "2026-02-01T00:00:00Z", "open_upper_bound": False},
        ),
    ],
)
def test_each_kind_is_asked_with_its_own_flags(office, words, kind):
    made = ask(office, "What of it?", "--closes", "2026-12-31", "--type", *words)
    assert made["kind"]["kind"] == words[0]
    assert made["kind"].items() >= kind.items()
    assert office.data("show", made["id"])["kind"] == made["kind"]


def test_the_stores_rows_give_the_scores_that_the_same_rows_give_in_files(office, tmp_path):
    """Written out by hand as files: what was shown as JSON, and the questions."""
    resolved(office)
    rules = "baseline,peer,brier,log,crps,rps,spot_peer"
    questions, forecasts = tmp_path / "q.csv", tmp_path / "f.csv"
    views = [office.data("show", f"Q{place}") for place in range(1, 5)]
    with questions.open("w", newline="") as file:
        writer = csv.DictWriter(file, QUESTION_COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(map(question_row, views))
    with forecasts.open("w", newline="") as file:
        writer = csv.DictWriter(file, FORECAST_COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(forecast_row(view, one) for view in views for one in view["forecasts"])
    files = ("--forecasts", forecasts, "--questions", questions)
    of_files = office.data("score", "--rule", rules, *files)
    of_store = office.data("score", "--rule", rules)
    assert len(of_files) >= 20
    assert keyed(of_store) == {key: pytest.approx(score) for key, score in keyed(of_files).items()}


QUESTION_COLUMNS = (
    *("question_id", "type", "open_time", "scheduled_close_time", "actual_close_time"),
    *("resolution", "options", "range_min", "range_max", "open_lower_bound", "open_upper_bound"),
    "inbound_outcome_count",
)
FORECAST_COLUMNS = ("question_id", "forecaster", "made_at", "probs", "cdf")


def question_row(view):
    kind = view["kind"]
    times = ("open_time", "scheduled_close_time", "actual_close_time")
    names = ("range_min", "range_max", "inbound_outcome_count")
    return {
        "question_id": view["id"],
        "type": view["type"],
        "resolution": view["resolution"],
        **{name: view[name] for name in times},
        **{name: kind[name] for name in names if name in kind},
        **{name: int(kind[name]) for name in kind if name.startswith("open_")},
        **({"options": json.dumps(kind["options"])} if "options" in kind else {}),
    }


def forecast_row(view, one):
    value = one["value"]
    said = (
        {"probs": json.dumps([share for _, share in value["by_option"]])}
        if value["kind"] == "shares"
        else {"cdf": json.dumps(value["points"])}
    )
    return {
        "question_id": view["id"],
        "forecaster": one["member"],
        "made_at": one["made_at"],
        **said,
    }


def keyed(rows):
    return {(row["question_id"], row["forecaster"], row["rule"]): row["score"] for row in rows}


def test_outcomes_are_told_as_they_were_written(office):
    assert [row["resolution"] for row in resolved(office).data("questions")] == [*OUTCOMES.values()]


def test_what_lies_beyond_an_open_end_is_an_outcome_that_scores(office):
    office.ok(
        "resolve", "Q2", "above_upper_bound", "--source", "x", "--as", "Bo", "--at", "2026-05-01"
    )
    assert office.data("show", "Q2")["resolution"] == "above_upper_bound"
    scores = keyed(office.data("score", "--rule", "baseline"))
    assert scores["Q2", "Ana", "baseline"] < scores["Q2", "Bo", "baseline"]


def test_an_export_holds_every_kind_and_an_import_gives_it_back(office, tmp_path):
    resolved(office)
    before = office.data("score")
    office.ok("export", tmp_path / "out")
    office.ok("import", tmp_path / "out", "--db", tmp_path / "b.db")
    assert office.data("score", "--db", tmp_path / "b.db") == before
    office.ok("audit", "--db", tmp_path / "b.db")


def test_forecasts_are_confirmed_corrected_and_withdrawn(office):
    office.ok("confirm", "Q1", "--as", "Ana", "--at", "2026-01-05")
    office.ok("predict", "Q2", "p10=4,p90=8", "--as", "Ana", "--at", "2026-01-06")
    said = office.ok("predict", "Q2", "p10=4,p90=9", "--correct", "--as", "Ana")
    assert said.endswith("corrected to p10 4, p90 9 mm\n")
    office.ok("withdraw", "Q1", "--as", "Bo", "--at", "2026-01-07")
    held = [one["says"] for one in office.data("show", "Q1")["forecasts"] if one["active"]]
    assert held == ["Red 20%, Blue 50%, Other 30%"]


def test_lines_take_values_of_every_kind(office):
    lines = 'Bo Q2 p10=2,p90=8 dry\nAna Q1 "Red = 10%, Blue = 30%" polls\nAna Q4 p10=1,p90=3\n'
    assert office.ok("predict", "-", "--at", "2026-01-08", typed=lines) == "3 forecasts logged\n"
    refused = office.refused(2, "predict", "-", typed="Ana Q1 Red=.1\n")
    assert refused.startswith("line 1: forecast 'Red=.1' cannot be used: give a share for Blue")


def test_reports_are_judged_in_the_words_of_each_kind(office, tmp_path):
    told = tmp_path / "r.txt"
    told.write_text("Rain gauges in Oslo read five millimetres of rain.\n")
    for place in (1, 2, 3):
        office.ok(
            "read", told, "--question", f"Q{place}", "--published", "2026-01-08", "--grade", "A1"
        )
    judged = ("--as", "Ana", "--at", "2026-01-09")
    office.ok("judge", "R1", "Q1", "--ratio", "Red=4,Blue=1", *judged)
    office.ok("judge", "R1", "Q2", "--says", "p50=5,sd=1", *judged)
    office.ok("judge", "R1", "Q3", "--ratio", "3", *judged)
    options, number, date = (office.data("show", f"Q{place}") for place in (1, 2, 3))
    assert options["belief"]["probs"]["Red"] > 0.4
    assert number["belief"]["quantiles"]["p50"] < 40
    assert date["belief"]["density"]["above"] < 0.05
    assert options["evidence"][0]["judgements"][0]["words"] == "Red=4,Blue=1"
    for words, why in (
        (("Q1", "--ratio", "3"), "a ratio by option: --ratio Red=3,Other=1"),
        (("Q2", "--words", "strongly for yes"), "--says p50=5,sd=2"),
        (("Q1", "--decisive", "yes"), "the answer with `tidings resolve`"),
        (("Q1", "--ratio", "Green=3"), "one of Red, Blue, Other"),
        (("Q2", "--says", "p50=5,sd=0"), "a middle and a standard deviation"),
    ):
        assert why in office.refused(2, "judge", "R1", *words, *judged)


def test_priors_of_every_kind_are_stated_in_its_words(office):
    office.ok("prior", "Q1", "--prob", "Red=.2,Blue=.7,Other=.1", "--worth", "20", "--as", "Ana")
    office.ok("prior", "Q2", "--prob", "p10=3,p50=5,p90=9", "--as", "Ana")
    office.ok("prior", "Q3", "--events", "2", "--over", "1y", "--as", "Ana")
    assert office.data("show", "Q1")["belief"]["probs"]["Blue"] == pytest.approx(0.7)
    assert office.data("show", "Q2")["belief"]["quantiles"]["p50"] == pytest.approx(5, abs=0.2)
    assert office.data("show", "Q3")["belief"]["density"]["above"] > 0.05
    refused = office.refused(2, "prior", "Q2", "--hits", "3", "--trials", "9", "--as", "Ana")
    assert "--prob with quantiles such as p10=3,p50=5,p90=9" in refused


@pytest.mark.parametrize("place", [1, 2, 3, 4])
def test_each_kind_has_a_picture_and_a_place_on_the_page(office, tmp_path, place):
    office.ok("plot", f"Q{place}", "-o", tmp_path / "q.svg")
    assert "belief" in (tmp_path / "q.svg").read_text()
    if place == 1:
        resolved(office).ok("report", "-o", tmp_path / "r.html")
        assert "Q1 resolved Blue" in (tmp_path / "r.html").read_text()


def test_update_and_the_overview_tell_of_every_kind(office):
    assert [row["prob"] for row in office.data("update")] == [None] * 4
    assert "Red 33.3%" in office.ok("update")
    assert office.ok().startswith("4 questions: 0 upcoming, 4 open")


def test_several_deadlines_make_a_ladder(office):
    made = ask(
        office,
        "Will it hail in Oslo?",
        *("--closes", "2026-06-30", "--closes", "2026-12-31"),
    )
    assert (made["id"], made["questions"]) == ("L1", ["Q5", "Q6"])
    said = office.ok("predict", "L1", "Q6=60%", "--as", "Ana")
    assert said.startswith("Ana says Q5 ")
    assert "Q5 (50%) no higher than Q6 (30%)" in office.refused(
        2, "predict", "L1", "50%,30%", "--as", "Ana"
    )
    view = office.data("show", "L1")
    assert [one["id"] for one in view["rungs"]] == ["Q5", "Q6"]
    assert view["rungs"][0]["prob"] < view["rungs"][1]["prob"]
    assert "each of Q5, Q6 implies the next" in office.ok("show", "Q5")


def test_a_rung_has_a_joint_in_which_the_forecasts_of_its_ladder_count(office):
    ask(office, "Will it hail in Oslo?", "--closes", "2026-06-30", "--closes", "2026-12-31")
    office.ok("predict", "Q5", "95%", "--as", "Ana")
    store = open_store(office.db, KINDS)
    keep_fit(Desk(store, START + timedelta(days=3), "Ana", "fit"), some_fit(**KNOWING).draws)
    store.close()
    for rung in ("Q5", "Q6"):
        view = office.data("show", rung)
        assert view["joint"]["prob"] > view["belief"]["prob"] + 0.01
        assert re.search(r"(?m)^joint +\d+", office.ok("show", rung))


@pytest.mark.parametrize(
    ("question", "words", "that"),
    [
        ("Q1", ("--ratio", "Blue=4"), "that it is Blue is"),
        ("Q2", ("--says", "p50=5,sd=2"), "that it is above 52.5 mm is"),
        ("Q3", ("--ratio", "3"), "that it comes by 2026-"),
    ],
)
def test_every_belief_is_explained_and_drawn(office, question, words, that):
    read = ("read", "-", "--source", "Wire", "--question", question, "--published", "2026-01-04")
    said = "What the wire has to say of it."
    (report,) = office.data(*read, "--at", "2026-01-04", typed=said)
    office.ok("judge", report["id"], question, *words, "--as", "Ana", "--at", "2026-01-05")
    said = office.ok("show", question)
    assert f"Why the belief {that}" in said
    held = office.data("show", question)["belief"]
    odds = sum(one["nats"] for one in held["why"])
    assert 1 / (1 + math.exp(-odds)) == pytest.approx(held["why_of"]["prob"], abs=1e-6)
    assert "without" in {one["what"] for one in held["levers"]}
    office.ok("plot", question, "--why", "-o", "why.svg")
    assert "stands at" in Path("why.svg").read_text(encoding="utf-8")


def test_links_are_declared_listed_told_and_dropped(office):
    for number in (5, 6):
        ask(office, f"Will it hail {number} times in Oslo?", "--closes", "2026-12-31")
    for name, prob in (("Q5", "30%"), ("Q6", "60%")):
        office.ok("prior", name, "--prob", prob, "--scheduled", "--as", "Ana")
    assert office.data("link", "Q6", "implies", "Q5", "--as", "Ana")["id"] == "K1"
    told = "K1  Q6 implies Q5; belief: Q6 60%, Q5 30% cannot be; nearest (least squares): "
    assert f"{told}Q6 45%, Q5 45%" in office.ok()
    assert "cannot be" in office.ok("show", "Q5")
    office.ok("link", "Q5", "given", "Q6", "--if-yes", "70%", "--if-no", "20%", "--as", "Ana")
    assert office.data("show", "Q5")["belief"]["prob"] == pytest.approx(0.6 * 0.7 + 0.4 * 0.2)
    office.ok("unlink", "K1", "--as", "Ana")
    assert [row["id"] for row in office.data("links")] == ["K2"]
    assert "Q3 implies Q1" in office.refused(2, "link", "Q5", "Q6", "--as", "Ana")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--type", "ternary"), "one of binary, multiple_choice"),
        (("--options", "A,B"), "--type multiple_choice with --options"),
        (("--type", "numeric"), "no range"),
        (("--closes", "2027-01-31", "--type", "numeric", "--range", "0:9"), "--type binary"),
        (("--above", "3"), "2 to 50 different ones"),
    ],
)
def test_what_cannot_be_asked_is_refused(office, words, why):
    given = ("ask", "What?", "--closes", "2026-12-31", "--criteria", "So.", "--as", "Ana")
    assert why in office.refused(2, *given, *words)


def test_a_forecast_on_one_rung_that_contradicts_another_is_kept_and_told(office):
    ask(office, "Will it hail in Oslo?", "--closes", "2026-06-30", "--closes", "2026-12-31")
    office.ok("predict", "Q6", "30%", "--as", "Ana")
    told = office("predict", "Q5", "50%", "--as", "Ana")
    assert told.stdout == "Ana says 50% on Q5\n"
    assert told.stderr == (
        "note: L1: each of Q5, Q6 implies the next; Ana: Q5 50%, Q6 30% cannot be; "
        "nearest (least squares): Q5 40%, Q6 40%\n"
    )
