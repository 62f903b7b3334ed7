"""What is foreseen in simulated worlds, against simpler rules; long proofs, with their figures."""

import sys
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from forecast.belief.carrying import drawn_again
from forecast.belief.cold import cold_weight
from forecast.belief.dataset import CLIP, dataset
from forecast.belief.draws import Fit, source_mean
from forecast.belief.meter import ASKS, joint_weight
from forecast.belief.observations import Observation
from forecast.belief.pareto import shape, smoothed
from forecast.belief.phi import BY_NAME
from forecast.belief.sampling import sample
from forecast.belief.seen import prior_log_odds, seen_if, state_of
from forecast.probability import expit, logit
from tests.forecast.belief.simulated import AT, Shape, World, people_and_sources, world

pytestmark = [pytest.mark.soak, pytest.mark.filterwarnings("ignore")]

SEEDS = range(5)
CLEAN = Shape()
DIRTY = replace(CLEAN, copies=0.3, tail=3.0)


def told(text):
    sys.stderr.write(f"\n{text}")


def rng_of(*seed):
    return np.random.Generator(np.random.PCG64(list(seed)))


def fitted(cases, seed=1, **options):
    sampled = sample(dataset(cases), seed=seed, **options)
    return Fit("M1", AT, seed, "", sampled.diagnostics, sampled.draws)


def foreseen(cases, fit):
    """P(yes) of each case that the fit has seen."""
    return np.array([_prob(case, fit, np.zeros(fit.size)) for case in cases])


def _prob(case, fit, log_weight):
    state = state_of(case, fit)
    log_odds = prior_log_odds(case, fit) + seen_if(state, 1.0, fit) - seen_if(state, -1.0, fit)
    return float(np.average(expit(log_odds), weights=np.exp(log_weight - log_weight.max())))


def without_reports(cases):
    return [replace(case, observations=()) for case in cases]


def without_people(cases):
    return [replace(case, sightings=()) for case in cases]


def losses(probs, here):
    """Minus the log of what was given to what happened, of the questions still open."""
    waiting = open_cases(here)
    signs = np.array([here.truth[case.question] for case in waiting])
    given = np.where(signs > 0, probs, 1 - np.asarray(probs))
    return -np.log(np.clip(given, 1e-12, 1))


def open_cases(here):
    return [case for case in here.cases if case.answer == 0]


def product(case):
    return expit(logit(case.prior_mean) + sum(one.weight for one in case.observations))


def cold(case):
    return expit(logit(case.prior_mean) + cold_weight(case.observations))


def pooled(case, power):
    said = np.clip([one.prob for one in case.sightings] or [0.5], CLIP, 1 - CLIP)
    return expit(power * float(np.mean(logit(said))))


def best_pool(here):
    """The exponent that is best in hindsight, from 1/2 to 4."""
    tried = [
        losses([pooled(case, power) for case in open_cases(here)], here)
        for power in np.arange(0.5, 4.01, 0.25)
    ]
    return min(tried, key=np.mean)


@lru_cache
def arms(seed, dirty):
    """The losses of each way, an entry a question, in one world."""
    here = world(rng_of(seed, dirty), DIRTY if dirty else CLEAN)
    waiting = open_cases(here)
    ways = {
        "prior": losses([case.prior_mean for case in waiting], here),
        "product": losses([product(case) for case in waiting], here),
        "cold start": losses([cold(case) for case in waiting], here),
        "best pool": best_pool(here),
    }
    models = {"reports": without_people, "crowd": without_reports, "joint": list}
    for name, kept in models.items():
        fit = fitted(kept(here.cases), seed=seed, draws=500, runs=2)
        ways[name] = losses(foreseen(kept(waiting), fit), here)
    return ways


