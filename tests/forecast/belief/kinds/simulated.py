"""Questions of every kind made of known parameters, for calibration by simulation.

What is said of a question is Gaussian, x = mu K(., truth) + noise, where the noise of a story,
of the narrative and of each report is as for yes or no, and is spread over the cells by half of
the same K. Of options K is 1 where they are the same and 0 elsewhere: a report favours what is
true by mu nats, and every option by chance. Of a number K(t, c) is -g (t - c)^2 / 2: a report is
a reading of it, stated as precise as its source is good. Of two cells it is the yes-or-no model.
Nothing here calls what it is a test of. What a member says of several rungs has noise in common.
"""

from dataclasses import dataclass, replace

import numpy as np

from forecast.belief.draws import GRAIN
from forecast.belief.grades import CREDIBILITY
from forecast.belief.kinds.observed import ALIKE
from forecast.belief.phi import PARAMETERS
from tests.forecast.belief.worlds import fit_of, judged

GRADES = {"wire": "A1", "radio": "B2", "paper": "C2", "blog": "F6"}
JUDGES = ("ana",)
MEMBERS = ("bo", "cleo", "dara")
NAMES = {"": ("",), "letter": "ABCDEF", "source": GRADES, "judge": JUDGES, "member": MEMBERS}
LEAST_WORTH = 0.1


def draws_from_prior(rng, size):
    """(size,) draws of every parameter from the model's prior, by the names that a fit has."""
    found = {}
    for one in PARAMETERS:
        means = np.broadcast_to(one.mean, len(NAMES[one.dim]))
        for label, mean in zip(NAMES[one.dim], means, strict=True):
            values = mean + one.sd * rng.standard_normal(size)
            made = {"half_normal": abs, "folded": abs, "log_normal": np.exp}.get(one.family)
            found[f"{one.name}[{label}]" if label else one.name] = made(values) if made else values
    del found["stretch"]
    return found


def draws_of_the_worthy(rng, size):
    """The same, of parameters by which every source and member knows something of the truth.

    A source that misleads states no quantiles of its own.
    """
    many = draws_from_prior(rng, 20 * size)
    everybody = Said(("",) * len(GRADES), tuple(GRADES), MEMBERS)
    worth = [toward(one_of(many, at), everybody).min() for at in range(20 * size)]
    kept = np.flatnonzero((np.array(worth) > LEAST_WORTH) & (many["delta"] > 0))
    return {name: values[np.resize(kept, size)] for name, values in many.items()}


def one_of(draws, place):
    """The parameters of one draw."""
    return {name: float(values[place]) for name, values in draws.items()}


def fitted(draws, times=1):
    """A fit that has each of some draws so many times."""
    return fit_of({name: np.tile(values, times) for name, values in draws.items()}, day=-1)


def doubted(fit, trust=0.4):
    """A fit that has earned so much of a belief and no more."""
    return replace(fit, diagnostics=replace(fit.diagnostics, trust=trust, trust_joint=trust))


@dataclass(frozen=True)
class Said:
    """Who says something of a question: reports first, then members, once a forecast."""

    stories: tuple[str, ...]
    sources: tuple[str, ...]
    members: tuple[str, ...] = ()


def some_said(rng, *, stories=2.0, members=0.0):
    """Stories of one report or more, and members who each speak with a probability."""
    sizes = rng.geometric(0.6, size=rng.poisson(stories))
    names = tuple(f"S{story}" for story, size in enumerate(sizes) for _ in range(size))
    sources = tuple(rng.choice([*GRADES], size=len(names)).tolist())
    return Said(names, sources, tuple(one for one in MEMBERS if rng.random() < members))


def toward(phi, said):
    """(reports and members,) mu: how far each moves toward the truth."""
    found = []
    for name in said.sources:
        letter, number = GRADES[name]
        worth = phi[f"mu_grade[{letter}]"] + phi["sd_mu"] * phi[f"z_source[{name}]"]
        found.append(CREDIBILITY[number] * worth)
    found += [phi["g0"] + phi["s_g"] * phi[f"z_gamma[{name}]"] for name in said.members]
    return np.array(found)


def leanings(phi, said, odds, known=()):
    """(n,) how far each leans toward yes: reports beside stated log odds, members beside known."""
    own = np.array([phi["sd_b"] * phi[f"z_b[{name}]"] for name in said.sources])
    reports = own + phi["b_judge[ana]"] + phi["delta_R"] * odds
    biases = np.array([phi[f"bias[{name}]"] for name in said.members])
    return np.concatenate([reports, biases + phi["delta"] * np.array(known)])


