"""Any table through a mapping: questions, forecasts and how they ended, or graded sources.

A row may hold a forecast with its question beside it, a question alone, or a forecast on a
question of another row; whatever rows say of one question has to agree.
"""

from collections import defaultdict
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from forecast.exchange.cells import (
    cdf,
    kind_name,
    listed,
    number,
    outcome,
    probability,
    shares,
    suiting,
    truth,
)
from forecast.exchange.documents import Cells, Table
from forecast.exchange.gathering import Gathering
from forecast.exchange.kinds import POINTS, Range, kind_of
from forecast.exchange.mapping import Mapping, to_plain
from forecast.exchange.records import (
    ME,
    Batch,
    Person,
    PlatformForecast,
    PlatformQuestion,
    PlatformResolution,
    PlatformSource,
)
from forecast.writing.words import band_named, middle, parse_confidence
from questions.errors import BadFile, BadInput
from questions.instants import iso
from questions.records import Binary, Kind, MultipleChoice
from questions.values import NO, YES, Outcome, Probability, Value

ASKED: Final = (
    *("title", "type", "open_time", "scheduled_close_time", "actual_close_time", "resolved_at"),
    *("resolution", "resolution_criteria", "fine_print", "background", "url", "tags", "options"),
    *("range_min", "range_max", "zero_point", "unit", "open_lower_bound", "open_upper_bound"),
    *("inbound_outcome_count", "spot_scoring_time"),
)
"""What rows may say of a question."""
SAID: Final = ("prob", "words", "probs", "cdf")
"""What a forecast may be given in."""
ANSWERS: Final[dict[str, Outcome | None]] = {
    **dict.fromkeys(("yes", "y", "true", "1", "1.0", "right", "happened"), YES),
    **dict.fromkeys(("no", "n", "false", "0", "0.0", "wrong", "did not happen"), NO),
    **dict.fromkeys(("-1", "-1.0", "unknown", "open", "pending", "unresolved"), None),
}
Said = dict[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What rows say of a question, by role, and where."""

    place: str
    """Where it is first asked; of a question that rows only name, where it is first named."""
    said: Said
    places: Pairs[str, str]
    """Where each thing is first said."""


def read(tables: Sequence[Table], mapping: Mapping) -> Batch:
    """What tables hold, read as a mapping says.

    Raises:
        BadFile: tables in which the mapping finds neither questions nor sources.
    """
    _check(tables, mapping)
    found = Gathering(mapping.platform)
    rows = [
        (f"{table.name} line {line.number}", line.cells) for table in tables for line in table.lines
    ]
    if mapping.has("source") and mapping.has("grade") and not any(map(mapping.has, SAID)):
        for place, row in rows:
            with found.at(place):
                _source(found, mapping, row, place)
        return found.batch(to_plain(mapping))
    asked = _asked(found, mapping, rows)
    kinds = _questions(found, mapping, asked, _firsts(mapping, rows))
    for place, row in rows:
        if _is_forecast(mapping, row):
            with found.at(place):
                _forecast(found, mapping, row, place, kinds)
    return found.batch(to_plain(mapping))


def _is_forecast(mapping: Mapping, row: Cells) -> bool:
    """Whether a row means to hold a forecast, however little of it there is."""
    if any(mapping.cell(row, role) for role in SAID):
        return True
    return bool(mapping.cell(row, "made_at")) and any(map(mapping.has, SAID))


def _check(tables: Sequence[Table], mapping: Mapping) -> None:
    """See that the tables have the columns that the mapping names, and enough of them."""
    have = {column for table in tables for column in table.columns}
    name = tables[0].name
    for role, column in mapping.columns.items():
        if column not in have:
            problem = f"no column {column!r}, which the mapping names for {role}"
            raise BadFile(name, problem, f"the tables have {', '.join(sorted(have))}")
    graded = mapping.has("source") and mapping.has("grade")
    if not (graded or mapping.has("question_id") or mapping.has("title")):
        problem = "no column was found that names a question"
        raise BadFile(name, problem, 'give a mapping with question_id or title under "[columns]"')


def _identity(mapping: Mapping, row: Cells) -> str:
    found = mapping.cell(row, "question_id") or mapping.cell(row, "title")
    if not found:
        raise BadInput("question_id", "", "which question; the cell is empty")
    return found


def _asked(
    found: Gathering, mapping: Mapping, rows: Sequence[tuple[str, Cells]]
) -> dict[str, Told]:
    """What rows say of each question; left out where they disagree."""
    told: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    named: dict[str, str] = {}
    for place, row in rows:
        with found.at(place):
            question = _identity(mapping, row)
            named.setdefault(question, place)
            for role in ASKED:
                if text := mapping.cell(row, role):
                    told[question][role].setdefault(text, place)
    agreed: dict[str, Told] = {}
    for question, by_role in told.items():
        at_odds = {role: texts for role, texts in by_role.items() if len(texts) > 1}
        for role, texts in at_odds.items():
            what = f"question {question!r} has {role} {' and '.join(map(repr, sorted(texts)[:3]))}"
            found.refuse(", ".join(sorted(texts.values())[:3]), what, "give one for each question")
        if not at_odds:
            agreed[question] = _agreed(by_role, named[question])
    return agreed


def _agreed(by_role: Pairs[str, dict[str, str]], named: str) -> Told:
    """What is said of a question on which rows agree, which are in their order."""
    pairs = {role: next(iter(texts.items())) for role, texts in by_role.items()}
    said = {role: text for role, (text, _) in pairs.items()}
    places = {role: place for role, (_, place) in pairs.items()}
    return Told(next(iter(places.values()), named), said, places)


def _firsts(mapping: Mapping, rows: Sequence[tuple[str, Cells]]) -> dict[str, datetime]:
    """When each question was first forecast."""
    firsts: dict[str, datetime] = {}
    if mapping.has("open_time"):
        return firsts
    quiet = Gathering("")
    for place, row in rows:
        with quiet.at(place):
            question, made = _identity(mapping, row), mapping.time(row, "made_at")
            if made is not None:
                firsts[question] = min(firsts.get(question, made), made)
    return firsts


def _questions(
    found: Gathering,
    mapping: Mapping,
    asked: Pairs[str, Told],
    firsts: Pairs[str, datetime],
) -> dict[str, Kind]:
    """The kinds of the questions that could be read."""
    kinds: dict[str, Kind] = {}
    plain = Mapping({role: role for role in ASKED}, {}, 1.0, mapping.zone, mapping.time_format)
    for question, told in asked.items():
        with found.at(told.place):
            record = _question(found, plain, question, told, firsts)
            kinds[question] = record.kind
            found.questions.append(record)
            _resolution(found, plain, record, told)
    return kinds


def _question(
    found: Gathering,
    plain: Mapping,
    question: str,
    told: Told,
    firsts: Pairs[str, datetime],
) -> PlatformQuestion:
    said = told.said
    opens = plain.time(said, "open_time") or firsts.get(question)
    closes = plain.time(said, "scheduled_close_time", closing=True)
    if opens is None:
        raise BadInput("open_time", "", "when it opened; nobody forecast on it either")
    if closes is None:
        right = "when it closes: a column, or a constant of the mapping"
        raise BadInput("scheduled_close_time", "", right)
    return PlatformQuestion(
        origin=found.origin(question, told.place),
        title=said.get("title", f"Question {question}"),
        kind=_kind(said),
        open_time=opens,
        scheduled_close_time=closes,
        actual_close_time=plain.time(said, "actual_close_time", closing=True),
        spot_scoring_time=plain.time(said, "spot_scoring_time"),
        resolution_criteria=said.get("resolution_criteria", "As it was resolved at its source."),
        fine_print=said.get("fine_print", ""),
        background=said.get("background", ""),
        tags=tuple(one.strip() for one in said.get("tags", "").split(";") if one.strip()),
        url=said.get("url", ""),
    )


def _kind(said: Said) -> Kind:
    type_ = kind_name(said.get("type", "multiple_choice" if "options" in said else "binary"))
    inside = said.get("inbound_outcome_count", "")
    zero = said.get("zero_point", "")
    span = Range(
        said.get("range_min"),
        said.get("range_max"),
        truth(said.get("open_lower_bound")),
        truth(said.get("open_upper_bound")),
        float(zero) if zero else None,
        int(float(inside)) if inside else POINTS - 1,
        said.get("unit", ""),
    )
    return kind_of(type_, _options(said.get("options", "")), span)


def _options(text: str) -> list[str]:
    if text.startswith("["):
        return [str(one) for one in listed(text, "options")]
    return [one.strip() for one in text.split(";") if one.strip()]


def _resolution(found: Gathering, plain: Mapping, record: PlatformQuestion, told: Told) -> None:
    if "resolution" not in told.said:
        return
    place = told.places["resolution"]
    with found.at(f"{place}, resolution"):
        ended = _ended(record.kind, told.said["resolution"])
        if ended is None:
            return
        known = plain.time(told.said, "resolved_at", closing=True)
        when = known or record.actual_close_time or record.scheduled_close_time
        source = f"{found.platform}, {record.url or place}"
        origin = replace(record.origin, place=place)
        found.resolutions.append(PlatformResolution(origin, ended, when, source))


def _ended(kind: Kind, text: str) -> Outcome | None:
    if isinstance(kind, Binary) and text.lower() in ANSWERS:
        return ANSWERS[text.lower()]
    return outcome(kind, text, "resolution")


def _forecast(
    found: Gathering, mapping: Mapping, row: Cells, place: str, kinds: Pairs[str, Kind]
) -> None:
    question = _identity(mapping, row)
    made = mapping.time(row, "made_at")
    if made is None:
        raise BadInput("made_at", "", "when the forecast was made")
    ended = mapping.time(row, "ended_at")
    if ended is not None and ended < made:
        right = f"a time after made_at, {iso(made)}"
        raise BadInput("ended_at", mapping.cell(row, "ended_at"), right)
    value, words = _value(mapping, row, kinds.get(question))
    found.forecasts.append(
        PlatformForecast(
            found.origin(question, place),
            _person(mapping, row),
            value,
            made,
            ended,
            why=mapping.cell(row, "why"),
            words=words,
            confidence=parse_confidence(mapping.cell(row, "confidence")),
        )
    )


def _person(mapping: Mapping, row: Cells) -> Person:
    if not mapping.has("forecaster"):
        return ME
    name = mapping.cell(row, "forecaster")
    if not name:
        raise BadInput("forecaster", "", "who forecast; the cell is empty")
    inside = mapping.cell(row, "in_crowd")
    return Person(name, bot=bool(inside) and not truth(inside))


def _value(mapping: Mapping, row: Cells, kind: Kind | None) -> tuple[Value, str]:
    """The forecast of a row, and the word that it was given in."""
    points, amounts = mapping.cell(row, "cdf"), mapping.cell(row, "probs")
    if isinstance(kind, MultipleChoice):
        return shares(kind.options, listed(amounts, "probs"), "probs"), ""
    if points or not isinstance(kind, Binary | None):
        value = replace(cdf(listed(points, "cdf"), "cdf"), at_level=_levels(mapping, row))
        return (suiting(kind, value, "cdf") if kind is not None else value), ""
    if amounts:
        raise BadInput("probs", amounts, "a question with its options in the same tables")
    return _chance(mapping.cell(row, "prob"), mapping.cell(row, "words"), mapping.scale)


def _levels(mapping: Mapping, row: Cells) -> tuple[tuple[float, float], ...]:
    """The quantiles that a distribution was drawn through, where a row names them."""
    found = []
    for pair in listed(mapping.cell(row, "quantiles"), "quantiles"):
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise BadInput("quantiles", str(pair)[:60], "a level with its value, such as [0.5, 12]")
        found.append((number(pair[0], "quantiles"), number(pair[1], "quantiles")))
    return tuple(found)


def _chance(amount: str, word: str, scale: float) -> tuple[Probability, str]:
    """A number, a word of ICD 203, or both: then the number counts and has to lie in its band.

    An edge that two bands share is in both. The column of numbers may hold words too.
    """
    if band_named(amount) is not None:
        amount, word = "", amount
    band = band_named(word) if word else None
    if word and band is None:
        raise BadInput("words", word, "a word of ICD 203, such as very likely")
    if not amount and band is not None:
        return Probability(middle(band)), band.word
    found = probability(amount, "prob", scale=scale)
    if band is not None and not band.low <= found.yes <= band.high:
        right = f"a word for {found.yes:g}: {band.word!r} is {band.low:g} to {band.high:g}"
        raise BadInput("words", word, right)
    return found, band.word if band else ""


def _source(found: Gathering, mapping: Mapping, row: Cells, place: str) -> None:
    name, grade = mapping.cell(row, "source"), mapping.cell(row, "grade").upper()
    if not name:
        raise BadInput("source", "", "how the source is called")
    if not (grade[:1] in "ABCDEF" and grade[:1] and grade[1:] in ("", *"123456")):
        raise BadInput("grade", grade, "a letter A to F, perhaps with 1 to 6, as in B2")
    why = mapping.cell(row, "why")
    found.sources.append(PlatformSource(found.origin("", place), name, grade, why))