def difference(first, second):
    """Mean paired difference with a 90 % bootstrap interval."""
    gaps = np.concatenate(first) - np.concatenate(second)
    means = rng_of(0).choice(gaps, (2000, len(gaps))).mean(axis=1)
    low, high = np.quantile(means, [0.05, 0.95])
    return f"{gaps.mean():+.3f} ({low:+.3f} to {high:+.3f})"


@pytest.mark.parametrize("dirty", [False, True], ids=["clean", "dirty"])
def test_the_model_beats_simpler_rules(dirty):
    found = [arms(seed, dirty) for seed in SEEDS]
    mean = {name: float(np.mean([one[name].mean() for one in found])) for name in found[0]}
    for name, loss in mean.items():
        told(f"{'dirty' if dirty else 'clean'} {name:<10} -{loss:.3f}")
    for pair in (("reports", "prior"), ("reports", "cold start"), ("joint", "crowd")):
        first, second = ([one[name] for one in found] for name in pair)
        told(f"{' - '.join(pair)}: {difference(first, second)}")
    assert mean["reports"] <= 0.5 * mean["product"]
    assert mean["reports"] <= mean["prior"]
    assert mean["crowd"] <= 0.75 * mean["best pool"]
    assert mean["joint"] < min(mean["reports"], mean["crowd"])


def another_world(seed):
    """Reports that are not of the model's family.

    A report has the right direction as often as its source is careful, less often where the
    question is muddled, its strength is exponential and rounded to round likelihood ratios, and
    a third of reports say what the one before them said.
    """
    rng = rng_of(seed, 77)
    here = world(rng, replace(CLEAN, members=1, share=0.0))
    careful = rng.uniform(0.45, 0.85, CLEAN.sources)
    steps = np.log([1.5, 2, 3, 5, 10, 30])
    return World([_retold(rng, case, here, careful, steps) for case in here.cases], here.truth)


def _retold(rng, case, here, careful, steps):
    muddled, made = rng.uniform(0.5, 1.0), list[Observation]()
    for one in case.observations:
        source = int(one.source.split()[1])
        right = rng.random() < 0.5 + (careful[source] - 0.5) * muddled
        strength = steps[np.abs(steps - rng.exponential(1.0)).argmin()]
        weight = here.truth[case.question] * (1 if right else -1) * strength
        if made and rng.random() < 1 / 3:
            weight = made[-1].weight
        made.append(replace(one, weight=float(weight)))
    return replace(case, observations=tuple(made))


def test_a_world_that_is_not_of_the_models_family_costs_no_more_than_the_rule():
    ours, rule, prior = [], [], []
    for seed in SEEDS:
        here = another_world(seed)
        waiting = open_cases(here)
        fit = fitted(here.cases, seed=seed, draws=500, runs=2)
        ours.append(losses(foreseen(waiting, fit), here))
        rule.append(losses([cold(case) for case in waiting], here))
        prior.append(losses([case.prior_mean for case in waiting], here))
    told(f"another mechanism: model -{np.mean(ours):.3f}, rule -{np.mean(rule):.3f}, ")
    told(f"prior -{np.mean(prior):.3f}; model - rule {difference(ours, rule)}")
    assert np.mean(ours) <= np.mean(rule)


def test_sources_that_do_not_differ_are_not_ranked_with_confidence():
    found = []
    for seed in SEEDS:
        rng = rng_of(seed, 5)
        phi = people_and_sources(rng, CLEAN)
        alike = {"mu": np.full(30, 0.4), "letters": np.full(30, 2)}
        here = world(rng, replace(CLEAN, members=1, share=0.0), {**phi, **alike})
        fit = fitted(here.cases, seed=seed, draws=500, runs=2)
        means = [source_mean(fit, f"source {number:03d}", "C") for number in range(30)]
        pairs = [(means[i] > means[j]).mean() for i in range(30) for j in range(i)]
        found.append(np.mean([max(prob, 1 - prob) > 0.95 for prob in pairs]))
    told(f"alike sources: {np.mean(found):.4f} of pairs are ranked with 95 % confidence")
    assert np.mean(found) <= 0.05


