"""Metaculus' download: ``question_data.csv``, ``forecast_data.csv`` and ``comment_data.csv``.

Questions go by the id of the question, never that of the post. What an aggregation method said
is a crowd; forecasts end where the next begins, where withdrawn, and where they expire.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from forecast.exchange.cells import (
    blank,
    instant,
    kind_name,
    listed,
    moment,
    number,
    outcome,
    required,
    said,
    suiting,
    truth,
)
from forecast.exchange.documents import Cells, Document, Line, Table, tables
from forecast.exchange.formats.metaculus import (
    PLATFORM,
    criteria,
    spot_time,
    value_in,
    zero_point,
)
from forecast.exchange.gathering import Gathering
from forecast.exchange.kinds import POINTS, Range, kind_of
from forecast.exchange.records import (
    Batch,
    Person,
    PlatformComment,
    PlatformCrowd,
    PlatformForecast,
    PlatformQuestion,
    PlatformResolution,
    Quote,
)
from questions.errors import BadInput
from questions.instants import iso
from questions.records import Kind

QUESTION_COLUMNS: Final = {"Question ID", "Question Title", "Question Type", "Open Time"}
FORECAST_COLUMNS: Final = {"Question ID", "Start Time", "Probability Yes"}
COMMENT_COLUMNS: Final = {"Post ID", "Comment Text", "Created At"}
METHODS: Final = {
    *("recency_weighted", "unweighted", "single_aggregation", "metaculus_prediction"),
    *("metaculus_pros", "geometric_mean", "joined_before_date"),
}
"""Names that stand for a method, not a person, where ids are left out."""
_WHO: Final = ("Forecaster (Anonymized)", "Forecaster Username")


def suits(documents: Sequence[Document]) -> bool:
    """Whether a table has the columns of the download."""
    shapes = (QUESTION_COLUMNS, FORECAST_COLUMNS)
    return any(shape <= {*one.columns} for one in tables(documents) for shape in shapes)


def read(documents: Sequence[Document]) -> Batch:
    """What a download holds."""
    found = Gathering(PLATFORM)
    asked = _with(documents, QUESTION_COLUMNS)
    told = _with(documents, FORECAST_COLUMNS)
    widths = _widths(told)
    for table in asked:
        for line in table.lines:
            with found.at(_place(table, line)):
                _question(found, line.cells, _place(table, line), widths)
    kinds = {one.origin.question: one.kind for one in found.questions}
    quotes: dict[tuple[str, str], list[Quote]] = defaultdict(list)
    for table in told:
        for line in table.lines:
            with found.at(_place(table, line)):
                _forecast(found, line.cells, _place(table, line), kinds, quotes)
    _crowds(found, quotes)
    for table in _with(documents, COMMENT_COLUMNS):
        _comments(found, table)
    return found.batch()


def _with(documents: Sequence[Document], columns: set[str]) -> list[Table]:
    return [one for one in tables(documents) if columns <= {*one.columns}]


def _place(table: Table, line: Line) -> str:
    return f"{table.name} line {line.number}"


def _widths(told: Sequence[Table]) -> dict[str, str]:
    """The first CDF of each question: it tells how many bins a discrete question has."""
    found: dict[str, str] = {}
    for table in told:
        for line in table.lines:
            points = line.cells.get("Continuous CDF", "")
            if not blank(points):
                found.setdefault(line.cells["Question ID"], points)
    return found


def _question(found: Gathering, row: Cells, place: str, widths: Mapping[str, str]) -> None:
    question = required(row, "Question ID")
    kind = _kind(row, widths.get(question, ""))
    url = said(row, "Question URL")
    origin = found.origin(question, place)
    opens = moment(row.get("Open Time"), "Open Time")
    closes = moment(row.get("Scheduled Close Time"), "Scheduled Close Time")
    asked = PlatformQuestion(
        origin=origin,
        title=_title(row),
        kind=kind,
        open_time=opens,
        scheduled_close_time=closes,
        actual_close_time=instant(row.get("Actual Close Time"), "Actual Close Time"),
        spot_scoring_time=spot_time(
            instant(row.get("Spot Scoring Time"), "Spot Scoring Time"),
            instant(row.get("CP Reveal Time"), "CP Reveal Time"),
            opens,
        ),
        resolution_criteria=criteria(url),
        tags=tuple(map(str, listed(row.get("Categories"), "Categories"))),
        url=url,
        post=said(row, "Post ID"),
    )
    found.questions.append(asked)
    ended = outcome(kind, row.get("Resolution"), "Resolution")
    if ended is not None:
        known = instant(row.get("Resolution Known Time"), "Resolution Known Time")
        when = known or asked.actual_close_time or closes
        source = f"Metaculus, {url}" if url else "Metaculus"
        found.resolutions.append(PlatformResolution(origin, ended, when, source))


def _title(row: Cells) -> str:
    """The title; of a question of a group with what tells it from the others."""
    title, label = required(row, "Question Title"), said(row, "Label")
    return title if not label or label in title else f"{title} ({label})"


def _kind(row: Cells, first_cdf: str) -> Kind:
    type_ = kind_name(required(row, "Question Type"))
    names = ("MC Options (All)", "MC Options (Current)", "MC Options")
    options = next((row[name] for name in names if not blank(row.get(name))), "")
    return kind_of(type_, [str(one) for one in listed(options, "options")], _range(row, first_cdf))


def _range(row: Cells, first_cdf: str) -> Range:
    low, high = row.get("Lower Bound", ""), row.get("Upper Bound", "")
    points = listed(row.get("Continuous Range"), "Continuous Range")
    numeric = row.get("Question Type", "").strip().lower() == "numeric"
    zero = zero_point(points, number(low, ""), number(high, "")) if numeric and points else None
    width = len(listed(first_cdf, "Continuous CDF")) or len(points) or POINTS
    return Range(
        low,
        high,
        truth(row.get("Open Lower Bound")),
        truth(row.get("Open Upper Bound")),
        zero,
        width - 1,
    )


def _forecast(
    found: Gathering,
    row: Cells,
    place: str,
    kinds: Mapping[str, Kind],
    quotes: dict[tuple[str, str], list[Quote]],
) -> None:
    question = required(row, "Question ID")
    if question not in kinds:
        posts = {one.post for one in found.questions}
        right = "an id of question_data.csv; that is the id of a post" if question in posts else ""
        raise BadInput("Question ID", question, right or "an id of question_data.csv")
    kind = kinds[question]
    columns = ("Probability Yes", "Probability Yes Per Category", "Continuous CDF")
    value = suiting(kind, value_in(kind, *(row.get(one) for one in columns)), "forecast")
    start = moment(row.get("Start Time"), "Start Time")
    if (method := _method(row)) is not None:
        count = row.get("Forecaster Count")
        n = None if blank(count) else int(number(count, "Forecaster Count"))
        quotes[question, method].append(Quote(start, value, n))
        return
    ended = instant(row.get("End Time"), "End Time")
    if ended is not None and ended < start:
        raise BadInput("End Time", row["End Time"], f"a time after the start at {iso(start)}")
    who = _person(row)
    origin = found.origin(question, place)
    found.forecasts.append(PlatformForecast(origin, who, value, start, ended))


def _method(row: Cells) -> str | None:
    """The aggregation method whose row it is; None of a person's."""
    name = next((said(row, one) for one in _WHO if one in row), "")
    if not blank(row.get("Forecaster Count")):
        return name
    nobody = "Forecaster ID" in row and blank(row["Forecaster ID"])
    return name if nobody or name in METHODS else None


