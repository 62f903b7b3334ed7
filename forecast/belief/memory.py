"""A fit as the store keeps it: an event that says how it was made, and a matrix of draws."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import numpy as np

from forecast.belief.draws import SHARED, Fit
from forecast.ledger import FITS
from forecast.records import Diagnostics
from questions.store.reading import Reading

CARRIED: Final = "carried from"
"""Among a fit's versions the id of the one that it was carried on from."""


def pack(draws: Mapping[str, Any]) -> bytes:
    """Draws as the bytes of one matrix, a row a parameter, in the order of their names."""
    buffer = BytesIO()
    np.save(buffer, np.stack([draws[name] for name in sorted(draws)]), allow_pickle=False)
    return buffer.getvalue()


def last_fit(read: Reading, at: datetime) -> Fit | None:
    """The newest fit on record at an instant."""
    rows = [row for row in _rows(read) if row["recorded_at"] <= at]
    return _fit(read, rows[-1]) if rows else None


def last_sampled(read: Reading, at: datetime) -> Fit | None:
    """The newest fit at an instant that was sampled, not carried on from another."""
    rows = [row for row in _rows(read) if row["recorded_at"] <= at]
    sampled = [row for row in rows if CARRIED not in row["versions"]]
    return _fit(read, sampled[-1]) if sampled else None


def fits(read: Reading) -> list[Fit]:
    """Every fit on record, oldest first."""
    return [_fit(read, row) for row in _rows(read)]


def _rows(read: Reading) -> list[Mapping[str, Any]]:
    """The fits of this model: one that knew fewer parameters has no draws of the others."""
    return [row for row in read.rows(FITS) if set(SHARED) <= set(row["names"])]


def _fit(read: Reading, row: Mapping[str, Any]) -> Fit:
    matrix = np.load(BytesIO(read.blob(row["draws"])), allow_pickle=False)
    return Fit(
        id=row["id"],
        made_at=row["recorded_at"],
        seed=row["seed"],
        data_hash=row["data_hash"],
        diagnostics=diagnostics(row["diagnostics"]),
        draws=dict(zip(row["names"], matrix, strict=True)),
    )


def diagnostics(data: Mapping[str, Any]) -> Diagnostics:
    """The gate's figures as they were written."""
    fields = {**data, "problems": tuple(data["problems"])}
    return Diagnostics(**{**fields, "r_hat_max": float(data["r_hat_max"])})
