"""The register of sources with what is known of each, as of an instant."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from forecast.belief.dossier import case_of
from forecast.belief.draws import Fit
from forecast.belief.grades import letter
from forecast.belief.learned import learned
from forecast.people.sources import find_source, known_as, register
from forecast.records import Source
from forecast.views.known import Known
from questions.errors import NotFound
from questions.store.reading import Reading

Sheet = dict[str, Any]


def source_rows(read: Reading, at: datetime, *, known: Known | None = None) -> list[Sheet]:
    """A row for each source of the register or of a report: grade, reports, what was learned.

    Those that cannot be judged (grade F, or none) are the last, and marked by ``graded``.
    """
    known = known or Known(read, at)
    found, every = known.news.sources, known.news.every.values()
    reports = Counter(known_as(found, one.source) for one in every if one.source)
    judged, resolved = _counts(known)
    described = {one.name: one for one in found.sources}
    rows = [
        {
            **_learned(name, described.get(name), known.fit),
            "reports": reports[name],
            "judged": judged[name],
            "resolved": resolved[name],
        }
        for name in {**described, **reports}
    ]
    return sorted(rows, key=lambda row: (not row["graded"], -row["counts"], row["name"]))


def source_view(read: Reading, said: str, at: datetime) -> Sheet:
    """All that is known of the source that a name, alias or address means.

    Raises:
        NotFound: neither the register nor a report has it.
    """
    found = register(read)
    rows = source_rows(read, at)
    name = known_as(found, said)
    for row in rows:
        if row["name"].casefold() == name.casefold():
            known = find_source(found, row["name"])
            grades = [{"at": when, "grade": grade} for when, grade in known.grades] if known else []
            return {**row, "grades": grades}
    known_names = [row["name"] for row in rows]
    raise NotFound("source", said, known_names, "`tidings source add NAME` describes one")


def _counts(known: Known) -> tuple[Counter[str], Counter[str]]:
    """Of each source how many reports count as evidence, and how many on resolved questions."""
    held = known.dossiers.values()
    cases = [(one, case_of(one, known.at, with_forecasts=False)) for one in held]

    def sources(wanted: Iterable[Any]) -> Counter[str]:
        return Counter(seen.source for case in wanted for seen in case.observations)

    over = [case for held, case in cases if held.answer in ("yes", "no")]
    return sources(case for _, case in cases), sources(over)


def _learned(name: str, source: Source | None, fit: Fit | None) -> Mapping[str, Any]:
    grade = source.grades[-1][1] if source and source.grades else ""
    worth = learned(name, grade, fit)
    return {
        "name": name,
        "aliases": list(source.aliases) if source else [],
        "domains": list(source.domains) if source else [],
        "registered": source is not None,
        "grade": grade,
        "graded": letter(grade) != "F",
        "why": source.why if source else "",
        "counts": worth.counts,
        "ci_low": worth.low if fit else None,
        "ci_high": worth.high if fit else None,
        "leans": worth.leans if fit else None,
        "fit": fit.id if fit else "cold",
    }