def covariance(phi, said):
    """(n, n) V: own noise, what a story or a member shares, the narrative and members' talk."""
    reports, members = len(said.sources), len(said.members)
    own = [np.exp(2 * phi[f"log_sigma_source[{name}]"]) + GRAIN**2 for name in said.sources]
    noisy = [np.exp(2 * phi[f"log_sigma_member[{name}]"]) for name in said.members]
    noisy = np.array([one + phi["omega"] ** 2 for one in noisy])
    story, mind = np.zeros((2, *(reports + members,) * 2))
    story[:reports, :reports] = np.equal.outer(np.array(said.stories), np.array(said.stories))
    same = np.equal.outer(np.array(said.members), np.array(said.members))
    mind[reports:, reports:] = (same & ~np.eye(members, dtype=bool)) * ALIKE * noisy
    narrative = np.repeat([phi["tau_R"], phi["tau_F"]], [reports, members])
    talk = np.repeat([0.0, phi["tau_F2"]], [reports, members])
    shared = np.outer(narrative, narrative) + np.outer(talk, talk)
    return np.diag([*own, *noisy]) + phi["tau_k"] ** 2 * story + mind + shared


def noise(rng, phi, said, columns=1):
    """(n, columns) noise with that covariance."""
    root = np.linalg.cholesky(covariance(phi, said))
    return root @ rng.standard_normal((len(root), columns))


def log_density(rest, variance):
    """The log density of (n, columns) independent columns of Gaussian noise."""
    squares = np.sum(rest * np.linalg.solve(variance, rest))
    return -0.5 * squares - 0.5 * rest.shape[1] * np.linalg.slogdet(variance)[1]


def told(said, weights, questions=None, signals=None):
    """Reports on record: of each its weight, the question it is about and its signal."""
    count = len(said.sources)
    found = []
    for row in range(count):
        source = said.sources[row]
        one = judged(
            f"R{row:02d}",
            float(weights[row]),
            day=0,
            story=said.stories[row],
            source=source,
            grade=GRADES[source],
        )
        question = questions[row] if questions is not None else one.question
        signal = signals[row] if signals is not None else ()
        found.append(replace(one, question=question, signal=tuple(signal)))
    return found


def bayes(prior, likelihoods):
    """(cells,) the belief of draws that count alike, from (draws, cells) each."""
    log = np.log(prior) + likelihoods
    weight = np.exp(log - log.max())
    return weight.sum(axis=0) / weight.sum()


def shares_said(rng, phi, said, prior, cell):
    """(n, options) what each says of the options, of which one is true."""
    toward_it = np.outer(toward(phi, said), np.arange(len(prior)) == cell)
    found = toward_it + noise(rng, phi, said, len(prior)) / np.sqrt(2)
    known = np.log(prior * len(prior)) * phi["delta"]
    return found + np.outer(np.repeat([0, 1], [len(said.sources), len(said.members)]), known)


def of_shares(phi, said, prior, heard):
    """(options,) the log likelihood of what :func:`shares_said` made, by dense algebra."""
    count = len(prior)
    known = np.log(prior * count) * phi["delta"]
    rest = heard - np.outer(np.repeat([0, 1], [len(said.sources), len(said.members)]), known)
    contrasts = np.linalg.svd(np.eye(count) - 1 / count)[0][:, :-1]
    variance, mean = covariance(phi, said) / 2, toward(phi, said)
    return np.array(
        [
            log_density((rest - np.outer(mean, np.arange(count) == cell)) @ contrasts, variance)
            for cell in range(count)
        ]
    )


def weights_said(rng, phi, said, signs, odds, known=()):
    """(n,) weights and log odds said of yes-or-no questions whose answers are signs."""
    leaning = leanings(phi, said, odds, known)
    return toward(phi, said) * signs + leaning + noise(rng, phi, said)[:, 0]


def of_weights(phi, said, signs, odds, heard, known=()):
    """The log likelihood of what :func:`weights_said` made, by dense algebra."""
    rest = heard - toward(phi, said) * signs - leanings(phi, said, odds, known)
    return log_density(rest[:, None], covariance(phi, said))


def readings_said(rng, phi, said, truth, spreads):
    """(n,) middles of what each says of a number, stated with so much spread each."""
    root = np.sqrt(toward(phi, said)) / spreads
    scaled = covariance(phi, said) / 2 / np.outer(root, root)
    return truth + np.linalg.cholesky(scaled) @ rng.standard_normal(len(spreads))


def of_readings(phi, said, centres, spreads, truths):
    """(truths,) the log likelihood of what :func:`readings_said` made, had each been true."""
    root = np.sqrt(toward(phi, said)) / spreads
    scaled = covariance(phi, said) / 2 / np.outer(root, root)
    rest = centres[:, None] - truths
    return -0.5 * np.sum(rest * np.linalg.solve(scaled, rest), axis=0)
