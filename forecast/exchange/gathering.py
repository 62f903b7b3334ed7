"""A batch as it is read, item by item: what cannot be used is refused, and the rest goes on."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from forecast.exchange.records import (
    Batch,
    Origin,
    PlatformComment,
    PlatformCrowd,
    PlatformForecast,
    PlatformQuestion,
    PlatformResolution,
    PlatformSource,
    Refusal,
)
from questions.errors import BadInput


@dataclass(slots=True)
class Gathering:
    """What has been read so far."""

    platform: str
    questions: list[PlatformQuestion] = field(default_factory=list)
    forecasts: list[PlatformForecast] = field(default_factory=list)
    resolutions: list[PlatformResolution] = field(default_factory=list)
    crowds: list[PlatformCrowd] = field(default_factory=list)
    comments: list[PlatformComment] = field(default_factory=list)
    sources: list[PlatformSource] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    """How many items something was done with that is worth a note, by what it was."""

    @contextmanager
    def at(self, place: str) -> Iterator[None]:
        """Read one item; what cannot be used of it is put down with its place."""
        try:
            yield
        except BadInput as error:
            given = str(error.given)
            shown = given if len(given) <= 60 else given[:57] + "..."
            what = f"{error.what} {shown!r} cannot be used" if given else f"no {error.what}"
            self.refused.append(Refusal(place, what, str(error.right)))
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            what = f"it has another form than expected ({type(error).__name__}: {error})"
            self.refused.append(Refusal(place, what, "the platform may have changed its format"))

    def origin(self, question: str, place: str) -> Origin:
        """The origin of an item."""
        return Origin(self.platform, question, place)

    def refuse(self, place: str, what: str, right: str) -> None:
        """Put down an item that does not come in."""
        self.refused.append(Refusal(place, what, right))

    def batch(self, mapping: Mapping[str, Any] | None = None) -> Batch:
        """All that was read."""
        return Batch(
            self.platform,
            tuple(self.questions),
            tuple(self.forecasts),
            tuple(self.resolutions),
            tuple(self.crowds),
            tuple(self.comments),
            tuple(self.sources),
            tuple(self.refused),
            tuple(f"{what}: {count}" for what, count in self.passed.items() if count),
            mapping,
        )
