"""One figure measured on real data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, and the goal; ``limit`` is None where there is none."""

    name: str
    value: float
    limit: float | None
    unit: str
