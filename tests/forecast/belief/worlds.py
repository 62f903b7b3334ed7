"""Random histories and random draws for the tests of belief."""

from datetime import UTC, datetime, timedelta

import numpy as np

from forecast.belief.dossier import Dossier
from forecast.belief.draws import Fit
from forecast.belief.memory import pack
from forecast.ledger import FITS
from forecast.records import Cases, Diagnostics, Evidence, Forecast, Rate
from questions.values import Probability

OPEN = datetime(2023, 3, 13, tzinfo=UTC)
CLOSE = OPEN + timedelta(days=48)
PASSED = Diagnostics(0, 0, 0, 1.0, 1000.0, 0, 1.0, ok=True)


def judged(
    report: str,
    weight: float,
    *,
    day: float = 1,
    story: str = "",
    copy_of: str = "",
    source: str = "wire",
    grade: str = "B2",
    judge: str = "ana",
    judgement: str = "weighed",
) -> Evidence:
    return Evidence(
        report=report,
        question="Q1",
        judge=judge,
        judgement=judgement,
        weight=weight,
        recorded_at=OPEN + timedelta(days=day),
        story=story or report,
        copy_of=copy_of,
        source=source,
        grade=grade,
    )


def said(member: str, prob: float, *, day: float = 1, ended: float | None = None) -> Forecast:
    at = OPEN + timedelta(days=day)
    return Forecast(
        id=f"F-{member}-{day}",
        question="Q1",
        member=member,
        value=Probability(prob),
        made_at=at,
        recorded_at=at,
        ended_at=None if ended is None else OPEN + timedelta(days=ended),
    )


def dossier(
    *evidence: Evidence, forecasts=(), basis=None, question="Q1", answer="open", answered_at=None
) -> Dossier:
    return Dossier(
        question=question,
        open_time=OPEN,
        scheduled_close_time=CLOSE,
        basis=basis or Cases(12, 20),
        scheduled=False,
        answer=answer,
        answered_at=answered_at,
        evidence=tuple(evidence),
        forecasts=tuple(forecasts),
    )


def random_dossiers(rng: np.random.Generator, count: int) -> list[Dossier]:
    """Questions of all states, with reports in shared stories and people's forecasts."""
    return [_random_dossier(rng, f"Q{number:03d}") for number in range(count)]


def _random_dossier(rng: np.random.Generator, question: str) -> Dossier:
    reports = [
        judged(
            f"R{at}",
            float(rng.normal(0, 1)),
            day=float(rng.uniform(0, 15)),
            story=f"S{rng.integers(4)}",
            source=f"source {rng.integers(3)}",
            grade="ABCDEF"[rng.integers(6)] + "123456"[rng.integers(6)],
            judge=("ana", "bo")[rng.integers(2)],
        )
        for at in range(rng.integers(0, 9))
    ]
    people = [
        said(f"member {who}", float(rng.uniform(0.02, 0.98)), day=float(rng.uniform(0, 15)))
        for who in range(rng.integers(0, 4))
    ]
    answer = ("open", "yes", "no")[rng.integers(3)]
    when = {"open": None, "yes": OPEN + timedelta(days=float(rng.uniform(16, 47))), "no": CLOSE}
    return dossier(
        *reports,
        forecasts=people,
        basis=(Cases(int(rng.integers(0, 10)), 10), Rate(1, float(rng.uniform(20, 200))))[
            rng.integers(2)
        ],
        question=question,
        answer=answer,
        answered_at=when[answer],
    )


def fit_of(draws: dict[str, np.ndarray], *, day: float = 0, seed: int = 1) -> Fit:
    return Fit("F1", OPEN + timedelta(days=day), seed, "hash", PASSED, draws)


def keep_fit(desk, draws: dict[str, np.ndarray]) -> None:
    """Put a fit that passed on record."""
    with desk.writing() as entry:
        record = {
            "id": entry.next_id(FITS, "M"),
            "diagnostics": PASSED,
            "seed": 1,
            "versions": {},
            "data_hash": "x",
            "names": sorted(draws),
            "draws": entry.keep(pack(draws)),
        }
        entry.append("fit.kept", record)
