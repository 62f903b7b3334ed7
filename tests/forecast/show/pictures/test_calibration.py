import re
from dataclasses import replace

import numpy as np
import pytest

from forecast.scoring.calibration import Bin, Calibration, bins_of
from forecast.scoring.corp import decompose
from forecast.scoring.pairs import Paired
from forecast.show.pictures.calibration import calibration_figure, explanation, headline
from forecast.show.pictures.drawn import svg_of


def calibration(probs, outcomes, band=(0.0, 0.1)) -> Calibration:
    p, y = np.array(probs), np.array(outcomes)
    rows = Paired(np.arange(len(p)), p, y, np.ones(len(p)))
    parts = decompose(p, y)
    return Calibration(
        len(p),
        len(p),
        parts.score,
        parts.miscalibration,
        parts.discrimination,
        parts.uncertainty,
        *band,
        bins_of(rows),
        parts.curve,
    )


SOME = calibration([0.1, 0.2, 0.8, 0.9, 0.9], [0, 1, 1, 1, 0])


@pytest.mark.parametrize("found", [SOME, calibration([0.5], [1]), calibration([0.0, 1.0], [0, 1])])
@pytest.mark.parametrize("captioned", [True, False])
def test_any_calibration_can_be_drawn(found, captioned):
    svg = svg_of(calibration_figure(found, captioned=captioned))
    assert "how often it happened" in svg
    assert not re.search(r"\bnan\b", svg, re.IGNORECASE)


def test_the_title_says_whether_it_is_more_than_chance():
    many = replace(SOME, n_questions=40, miscalibration=0.05)
    assert headline(many) == "The forecasts are calibrated as far as one can tell."
    assert "5 questions are too few" in headline(replace(SOME, miscalibration=0.05))
    assert "1 question is too few" in headline(replace(many, n_questions=1))
    assert "further off than chance explains" in headline(replace(many, miscalibration=0.2))
    close = replace(many, miscalibration=0.05, null_low=0.06)
    assert "more closely than chance" in headline(close)


def test_the_miscalibration_stands_beside_its_null_band():
    found = replace(SOME, miscalibration=0.031, null_low=0.004, null_high=0.06)
    assert "miscalibration 0.031" in explanation(found)
    assert "from 0.004 to 0.060 (95% of the time)" in explanation(found)


def test_every_bin_shows_its_count():
    found = replace(SOME, bins=(Bin(0.0, 0.5, 17, 0.2, 0.1), Bin(0.5, 1.0, 23, 0.8, 0.9)))
    svg = svg_of(calibration_figure(found))
    assert ">17<" in svg
    assert ">23<" in svg


def test_the_same_calibration_gives_the_same_picture():
    assert svg_of(calibration_figure(SOME)) == svg_of(calibration_figure(SOME))
