"""The gate that a posterior must pass, and what its diagnostics say of each parameter."""

from typing import Any, Final

from forecast.belief.dataset import Dataset
from forecast.records import Diagnostics

R_HAT_LIMIT: Final = 1.01
ESS_LIMIT: Final = 400
CI_PROB: Final = 0.9


def diagnose(tree: Any, data: Dataset, seconds: float) -> Diagnostics:
    """The gate: no divergences, r-hat at most 1.01, bulk ESS at least 400."""
    import arviz as az

    posterior = tree["posterior"].to_dataset()
    r_hat = max(float(values.max()) for values in az.rhat(posterior).data_vars.values())
    ess = min(float(values.min()) for values in az.ess(posterior, method="bulk").data_vars.values())
    divergences = int(tree["sample_stats"]["diverging"].sum())
    problems = _problems(r_hat, ess, divergences)
    return Diagnostics(
        n_questions=len(data.questions),
        n_reports=len(data.report_weight),
        n_forecasts=len(data.forecast_logit),
        r_hat_max=r_hat,
        ess_bulk_min=ess,
        divergences=divergences,
        seconds=seconds,
        ok=not problems,
        problems=problems,
    )


def _problems(r_hat: float, ess: float, divergences: int) -> tuple[str, ...]:
    failed = (
        (divergences > 0, f"{divergences} divergences"),
        (not r_hat <= R_HAT_LIMIT, f"r-hat {r_hat:.3f} is above {R_HAT_LIMIT}"),
        (not ess >= ESS_LIMIT, f"effective sample {ess:.0f} is below {ESS_LIMIT}"),
    )
    return tuple(words for problem, words in failed if problem)


def table(tree: Any) -> list[dict[str, Any]]:
    """A row for each parameter that all share: mean, spread, 90 % interval, r-hat, ESS."""
    import arviz as az

    posterior = tree["posterior"].to_dataset()
    shared = [
        name
        for name, values in posterior.data_vars.items()
        if not {"source", "judge", "member"} & set(values.dims)
    ]
    found = az.summary(
        posterior[shared], ci_prob=CI_PROB, ci_kind="eti", round_to="none", kind="all"
    )
    names = {
        "mean": "mean",
        "sd": "sd",
        "eti90_lb": "ci_low",
        "eti90_ub": "ci_high",
        "r_hat": "r_hat",
        "ess_bulk": "ess_bulk",
        "ess_tail": "ess_tail",
    }
    return [
        {"parameter": str(name), **{ours: float(row[theirs]) for theirs, ours in names.items()}}
        for name, row in found.iterrows()
    ]
