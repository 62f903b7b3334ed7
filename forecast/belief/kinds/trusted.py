"""The model's belief and the cold-start rule's as one: so much of it as the model has earned."""

from collections.abc import Callable

from forecast.belief.draws import Fit
from forecast.belief.kinds.cells import Weighed, pooled


def trusted(
    weighed: Callable[[Fit | None], Weighed], fit: Fit | None, *, joint: bool = False
) -> Weighed:
    """What ``weighed`` makes of a question with a fit and without one, pooled by its trust.

    The share is the one that yes-or-no questions have shown: a fit is one for all kinds.
    """
    if fit is None:
        return weighed(None)
    trust = fit.diagnostics.trust_joint if joint else fit.diagnostics.trust
    model = weighed(fit)
    return model if trust >= 1.0 else pooled(model, weighed(None), trust)