def test_the_bias_of_priors_is_recovered_in_mid_stream_where_yes_resolves_early():
    """Everything that has an answer is yes.

    With the prior N(0, .3) divided out again, ten worlds' posteriors make one estimate, whose
    standard error says how near it must come.
    """
    truth, held, means, variances = -0.4, 0, [], []
    for seed in range(10):
        rng = rng_of(seed, 9)
        shape_ = Shape(resolved=0, waiting=300, members=1, share=0, scheduled=0.0, sources=8)
        phi = {**people_and_sources(rng, shape_), "c0": truth, "c1": 1.0}
        here = world(rng, shape_, phi)
        assert all(case.answer >= 0 for case in here.cases)
        draws = fitted(here.cases, seed=seed, draws=500, runs=2).draws["c0"]
        low, high = np.quantile(draws, [0.05, 0.95])
        held += low <= truth <= high
        means.append(draws.mean())
        variances.append(draws.var())
    precisions = 1 / np.array(variances) - 1 / BY_NAME["c0"].sd ** 2
    estimate = float(np.sum(np.array(means) / variances) / precisions.sum())
    error = float(precisions.sum() ** -0.5)
    told(f"c0 in mid-stream: {estimate:+.3f} where {truth:+.3f} is true, standard error ")
    told(f"{error:.3f}; mean of posteriors {np.mean(means):+.3f}, {held} of 10 intervals hold it")
    assert error < 0.1
    assert abs(estimate - truth) < 2.6 * error
    assert held >= 7


@lru_cache
def refits(seed):
    """A world, what three fits to all of it believe of its open questions, and how they differ."""
    here = world(rng_of(seed), CLEAN)
    found = [foreseen(open_cases(here), fitted(here.cases, seed=number)) for number in (2, 3, 5)]
    apart = [np.abs(found[i] - found[j]).max() for i, j in ((0, 1), (0, 2), (1, 2))]
    return here, found, float(np.mean(apart))


@pytest.mark.parametrize("seed", [3, 4, 7])
@pytest.mark.parametrize("many", [1, 10])
def test_the_fast_path_is_as_near_to_a_refit_as_another_refit(seed, many):
    """So many of a hundred open questions get a report more.

    A belief weighs the draws by its own question's news, and is as near as that for these. What
    the news teach of their sources moves the others too: that takes all news together, by a fit
    that is carried on. Each is compared with three refits, and they with each other.
    """
    here, found, theirs = refits(seed)
    waiting = open_cases(here)
    named = [case.question for case in waiting if len(case.observations) > 1][:many]
    before = [
        replace(case, observations=case.observations[:-1]) if case.question in named else case
        for case in here.cases
    ]
    fit, then = fitted(before, seed=1), {case.question: case for case in before}
    moved = [(then[case.question], case) for case in waiting if case.question in named]
    weights = {now.question: joint_weight([(old, now)], fit) for old, now in moved}
    joint, none = joint_weight(moved, fit), np.zeros(fit.size)
    on = replace(fit, draws=drawn_again(fit, smoothed(joint), rng_of(4)))
    fast = np.array([_prob(one, fit, weights.get(one.question, none)) for one in waiting])
    new = np.array([case.question in named for case in waiting])

    def gap(probs, of=slice(None)):
        return float(np.mean([np.abs(probs - one)[of].max() for one in found]))

    of_news, of_rest, of_all = gap(fast, new), gap(fast, ~new), gap(foreseen(waiting, on))
    k_hat = shape(joint)
    told(f"world {seed}, {many} new: fast and refit {of_news:.4f} of these, {of_rest:.4f} of the ")
    told(f"others, carried on and refit {of_all:.4f}, two refits {theirs:.4f}, k-hat {k_hat:.2f}")
    assert k_hat <= ASKS
    assert of_news <= 2 * theirs
    assert of_all <= 2 * theirs
