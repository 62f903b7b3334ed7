"""Reports that a command is given: files, addresses, feeds and folders, with who says so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from forecast.cli import setting
from questions.articles import Errand, gather
from questions.errors import BadFile, TidingsError
from questions.records import Article, Report
from questions.reports.reading import report_of

if TYPE_CHECKING:
    from forecast.people.sources import Register

_PLAIN: Final = "plain text"


@dataclass(frozen=True, slots=True)
class Speaker:
    """What the caller says of whom the reports are from; both empty where he says nothing."""

    source: str = ""
    grade: str = ""


Heard = Report | TidingsError


def hear(place: str, errand: Errand, speaker: Speaker) -> Iterator[Heard]:
    """The reports at a place, and the errors of those members of a folder or feed that failed.

    Raises:
        BadFile: the place cannot be read.
        BadInput: a grade that is none.
    """
    typed = setting.read_input("-") if place == "-" else None
    for found in gather(place, errand, typed):
        if isinstance(found, Article):
            yield report_from(found, speaker)
        else:
            yield found


def hear_all(
    places: Iterable[str], errand: Errand, speaker: Speaker
) -> tuple[list[Report], list[TidingsError]]:
    """The reports at all places, and what could not be read beside them.

    Raises:
        BadFile: a place cannot be read, or nothing in it can.
    """
    reports: list[Report] = []
    errors: list[TidingsError] = []
    for place in places:
        heard = list(hear(place, errand, speaker))
        reports += [one for one in heard if isinstance(one, Report)]
        errors += [one for one in heard if isinstance(one, TidingsError)]
        if heard and all(isinstance(one, TidingsError) for one in heard):
            raise BadFile(place, f"nothing in it could be read ({errors[-1]})", "look at its files")
    return reports, errors


def report_from(article: Article, speaker: Speaker) -> Report:
    """An article as a report: of a page, its title, and its publisher where nobody else is named.

    What is around the text of a page may change while the text does not: it is known again by
    its text.
    """
    report = report_of(article, speaker.source, speaker.grade)
    if article.extractor == _PLAIN:
        return report
    return replace(
        report,
        title=article.title or report.title,
        source=report.source or _publisher(article),
        sha256=sha256(article.text.encode()).hexdigest(),
    )


def _publisher(article: Article) -> str:
    from forecast.people.sources import host_of

    host = host_of(article.source) if "://" in article.source else ""
    return article.publisher or host.removeprefix("www.")


def attributed(reports: Iterable[Report], register: "Register") -> list[Report]:
    """The reports with the register's names for their sources."""
    from forecast.people.sources import known_as

    return [replace(one, source=known_as(register, one.source)) for one in reports]
