"""The compiled likelihood as an operation of PyTensor, so that PyMC's samplers can use it."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytensor.tensor as pt
from pytensor.gradient import DisconnectedType
from pytensor.graph.basic import Apply
from pytensor.graph.op import Op
from pytensor.link.numba.dispatch import basic

from forecast.belief import kernel
from forecast.belief.kernel import Data, Phi


class Likelihood(Op):  # type: ignore[misc]
    """Outputs: the total, log P(yes, seen), log P(no, seen), the total's derivatives."""

    __props__ = ()

    def make_node(self, *inputs: Any) -> Any:
        """Inputs: the vector of parameters, the room, then the data in the order of its fields."""
        held = [pt.as_tensor_variable(one) for one in inputs]
        return Apply(self, held, [pt.dscalar(), pt.dvector(), pt.dvector(), pt.dvector()])

    def perform(self, _node: Any, inputs: Sequence[Any], outputs: Sequence[list[Any]]) -> None:
        """The values, without a compiled graph around them."""
        parameters, room, *columns = inputs
        total, *vectors = kernel.log_likelihood(parameters, room, tuple(columns))
        for place, value in zip(outputs, (np.asarray(total), *vectors), strict=True):
            place[0] = value

    def connection_pattern(self, node: Any) -> list[list[bool]]:
        """The total depends on the parameters; nobody asks how it depends on the data."""
        return [[place == 0, False, False, False] for place in range(len(node.inputs))]

    def pullback(self, inputs: Any, outputs: Any, cotangents: Any) -> list[Any]:
        """The derivatives of the total, which the operation gives beside it."""
        constant = [DisconnectedType()() for _ in inputs[1:]]
        return [cotangents[0] * outputs[3], *constant]


CONTENT = int.from_bytes(sha256(Path(kernel.__file__).read_bytes()).digest()[:7])
"""What the kernel's file holds, so that PyTensor's cache on disk never gives back an older one."""


@basic.register_funcify_default_op_cache_key(Likelihood)  # type: ignore[untyped-decorator]
def _compiled(_op: Likelihood, **_: Any) -> Any:
    run = kernel.log_likelihood

    @basic.numba_njit  # type: ignore[untyped-decorator]
    def likelihood(parameters: Any, room: Any, *columns: Any) -> Any:
        total, yes, no, derivatives = run(parameters, room, columns)
        return np.asarray(total), yes, no, derivatives

    return likelihood, CONTENT


def likelihood(
    phi: Mapping[str, Any], room: Sequence[int], data: Mapping[str, Any]
) -> tuple[Any, Any, Any]:
    """The total log likelihood, and log P(yes, seen) and log P(no, seen) of each question.

    ``room`` is how many sources, judges and members there are parameters for.
    """
    flat = pt.concatenate([pt.atleast_1d(phi[name]) for name in Phi._fields])
    columns = (data[name] for name in Data._fields)
    total, yes, no, _ = Likelihood()(flat, np.array(room), *columns)
    return total, yes, no
