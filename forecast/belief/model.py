"""The binary model in PyMC: shared parameters sampled, everything else integrated out.

The likelihood is :mod:`forecast.belief.kernel`. All data are free-size ``pm.Data``, so that a
model compiled for a capacity takes every dataset that fits. Deviations of sources and members
are non-centred, because most are seen a few times only.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from forecast.belief.dataset import Capacity, Dataset, capacity, columns
from forecast.belief.grades import LETTERS
from forecast.belief.phi import BY_NAME, PARAMETERS, STRETCH, Parameter

if TYPE_CHECKING:
    import pymc as pm

LEANING = "leaning"
"""Where a member's forecasts lie for a middling question; see :mod:`forecast.belief.density`."""

SIGNED = "_signed"
"""What is sampled of a folded parameter, which is its size."""


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
    with pm.Model(coords=coords(room)) as model:
        held = {name: pm.Data(name, values) for name, values in columns(data).items()}
        middle = pm.math.sum(held["m"]) / pm.math.maximum(held["m"].shape[0], 1)
        total, yes, no = likelihood(parameters(middle, robust=robust), room, held)
        pm.Potential("likelihood", total)
    return Built(model, yes, no)


def coords(room: Capacity) -> dict[str, Any]:
    """The dimensions of the parameters of so many sources, judges and members."""
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

    phi = {one.name: _variable(one) for one in PARAMETERS if one.name not in ("bias", STRETCH)}
    expected = phi["delta"] * (phi["c0"] + phi["c1"] * middle)
    leaning = pm.Normal(LEANING, expected, BY_NAME["bias"].sd, dims="member")
    phi["bias"] = pm.Deterministic("bias", leaning - expected, dims="member")
    phi[STRETCH] = _variable(BY_NAME[STRETCH]) if robust else np.ones(1)
    return phi


def _variable(one: Parameter) -> Any:
    """A parameter with its prior."""
    import pymc as pm

    dims = one.dim or None
    match one.family:
        case "normal":
            return pm.Normal(one.name, np.array(one.mean), one.sd, dims=dims)
        case "half_normal":
            return pm.HalfNormal(one.name, one.sd, dims=dims)
        case "folded":
            signed = pm.Normal(one.name + SIGNED, 0.0, one.sd, dims=dims)
            return pm.Deterministic(one.name, pm.math.abs(signed), dims=dims)
        case "log_normal":
            return pm.LogNormal(one.name, one.mean, one.sd, dims=dims)
        case "uniform":
            return pm.Uniform(one.name, one.mean, one.sd, dims=dims)
