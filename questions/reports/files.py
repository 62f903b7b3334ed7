"""Reports and questions in JSON lines become matches and stories: no store needed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from questions.errors import BadFile, BadInput
from questions.instants import Edge, parse_instant
from questions.records import Bearing, Binary, Question, Report
from questions.reports.asking import prepare
from questions.reports.bearing import bearings_of
from questions.reports.likeness import Told
from questions.reports.meaning import word_vectors
from questions.reports.sentences import sentence_vectors
from questions.reports.stories import gather

if TYPE_CHECKING:
    from spacy.language import Language

DEPTH = 10
"""How many matches a report has at least, where as many questions were open."""
_ALWAYS = datetime(1, 1, 1, tzinfo=UTC)
_NEVER = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Line:
    """One object of a JSON lines file, with where it stands."""

    path: Path
    number: int
    fields: dict[str, Any]

    def bad(self, problem: str, right: str) -> BadFile:
        return BadFile(f"{self.path}, line {self.number}", problem, right)


def match_files(
    reports_path: Path, questions_path: Path, language: "Language"
) -> list[dict[str, Any]]:
    """What each report bears on, and to which story it belongs, in the order of the file.

    Questions without ``open_time`` or ``scheduled_close_time`` are open without that end. Words
    are rare or common by all the reports of the file; stories grow one report at a time.

    Raises:
        BadFile: a file or line that cannot be used: which file, line and field, what would be
            right.
    """
    questions = read_questions(questions_path)
    reports = read_reports(reports_path)
    prepared = prepare(questions, word_vectors(language), reports, sentence_vectors())
    found = bearings_of(reports, prepared, DEPTH)
    stories = _numbered(gather(reports))
    return [
        _row(report, told, story, near)
        for report, (told, story), near in zip(reports, stories, found, strict=True)
    ]


def read_reports(path: Path) -> list[Report]:
    """Reports of a JSON lines file: ``id``, ``text``, ``published``, and perhaps ``title``.

    Raises:
        BadFile: as :func:`match_files`.
    """
    lines = list(_lines(path))
    _unique(lines)
    return [
        Report(
            id=_id(line),
            title=_text(line, "title", ""),
            text=_text(line, "text"),
            published=_instant(line, "published"),
            source=_text(line, "source", ""),
        )
        for line in lines
    ]


def read_questions(path: Path) -> list[Question]:
    """Questions of a JSON lines file: ``id``, ``title``, and perhaps both ends of their window.

    Raises:
        BadFile: as :func:`match_files`.
    """
    lines = list(_lines(path))
    _unique(lines)
    return [_question(line) for line in lines]


def _question(line: _Line) -> Question:
    opens = _instant(line, "open_time", _ALWAYS)
    closes = _instant(line, "scheduled_close_time", _NEVER, edge="end")
    if closes <= opens:
        raise line.bad("scheduled_close_time is not after open_time", "give a later closing time")
    return Question(_id(line), _text(line, "title"), Binary(), opens, closes, "")


def _lines(path: Path) -> Iterator[_Line]:
    for number, text in enumerate(_read(path).split("\n"), start=1):
        if not text.strip():
            continue
        try:
            fields = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BadFile(f"{path}, line {number}", "is not JSON", "one object a line") from error
        if not isinstance(fields, dict):
            raise BadFile(f"{path}, line {number}", "is not an object", "one object a line")
        yield _Line(path, number, fields)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise BadFile(path, "there is no such file", "give a file of JSON lines") from error
    except UnicodeDecodeError as error:
        raise BadFile(path, f"not UTF-8 text (byte {error.start})", "save it as UTF-8") from error
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise BadFile(path, problem, "give a file of JSON lines") from error


def _unique(lines: list[_Line]) -> None:
    first: dict[str, int] = {}
    for line in lines:
        if (earlier := first.setdefault(_id(line), line.number)) != line.number:
            raise line.bad(f"id {_id(line)!r} stands on line {earlier} too", "give each its own")


def _id(line: _Line) -> str:
    value = line.fields.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise line.bad(f"id is {value!r}", "give a short text or number that no other line has")
    return _kept(str(value))


def _text(line: _Line, name: str, otherwise: str | None = None) -> str:
    value = line.fields.get(name)
    if value is None and otherwise is not None:
        return otherwise
    if not isinstance(value, str) or (otherwise is None and not value.strip()):
        raise line.bad(f"{name} is {value!r}", "give a text that is not empty")
    return _kept(value)


def _kept(text: str) -> str:
    """A text with a question mark for each half of a character, which nothing could write."""
    return text.encode("utf-8", "replace").decode()


def _instant(
    line: _Line, name: str, otherwise: datetime | None = None, *, edge: Edge = "start"
) -> datetime:
    value = line.fields.get(name)
    if value is None and otherwise is not None:
        return otherwise
    try:
        return parse_instant(value if isinstance(value, str) else "", edge=edge, what=name)
    except BadInput as error:
        raise line.bad(f"{name} is {value!r}", f"give {error.right}") from error


def _numbered(told: list[Told]) -> list[tuple[Told, str]]:
    """Each report with its story's short id, numbered by first appearance."""
    number: dict[str, str] = {}
    return [(one, number.setdefault(one.story, f"S{len(number) + 1}")) for one in told]


def _row(report: Report, told: Told, story: str, found: list[Bearing]) -> dict[str, Any]:
    return {
        "report": report.id,
        "story": story,
        "copy_of": told.copy_of or None,
        "matches": [_match(bearing) for bearing in found],
    }


def _match(bearing: Bearing) -> dict[str, Any]:
    match: dict[str, Any] = {"question": bearing.question, "relevance": bearing.relevance}
    return match | ({"decision": bearing.decision} if bearing.decision else {})
