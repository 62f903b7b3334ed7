"""The tables of the explanation hold the numbers of the engine."""

import re
from math import log

import pytest

from forecast.belief.cold import GRADE_WEIGHT
from forecast.belief.grades import CREDIBILITY
from forecast.belief.phi import BY_NAME
from tests.docs.__main__ import FOLDER

PAGE = (FOLDER / "model.md").read_text(encoding="utf-8")
GRADES = {"source": GRADE_WEIGHT, "information": CREDIBILITY}
PRIORS = dict(re.findall(r"^\| `(\w+)` \| .+ \| (.+) \|$", PAGE, re.MULTILINE))
FAMILIES = {"N": {"normal"}, "log-N": {"log_normal"}, "half-N": {"half_normal", "folded"}}


@pytest.mark.parametrize("what", GRADES)
def test_the_grades_count_what_the_page_says(what):
    found = re.search(rf"^\| {what} \| (.+) \|\n.*\n\| counts \| (.+) \|$", PAGE, re.MULTILINE)
    assert found
    grades, counts = (row.split(" | ") for row in found.groups())
    assert dict(zip(grades, map(float, counts), strict=True)) == GRADES[what]


@pytest.mark.parametrize("name", PRIORS)
def test_the_priors_are_those_of_the_page(name):
    family, mean, sd = re.fullmatch(r"([\w-]+)\((?:(.+)[;,] )?([\d.]+)\)", PRIORS[name]).groups()
    one = BY_NAME[name]
    assert one.family in FAMILIES[family]
    assert one.sd == float(sd)
    assert one.mean == told(mean or "0")


def test_the_page_has_the_priors_of_reports_and_of_people():
    assert {"kappa", "mu_grade", "tau_R", "tau_k", "g0", "tau_F2"} <= PRIORS.keys()


def told(mean: str) -> float | tuple[float, ...]:
    """A mean as the page has it: a number, its logarithm, or one for each grade.

    >>> told("0.5"), told("ln 1"), told("0.6, 0.45")
    (0.5, 0.0, (0.6, 0.45))
    """
    if mean.startswith("ln "):
        return log(float(mean.removeprefix("ln ")))
    several = tuple(map(float, mean.split(", ")))
    return several if len(several) > 1 else several[0]
