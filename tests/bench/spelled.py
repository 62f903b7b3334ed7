"""The same model with its latents spelled out: narratives, talk and stories are sampled.

What is told against the collapsed model is told kindly: the noise that one forecast has alone
stays integrated out, and an open question's answer is summed over as it must be.
"""

from collections.abc import Callable
from typing import Any

from forecast.belief.dataset import Dataset
from forecast.belief.model import coords, parameters


def spelled_out(data: Dataset) -> Callable[[int], Any]:
    """What samples the model, compiled: so many draws in two chains."""
    import nutpie
    import pymc as pm
    import pytensor.tensor as pt

    from forecast.belief.dataset import capacity
    from forecast.belief.draws import GRAIN

    with pm.Model(coords=coords(capacity(data))) as model:
        phi = parameters(float(data.m.mean()), robust=False)
        a = pm.Normal("a", shape=len(data.m))
        talk = pm.Normal("talk", shape=len(data.m))
        c = pm.Normal("c", shape=len(data.story_question))
        opening = phi["c0"] + phi["c1"] * data.m
        q, s = data.report_question, data.report_source
        level = phi["mu_grade"][data.report_letter] + phi["sd_mu"] * phi["z_source"][s]
        judged = pt.zeros(len(q))[data.judging_report].inc(
            data.judging_share * phi["b_judge"][data.judging_judge]
        )
        centre = phi["sd_b"] * phi["z_b"][s] + judged + phi["delta_R"] * data.m[q]
        centre += phi["tau_R"] * a[q] + phi["tau_k"] * c[data.report_story]
        of, who = data.forecast_question, data.forecast_member
        said = phi["bias"][who] + phi["delta"] * opening[of]
        said += phi["tau_F"] * a[of] + phi["tau_F2"] * talk[of]
        gamma = phi["g0"] + phi["s_g"] * phi["z_gamma"][who]
        spread = pt.sqrt(pt.exp(2 * phi["log_sigma_member"][who]) + phi["omega"] ** 2)

        def given(sign: float) -> Any:
            weight = pm.Normal.dist(
                centre + sign * data.report_credibility * level,
                pt.sqrt(pt.exp(2 * phi["log_sigma_source"][s]) + GRAIN**2),
            )
            forecast = pm.Normal.dist(said + sign * gamma, spread)
            reports = pm.logp(weight, data.report_weight)
            forecasts = pm.logp(forecast, data.forecast_logit)
            return pt.zeros(len(data.m))[q].inc(reports) + pt.zeros(len(data.m))[of].inc(forecasts)

        yes = given(1.0) - pt.softplus(-opening)
        no = given(-1.0) - pt.softplus(opening)
        each = pt.switch(
            data.answer > 0, yes, pt.switch(data.answer < 0, no, pt.logaddexp(yes, no))
        )
        pm.Potential("likelihood", each.sum())
    compiled = nutpie.compile_pymc_model(model)

    def sample(draws: int) -> Any:
        return nutpie.sample(
            compiled,
            draws=draws,
            tune=draws,
            chains=2,
            cores=2,
            seed=2,
            save_warmup=False,
            progress_bar=False,
        )

    return sample
