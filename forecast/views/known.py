"""What several views of one reading share: gathered once, and handed through them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from forecast.belief import memory
from forecast.belief.carrying import carried
from forecast.belief.dossier import Dossier
from forecast.belief.draws import Fit
from forecast.belief.fold import believe
from forecast.belief.history import fit_at
from forecast.belief.meter import ASKS, Meter, read_meter
from forecast.desk.believing import dossiers
from forecast.records import Belief
from forecast.views.news import News, news, proposal_rows, shares
from forecast.views.sheets import Sheet
from questions.records import Binary, Tracked
from questions.store import shelf
from questions.store.reading import Reading


@dataclass(frozen=True, eq=False)
class Known:
    """What a reading knows as of an instant; each part is gathered when it is first wanted.

    A view that is handed none gathers for itself.
    """

    read: Reading
    at: datetime
    _beliefs: dict[tuple[str, datetime], Belief] = field(default_factory=dict, init=False)

    @cached_property
    def asked(self) -> Mapping[str, Tracked]:
        """Every question by its id, in the order of asking."""
        return {one.question.id: one for one in shelf.questions(self.read, self.at)}

    @cached_property
    def dossiers(self) -> Mapping[str, Dossier]:
        """What bears on each question, by its id."""
        return dossiers(self.read, self.at)

    @cached_property
    def news(self) -> News:
        """Reports, what they bear on, and what was judged of them."""
        return news(self.read)

    @cached_property
    def shares(self) -> Mapping[str, Sheet]:
        """How many stories bear on each question that has any, and how many wait."""
        return shares(self.news)

    @cached_property
    def proposed(self) -> Sequence[Sheet]:
        """What was proposed as an answer and waits for a person."""
        return proposal_rows(self.read, self.at)

    @cached_property
    def fits(self) -> Sequence[Fit]:
        """Every fit on record, oldest first."""
        return memory.fits(self.read)

    @property
    def fit(self) -> Fit | None:
        """The fit that holds."""
        return fit_at(self.fits, self.at)

    @cached_property
    def meter(self) -> Meter:
        """Whether so much is new since the fit that its draws no longer speak for the data."""
        return read_meter(self._binary, self.fit, self.at)

    @cached_property
    def carried_on(self) -> Fit | None:
        """The fit as it would be, carried on to everything new; None if it cannot be."""
        last = None if self.meter.asks else memory.last_sampled(self.read, self.at)
        if self.fit is None or last is None:
            return None
        found = carried(self._binary, last, self.at)
        return (
            replace(self.fit, draws=found.draws, made_at=self.at) if found.k_hat <= ASKS else None
        )

    @property
    def _binary(self) -> list[Dossier]:
        return [one for one in self.dossiers.values() if isinstance(one.kind, Binary)]

    def belief(self, question: str, at: datetime | None = None) -> Belief:
        """What is believed of a question, or was by the same dossier at an earlier instant."""
        when = self.at if at is None else at
        if (question, when) not in self._beliefs:
            fit = fit_at(self.fits, when)
            self._beliefs[question, when] = believe(self.dossiers[question], fit, when)
        return self._beliefs[question, when]
