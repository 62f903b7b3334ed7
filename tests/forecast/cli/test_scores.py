"""Scores, pooling, calibration and the leaderboard, of the store and of files."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest

FILES = ("--forecasts", "f.csv", "--questions", "q.csv")


@pytest.fixture
def files(alone):
    Path("f.csv").write_text(
        "question_id,forecaster,made_at,prob\na,Ana,2023-01-01,0.5\na,Bo,2023-01-01,0.9\n"
    )
    Path("q.csv").write_text(
        "question_id,type,open_time,scheduled_close_time,resolution\n"
        "a,binary,2023-01-01,2023-02-01,yes\n"
    )
    return alone


def test_scores_of_files_by_hand(files):
    """Brier: (0.5 - 1)^2 and (0.9 - 1)^2, held for the whole life of the question."""
    text = files.ok("score", *FILES, "--rule", "brier", "--csv")
    header, *rows = csv.reader(io.StringIO(text))
    assert header == ["question_id", "forecaster", "rule", "score", "coverage"]
    found = {row[1]: (float(row[3]), float(row[4])) for row in rows}
    assert found["Ana"] == pytest.approx((0.25, 1.0))
    assert found["Bo"] == pytest.approx((0.01, 1.0))
    assert not files.db.exists()


def test_scores_of_the_store_are_of_what_is_resolved(shell):
    rows = shell.data("score", "--rule", "last_brier")
    assert [(row["question_id"], row["forecaster"]) for row in rows] == [
        ("Q2", "Ana"),
        ("Q2", "Bo"),
    ]
    assert [row["score"] for row in rows] == pytest.approx([0.04, 0.49])
    header, _, ana, _bo = shell.ok("score").splitlines()
    assert header.split() == [
        "question",
        "forecaster",
        *("brier", "log", "baseline", "peer", "coverage"),
    ]
    assert ana.split()[:2] == ["Q2", "Ana"]


def test_a_store_without_resolutions_has_no_scores(alone):
    alone.ok("init", "--db", alone.db)
    assert alone.data("score") == []
    assert alone.ok("score", "--csv") == "question_id,forecaster,rule,score,coverage\n"
    assert alone.ok("aggregate", "--csv") == "question_id,method,at,n,prob\n"
    assert alone.ok("score") == "nothing is resolved and forecast yet\n"
    assert "nothing is resolved" in alone.ok("leaderboard")


def test_pooling_by_hand(files):
    (row,) = files.data("aggregate", *FILES, "--method", "mean")
    assert {"question_id", "method", "at", "n", "prob"} <= row.keys()
    assert (row["n"], row["prob"]) == (2, pytest.approx(0.7))
    assert files.ok("aggregate", *FILES, "--method", "mean").splitlines()[2].split()[-2:] == [
        *("2", "70%"),
    ]


def test_calibration_has_all_that_programs_rely_on(shell):
    found = shell.data("calibrate")
    assert {
        *("n_questions", "n_forecasts", "brier", "miscalibration", "discrimination"),
        *("uncertainty", "null_low", "null_high", "bins"),
    } <= found.keys()
    assert (found["n_questions"], found["n_forecasts"]) == (1, 2)
    assert found["brier"] == pytest.approx((0.04 + 0.49) / 2)
    assert shell.ok("calibrate").startswith("2 last forecasts on 1 question\nBrier 0.2650 = ")


def test_the_leaderboard_is_ranked_and_says_how_little_that_means(shell):
    rows = shell.data("leaderboard")
    assert [(row["rank"], row["forecaster"]) for row in rows] == [(1, "Ana"), (2, "Bo")]
    assert "the order is mostly luck" in shell.ok("leaderboard")


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (["score", *FILES, "--rule", "nice"], "rule 'nice' cannot be used: give one of brier, "),
        (["aggregate", *FILES, "--method", "mode"], "method 'mode' cannot be used: give mean, "),
        (["aggregate", *FILES, "--at", "2023-02-30"], "'2023-02-30' cannot be used"),
        (["score", "--forecasts", "f.csv"], "both --forecasts and --questions"),
        (["score", "--forecasts", "none.csv", "--questions", "q.csv"], "none.csv"),
        (["calibrate", "--forecasts", "f.csv", "--questions", "f.csv"], "f.csv"),
    ],
)
def test_what_cannot_be_scored_is_refused(files, words, right):
    assert right in files.refused(2, *words)


def test_a_bad_row_is_named_by_its_line(files):
    with Path("f.csv").open("a") as file:
        file.write("a,Cleo,2023-01-02,1.2\n")
    line = files.refused(2, "score", *FILES)
    assert "f.csv" in line
    assert "4" in line
    assert "1.2" in line


@pytest.mark.parametrize("verb", ["calibrate", "leaderboard"])
def test_the_same_seed_gives_the_same_intervals(shell, verb):
    assert shell.data(verb, "--seed", "7") == shell.data(verb, "--seed", "7")
    result = shell(verb, "--seed", "-1")
    assert (result.exit_code, result.stdout) == (2, "")


def test_infinite_scores_are_told_by_name_with_their_reason(files):
    with Path("f.csv").open("a") as file:
        file.write("a,Cleo,2023-01-05,0\n")
    result = files("score", *FILES, "--rule", "log", "--json")
    assert '"Infinity"' in result.stdout
    assert "note: Cleo on a: log is infinity, because of 0% for what happened" in result.stderr
    assert "2023-01-05" in result.stderr


def test_a_new_resolution_shows_what_it_changed_and_keeps_the_old_scores(shell):
    before = shell.data("score", "--rule", "brier")
    earlier = shell.data("questions")[0] and shell.data("audit")["head"]
    shell.ok("reopen", "Q2", "--why", "the thermometer was broken")
    shell.ok("resolve", "Q2", "no", "--at", "2023-03-17", "--source", "the archive")
    rows = shell.data("score", "--rule", "brier", "--changes")
    assert [(row["forecaster"], row["resolved"], row["resolved_anew"]) for row in rows] == [
        ("Ana", "yes", ""),
        ("Bo", "yes", ""),
        ("Ana", "", "no"),
        ("Bo", "", "no"),
    ]
    assert [row["before"] for row in rows[:2]] == [row["score"] for row in before]
    assert [row["after"] for row in rows[2:]] == pytest.approx([0.64, 0.09])
    assert shell.data("score", "--rule", "brier", "--as-of", "2023-03-20") == before
    assert shell.data("audit", "--head", earlier)["head"] != earlier
    assert "no" in shell.ok("score", "--changes")


def test_without_a_new_resolution_nothing_changed(shell):
    assert shell.data("score", "--changes") == []
    assert shell.ok("score", "--changes") == "no resolution was taken back\n"


def test_ones_own_results_stand_first(shell):
    assert shell.ok("score", "--as", "bo").splitlines()[2].split()[1] == "Bo"
    assert shell.ok("leaderboard", "--as", "Bo").startswith("Bo: rank 2 of 2 (2 to 2), -")


def test_calibration_is_parted_and_says_what_came_early(shell):
    (row,) = shell.data("calibrate", "--by", "tag")
    assert (row["tag"], row["n_forecasts"], row["n_early"]) == ("weather", 2, 1)
    assert [one["forecaster"] for one in shell.data("calibrate", "--by", "forecaster")] == [
        *("Ana", "Bo"),
    ]
    assert "weather" in shell.ok("calibrate", "--by", "tag")
    assert "1 question was answered before the scheduled close" in shell.ok("calibrate")
    assert "questions to calibrate on" in shell.refused(2, "calibrate", "--due")
    assert "way to part" in shell.refused(2, "calibrate", "--by", "weather")


def test_numbers_are_calibrated_by_their_intervals(alone):
    Path("f.csv").write_text('question_id,forecaster,made_at,cdf\nn,Ana,2023-01-01,"[0, 0.5, 1]"\n')
    Path("q.csv").write_text(
        "question_id,type,open_time,scheduled_close_time,resolution,range_min,range_max\n"
        "n,numeric,2023-01-01,2023-02-01,4,0,10\n"
    )
    found = alone.data("calibrate", *FILES, "--ranges")
    assert (found["mean"], found["coverage"][0]["share"]) == (pytest.approx(0.4), 1.0)
    assert "interval" in alone.ok("calibrate", *FILES, "--ranges")
    assert "numeric, discrete or date" in alone.refused(
        2, "calibrate", "--ranges", "--db", _empty(alone)
    )


def _empty(shell):
    shell.ok("init", "--db", "empty.db")
    return "empty.db"


def test_the_leaderboard_is_cut_by_tag_and_period_and_ranked_by_any_score(shell):
    assert len(shell.data("leaderboard", "--tag", "WEATHER")) == 2
    assert shell.data("leaderboard", "--tag", "sport") == []
    assert shell.data("leaderboard", "--since", "2023-03-18") == []
    assert len(shell.data("leaderboard", "--since", "2023-03-17", "--until", "2023-03-18")) == 2
    first, _ = shell.data("leaderboard", "--rule", "brier")
    assert first["forecaster"] == "Ana"
    assert {"coverage", "rank_low", "rank_high", "always_low", "n_questions"} <= first.keys()
    assert "rule to rank by" in shell.refused(2, "leaderboard", "--rule", "baseline")
    assert "noise alone would show" in shell.ok("leaderboard")


def test_two_are_compared_and_one_question_is_noise(shell):
    found = shell.data("compare", "Ana", "Bo")
    assert (found["n_questions"], found["better"], found["p_value"]) == (1, "", 1.0)
    assert (found["ci_low"], found["ci_high"]) == ("-Infinity", "Infinity")
    assert "the difference is noise" in shell.ok("compare", "Ana", "Bo", "--rule", "peer")
    assert "no forecaster with a score 'Cleo'" in shell.refused(3, "compare", "Ana", "Cleo")


def _many(people=4, count=12):
    rng = np.random.default_rng(1)
    said = ["question_id,forecaster,made_at,prob"]
    asked = ["question_id,type,open_time,scheduled_close_time,resolution"]
    for number in range(count):
        prob = rng.random()
        outcome = "yes" if rng.random() < prob else "no"
        asked.append(f"q{number},binary,2023-01-01,2023-02-01,{outcome}")
        for who in range(people):
            shown = min(max(prob + rng.normal(0, 0.05 * (1 + who)), 0.01), 0.99)
            said.append(f"q{number},m{who},2023-01-01,{shown:.3f}")
    Path("f.csv").write_text("\n".join(said))
    Path("q.csv").write_text("\n".join(asked))


@pytest.mark.slow
def test_skill_and_groups_are_learned_and_told(alone):
    _many()
    found = alone.data("skill", *FILES)
    assert {one["forecaster"] for one in found["forecasters"]} == {"m0", "m1", "m2", "m3"}
    told = alone.ok("groups", *FILES, "--control", "m0,m1", "--treatment", "m2, m3")
    for part in ("bias", "information", "noise", "expected Brier", "12 questions"):
        assert part in told


def test_groups_that_share_a_member_and_skill_of_nobody_are_refused(files):
    words = ("groups", *FILES, "--control", "Ana", "--treatment", "Ana,Bo")
    assert "each forecaster to one group" in files.refused(2, *words)
    assert "two questions or more" in files.refused(2, "skill", *FILES)
