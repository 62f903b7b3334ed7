import re
from math import inf

import pytest

from forecast.scoring.leaderboard import Standing
from forecast.show.pictures.drawn import svg_of
from forecast.show.pictures.leaderboard import SHOWN, headline, leaderboard_figure
from tests.forecast.show.stories import HOSTILE


def standing(rank, name, points, low, high, brier=0.2) -> Standing:
    return Standing(rank, name, points, low, high, 12, 9.5, points, brier)


ANA = standing(1, "Ana", 4.0, 3.0, 5.0)
BO = standing(2, "Bo", 2.0, 1.0, 3.5)
CY = standing(3, "Cy", -4.0, -6.0, -1.0, None)


def test_the_title_says_how_much_may_be_noise():
    assert headline([ANA, BO, CY]) == (
        "Ana leads with +4.0 points; the interval overlaps 1 of 2 others', "
        "so the lead over them may be noise."
    )
    assert headline([ANA, BO]).endswith("everybody else's: the order may be noise.")
    assert headline([ANA, CY]) == "Ana leads with +4.0 points, clear of everybody else."
    assert headline([ANA]).endswith("there is nobody to compare with yet.")


@pytest.mark.parametrize(
    "standings",
    [
        [ANA, BO, CY],
        [ANA],
        [ANA, standing(2, "Di", -inf, -inf, -inf)],
        [standing(1, "Di", inf, inf, inf)],
        [standing(1, "Di", 0.0, 0.0, 0.0)],
        [standing(1, HOSTILE, 1.0, 0.0, 2.0)],
        [standing(n, f"M{n}", -n, -n - 1, -n + 1) for n in range(1, SHOWN + 20)],
    ],
)
@pytest.mark.parametrize("width", [9.0, 5.2])
def test_any_leaderboard_can_be_drawn(standings, width):
    svg = svg_of(leaderboard_figure(standings, width=width))
    assert "questions" in svg
    assert "<script" not in svg
    assert not re.search(r'[ "](nan|inf)\b', svg, re.IGNORECASE)


def test_a_row_shows_points_questions_and_brier():
    svg = svg_of(leaderboard_figure([ANA, BO, CY]))
    assert all(f">{text}<" in svg for text in ("+4.0", "−4.0", "12", "0.200"))


def test_who_is_not_shown_is_counted():
    crowd = [standing(n, f"M{n}", -n, -n - 1, -n + 1) for n in range(1, SHOWN + 4)]
    assert "3 more are not shown." in svg_of(leaderboard_figure(crowd))


def test_nobody_is_no_leaderboard():
    with pytest.raises(ValueError, match="nobody to rank"):
        leaderboard_figure([])