def _person(row: Cells) -> Person:
    name = next((said(row, one) for one in reversed(_WHO) if said(row, one)), "")
    identity = said(row, "Forecaster ID")
    if not name and not identity:
        raise BadInput("Forecaster Username", "", "who forecast; the cell is empty")
    return Person(name or identity, identity, bot=truth(row.get("Is Bot")))


def _crowds(found: Gathering, quotes: Mapping[tuple[str, str], list[Quote]]) -> None:
    for (question, method), path in quotes.items():
        origin = found.origin(question, f"aggregation {method}")
        by_time = tuple(sorted(path, key=lambda one: one.at))
        found.crowds.append(PlatformCrowd(origin, method, by_time))


def _comments(found: Gathering, table: Table) -> None:
    """Comments are on posts; those on a post with one question are on that question."""
    by_post: dict[str, list[str]] = defaultdict(list)
    for one in found.questions:
        by_post[one.post].append(one.origin.question)
    for line in table.lines:
        place, row = _place(table, line), line.cells
        with found.at(place):
            questions = by_post[required(row, "Post ID")]
            if len(questions) != 1:
                right = "a post with one question: it has none or several here"
                raise BadInput("Post ID", row["Post ID"], right)
            identity = said(row, "Author ID")
            name = said(row, "Author Username") or said(row, "Author (Anonymized)") or identity
            found.comments.append(
                PlatformComment(
                    found.origin(questions[0], place),
                    Person(name, identity),
                    required(row, "Comment Text"),
                    moment(row.get("Created At"), "Created At"),
                )
            )
