"""Fitting from the command line."""

import re
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

PORTRAITS = ["energy", "posterior_predictive", "prior_posterior", "rank", "trace"]


@pytest.fixture
def taught(shell):
    """The store with a fit."""
    shell.made = shell.data("fit", "--workers", "2", "--plots", "pictures", "--archive", "M1.nc")
    return shell


def size_of(picture):
    """Width and height of a PNG, pixels."""
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


def test_a_fit_has_all_that_programs_rely_on_and_its_pictures_and_archive(taught):
    made = taught.made
    assert made["ok"]
    assert {"n_questions", "n_reports", "n_forecasts", "seconds"} <= made.keys()
    assert made["r_hat_max"] <= 1.01
    assert made["ess_bulk_min"] >= 400
    assert made["divergences"] == 0
    assert made["head"] == taught.head()
    assert {"c0", "mu_grade[B]"} <= {row["parameter"] for row in made["parameters"]}
    pictures = sorted(Path("pictures").glob("*.png"))
    assert [one.stem for one in pictures] == PORTRAITS
    for one in pictures:
        assert min(size_of(one)) > 200
        assert one.stat().st_size > 8_000
    assert Path("M1.nc").stat().st_size > 10_000
    assert taught.data("show", "Q1")["belief"]["fit"] == made["id"] == "M1"


def test_a_quick_fit_carries_the_last_one_on_to_what_is_new(taught):
    written = ("--published", "2023-03-18T10:00Z", "--source", "Wire", "--question", "Q1")
    (row,) = taught.data("read", "-", *written, typed="Cars will cross the bridge of Ulm soon.")
    taught.data("judge", row["id"], "Q1", "--ratio", "3")
    found = taught.data("fit", "--quick")
    assert (found["id"], found["ok"]) == ("M2", True)
    assert found["n_reports"] == taught.made["n_reports"] + 1
    assert 400 <= found["ess_bulk_min"] <= taught.made["ess_bulk_min"]
    assert taught.data("show", "Q1")["belief"]["fit"] == "M2"
    assert re.match(r"M3: \d+ questions", taught.ok("fit", "--quick"))


def test_nothing_can_be_carried_on_before_a_fit(shell):
    assert "nothing was fitted yet; run: tidings fit" in shell.refused(4, "fit", "--quick")


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (("--workers", "2", "--cluster", "tcp://127.0.0.1:1"), "give one of the two"),
        (("--quick", "--workers", "2"), "give it alone: nothing is sampled"),
        (("--workers", "0"), "greater than or equal to 1"),
    ],
)
def test_what_does_not_go_together_is_refused(shell, words, right):
    assert right in shell(*("fit", *words)).output
    assert shell("fit", *words).exit_code == 2


def test_a_cluster_that_does_not_answer_is_said_in_one_line(shell, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("forecast.belief.tasks.PATIENCE", 0.5)
    said = shell.refused(4, "fit", "--cluster", "tcp://127.0.0.1:1")
    assert "no cluster answers at 'tcp://127.0.0.1:1'" in said
