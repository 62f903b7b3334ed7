"""The binary model in PyMC: shared parameters sampled, everything else integrated out.

The likelihood is :mod:`forecast.belief.kernel`. All data are free-size ``pm.Data``, so that a
model compiled for a capacity takes every dataset that fits. Deviations of sources and members
are non-centred, because most are seen a few times only.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from forecast.belief.dataset import Capacity, Dataset, capacity, columns
from forecast.belief.draws import (
    MEMBER_BIAS,
    MEMBER_NOISE,
    SD_JUDGE_BIAS,
    SD_SOURCE_BIAS,
    SOURCE_NOISE,
)
from forecast.belief.grades import LETTERS

if TYPE_CHECKING:
    import pymc as pm

STRETCH_LIMIT = 2.5
"""How many times as large a heavy-tailed narrative's variance may be (see ``fold``)."""
LEANING = "leaning"
"""Where a member's forecasts lie for a middling question: what the data show of the bias.

Sampled in its place, because a bias of all members is hard to tell from one of the priors.
"""
GRADE_MEANS = (0.60, 0.45, 0.30, 0.15, 0.05, 0.25)


@dataclass(frozen=True, slots=True)
class Built:
    """A model, and two expressions with an entry a question."""

    model: "pm.Model"
    yes: Any
    """The log of P(yes, what was seen), were it open."""
    no: Any
    """The log of P(no, what was seen), were it open."""


def build(data: Dataset, *, robust: bool = False) -> Built:
    """The model with room for a dataset, which it holds; nothing is compiled or sampled yet.

    ``robust`` gives the narrative of a question a heavier tail than the normal's.
    """
    import pymc as pm

    from forecast.belief.likelihood import likelihood

    room = capacity(data)
    with pm.Model(coords=_coords(room)) as model:
        held = {name: pm.Data(name, values) for name, values in columns(data).items()}
        middle = pm.math.sum(held["m"]) / pm.math.maximum(held["m"].shape[0], 1)
        total, yes, no = likelihood(parameters(middle, robust=robust), room, held)
        pm.Potential("likelihood", total)
    return Built(model, yes, no)


def _coords(room: Capacity) -> dict[str, Any]:
    return {
        "source": range(room.sources),
        "judge": range(room.judges),
        "member": range(room.members),
        "letter": tuple(LETTERS),
    }


def parameters(middle: Any, *, robust: bool) -> dict[str, Any]:
    """phi: every parameter with its prior, in the model whose context it is called in.

    ``middle`` is the questions' mean log odds by their reference classes.
    """
    import pymc as pm

    prior = {
        "stretch": pm.Uniform("stretch", 1.0, STRETCH_LIMIT) if robust else np.ones(1),
        "c0": pm.Normal("c0", 0.0, 0.3),
        "c1": pm.Normal("c1", 1.0, 0.3),
        "kappa": pm.LogNormal("kappa", 0.0, 0.3),
        "delta_R": pm.Normal("delta_R", 0.0, 0.2),
        "tau_R": pm.HalfNormal("tau_R", 0.5),
        "tau_k": pm.HalfNormal("tau_k", 0.7),
        "sd_mu": pm.HalfNormal("sd_mu", 0.2),
        "mu_grade": pm.Normal("mu_grade", np.array(GRADE_MEANS), 0.15, dims="letter"),
        "z_source": pm.Normal("z_source", dims="source"),
        "b_source": pm.Normal("b_source", 0.0, SD_SOURCE_BIAS, dims="source"),
        "log_sigma_source": pm.Normal("log_sigma_source", *SOURCE_NOISE, dims="source"),
        "b_judge": pm.Normal("b_judge", 0.0, SD_JUDGE_BIAS, dims="judge"),
        "delta": pm.Normal("delta", 0.7, 0.3),
        "omega": pm.HalfNormal("omega", 0.7),
        "tau_F": pm.HalfNormal("tau_F", 0.5),
        "tau_F2": pm.HalfNormal("tau_F2", 0.5),
        "g0": pm.Normal("g0", 0.5, 0.25),
        "s_g": pm.HalfNormal("s_g", 0.25),
        "z_gamma": pm.Normal("z_gamma", dims="member"),
        "log_sigma_member": pm.Normal("log_sigma_member", *MEMBER_NOISE, dims="member"),
    }
    expected = prior["delta"] * (prior["c0"] + prior["c1"] * middle)
    leaning = pm.Normal(LEANING, expected, MEMBER_BIAS, dims="member")
    return {**prior, "bias": pm.Deterministic("bias", leaning - expected, dims="member")}
