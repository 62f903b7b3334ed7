"""What each step of planning an import looks at."""

from dataclasses import dataclass
from datetime import datetime

from forecast.exchange.naming import Members
from forecast.exchange.plan import Known, Plan
from forecast.exchange.records import Origin, Person, Refusal
from questions.errors import BadInput
from questions.records import Kind


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that items may be on: its id here, its kind, its opening."""

    id: str
    kind: Kind
    open_time: datetime
    by_hand: bool
    """Whether a person asked it here."""


@dataclass(frozen=True, slots=True)
class Work:
    """What each step of planning looks at, and where it puts down what it refuses."""

    plan: Plan
    known: Known
    asked: dict[str, Asked]
    """By the id there."""
    gone: frozenset[str]
    """The ids there of questions that were refused."""
    who: Members

    def on(self, origin: Origin) -> Asked:
        """The question that an item is on.

        Raises:
            BadInput: it is refused, or nobody asked it.
        """
        if (found := self.asked.get(origin.question)) is not None:
            return found
        if origin.question in self.gone:
            raise BadInput("question", origin.question, "its question first: it is refused")
        right = "one that came in before, or import the questions with it"
        raise BadInput("question", origin.question, right)

    def member(self, person: Person) -> str:
        """The member whom a person is.

        Raises:
            BadInput: that is not known.
        """
        found = self.who[person]
        if isinstance(found, BadInput):
            raise found
        return found

    def refuse(self, origin: Origin, error: BadInput) -> None:
        """Put down an item that does not come in."""
        refuse(self.plan, origin, error)


def refuse(plan: Plan, origin: Origin, error: BadInput) -> None:
    """Put down in a plan an item that does not come in."""
    given = str(error.given)
    what = f"{error.what} {given!r} cannot be used" if given else f"no {error.what}"
    plan.refused.append(Refusal(origin.place, what, str(error.right)))
