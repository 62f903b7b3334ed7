"""phi: every parameter of the model, in one order, with its prior.

The priors are stated here once: :mod:`forecast.belief.model` makes a PyMC model of them and
:mod:`forecast.belief.density` the function that is sampled; a test holds the two equal.
"""

from dataclasses import dataclass
from math import log
from typing import Final, Literal

Family = Literal["normal", "half_normal", "folded", "log_normal", "uniform"]
"""``folded`` is half-normal too: nothing depends on its sign, so that it is sampled with one."""
Dim = Literal["", "letter", "source", "judge", "member"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: a number, or one for each letter, source, judge or member."""

    name: str
    family: Family
    mean: float | tuple[float, ...]
    """Of a log-normal that of its logarithm; of a uniform one its low end."""
    sd: float
    """Of a half-normal that of the whole normal; of a uniform one its high end."""
    dim: Dim = ""


GRADE_MEANS: Final = (0.60, 0.45, 0.30, 0.15, 0.05, 0.25)
STRETCH: Final = "stretch"
"""How many times as large a heavy-tailed narrative's variance is; 1 unless the fit is robust."""

PARAMETERS: Final = (
    Parameter("c0", "normal", 0.0, 0.3),
    Parameter("c1", "normal", 1.0, 0.3),
    Parameter("kappa", "log_normal", 0.0, 0.3),
    Parameter("delta_R", "normal", 0.0, 0.2),
    Parameter("tau_R", "half_normal", 0.0, 0.5),
    Parameter("tau_k", "folded", 0.0, 0.7),
    Parameter("sd_mu", "half_normal", 0.0, 0.2),
    Parameter("sd_b", "half_normal", 0.0, 0.3),
    Parameter("delta", "normal", 0.7, 0.3),
    Parameter("omega", "folded", 0.0, 0.7),
    Parameter("tau_F", "half_normal", 0.0, 0.5),
    Parameter("tau_F2", "folded", 0.0, 0.5),
    Parameter("g0", "normal", 0.5, 0.25),
    Parameter("s_g", "half_normal", 0.0, 0.25),
    Parameter("mu_grade", "normal", GRADE_MEANS, 0.15, "letter"),
    Parameter("z_source", "normal", 0.0, 1.0, "source"),
    Parameter("z_b", "normal", 0.0, 1.0, "source"),
    Parameter("log_sigma_source", "normal", log(0.6), 0.4, "source"),
    Parameter("b_judge", "normal", 0.0, 0.2, "judge"),
    Parameter("bias", "normal", 0.0, 0.4, "member"),
    Parameter("z_gamma", "normal", 0.0, 1.0, "member"),
    Parameter("log_sigma_member", "normal", log(0.6), 0.4, "member"),
    Parameter(STRETCH, "uniform", 1.0, 2.5),
)
BY_NAME: Final = {one.name: one for one in PARAMETERS}
