"""Reports: read, matched, judged."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.output import emit, form, say, written

if TYPE_CHECKING:
    from forecast.records import Judgement


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (read, judge, retract, match):
        app.command()(command)


def read(
    reports: Annotated[list[str], typer.Argument(help="Text files, or - for standard input.")],
    published: Annotated[
        str | None, typer.Option("--published", help="When it was published.", metavar="TIME")
    ] = None,
    source: Annotated[str, typer.Option("--source", help="Who says so.", metavar="NAME")] = "",
    grade: Annotated[
        str, typer.Option("--grade", help="Admiralty grade, such as B2.", metavar="GRADE")
    ] = "",
    question: Annotated[
        str | None, typer.Option("--question", help="A question that it bears on.")
    ] = None,
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
) -> None:
    """Take in reports: find the story each belongs to and the questions it bears on.

    Example: tidings read report.txt --published 2023-03-17 --source "the court" --grade A1
    """
    from forecast.desk.reporting import take_in
    from questions.language import english
    from questions.reports.meaning import word_vectors
    from questions.reports.reading import read_report, report_from_bytes

    wanted = form(json=json, jsonl=jsonl)
    when = setting.time_of(published, what="publication time")
    found = [
        report_from_bytes(setting.read_input("-"), published=when, source=source, grade=grade)
        if path == "-"
        else read_report(Path(path), published=when, source=source, grade=grade)
        for path in reports
    ]
    with setting.desk(db, who=who, at=at, founds=True) as desk:
        arrivals = take_in(desk, found, word_vectors(english()), question=question)
    rows = [arrival_row(arrival) for arrival in arrivals]
    emit(rows, wanted, lambda: _arrivals(rows))


def arrival_row(arrival: Any) -> dict[str, Any]:
    """A report that came in as ``read --json`` has it."""
    report = arrival.report
    return {
        "id": report.id,
        "title": report.title,
        "published": report.published,
        "source": report.source,
        "grade": report.grade,
        "story": report.story,
        "copy_of": report.copy_of or None,
        "origin": report.origin or None,
        "new": arrival.new,
        "matches": [
            {"question": one.question, "relevance": one.relevance, "decision": one.decision}
            for one in arrival.bearings
        ],
        "head": arrival.head,
    }


def _arrivals(rows: list[dict[str, Any]]) -> None:
    from forecast.show.terminal import Column, day, print_table

    columns = [
        Column("report", lambda row: row["id"]),
        Column("published", lambda row: day(row["published"])),
        Column("title", lambda row: row["title"], wraps=True),
        Column("story", lambda row: row["story"]),
        Column("", lambda row: _remark(row)),
        Column("bears on", lambda row: _bears_on(row)),
    ]
    print_table(rows, columns, nothing="nothing was read")


def _remark(row: Mapping[str, Any]) -> str:
    if not row["new"]:
        return "read before"
    return f"copy of {row['copy_of']}" if row["copy_of"] else ""


def _bears_on(row: Mapping[str, Any]) -> str:
    said = [one["question"] + ("?" if one["decision"] == "maybe" else "") for one in row["matches"]]
    return " ".join(said) or "nothing"


def judge(
    report: Annotated[str, typer.Argument(help="The report, such as R7.")],
    question: Annotated[str, typer.Argument(help="Its id or a part of its title.")],
    ratio: Annotated[
        str | None,
        typer.Option("--ratio", help="How many times likelier it is if yes than if no."),
    ] = None,
    words: Annotated[
        str | None, typer.Option("--words", help="slightly|moderately|strongly for yes|no.")
    ] = None,
    irrelevant: Annotated[
        bool, typer.Option("--irrelevant", help="It does not bear on the question.")
    ] = False,
    decisive: Annotated[
        str | None, typer.Option("--decisive", help="It settles it: yes or no.")
    ] = None,
    taken_back: Annotated[
        bool, typer.Option("--retract", help="Take your judgement back.")
    ] = False,
    why: Annotated[str, typer.Option("--why", "-m", help="The reason.")] = "",
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Put on record what a report says about a question.

    Example: tidings judge R1 Q1 --words "moderately for yes"
    """
    from forecast.desk import judging

    kind, weight = _weight(ratio, words, decisive, irrelevant=irrelevant, withdrawn=taken_back)
    with setting.desk(db, who=who, at=at) as desk:
        if kind == "withdrawn":
            made = judging.take_back(desk, report, question, why=why)
        else:
            made = judging.judge(desk, report, question, kind, weight, words=words or "", why=why)
        written(made, form(json=json), _sentence(kind, weight, made.record))
    if kind == "decisive":
        say(f"proposed; then: tidings resolve {made.record['question']} {decisive} --source ...")


def retract(
    report: Annotated[str, typer.Argument(help="The report, such as R7.")],
    why: Annotated[str, typer.Option("--why", "-m", help="Who took it back, and how.")],
    corrected_by: Annotated[
        str, typer.Option("--corrected-by", help="The report that says it rightly.")
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Let it count again.")] = False,
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Mark a report that its source took back: from now on it moves no belief.

    Example: tidings retract R7 --why "the agency has withdrawn it" --corrected-by R9
    """
    from forecast.desk.judging import retract as verb

    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, report, why=why, corrected_by=corrected_by, undo=undo)
        written(made, form(json=json), f"{made.id} {'counts again' if undo else 'retracted'}")


def _weight(
    ratio: str | None,
    words: str | None,
    decisive: str | None,
    *,
    irrelevant: bool,
    withdrawn: bool,
) -> tuple["Judgement", float]:
    from forecast.desk.judging import decisive_weight, ratio_of_words, weight_of_ratio
    from questions.errors import BadInput

    flags = {
        "ratio": ratio,
        "words": words,
        "decisive": decisive,
        "irrelevant": irrelevant,
        "retract": withdrawn,
    }
    given = [f"--{name}" for name, value in flags.items() if value not in (None, False)]
    if len(given) != 1:
        right = "exactly one of --ratio, --words, --irrelevant, --decisive, --retract"
        raise BadInput("judgement", " ".join(given), right)
    if irrelevant or withdrawn:
        return "irrelevant" if irrelevant else "withdrawn", 0.0
    if decisive is not None:
        return "decisive", decisive_weight(decisive)
    if words is not None:
        return "weighed", weight_of_ratio(ratio_of_words(words))
    return "weighed", weight_of_ratio(_number(str(ratio)))


def _number(text: str) -> float:
    from fractions import Fraction

    from questions.errors import BadInput

    try:
        return float(Fraction(text))
    except (ValueError, ZeroDivisionError, OverflowError) as error:
        raise BadInput("ratio", text, "a positive number such as 3, 0.5 or 1/4") from error


def _sentence(kind: str, weight: float, record: dict[str, Any]) -> str:
    from forecast.show.terminal import likelier

    what = f"{record['report']} on {record['question']}"
    return f"{what}: {likelier(weight) if kind == 'weighed' else kind}"


def match(
    reports: Annotated[Path, typer.Option("--reports", help="JSON lines of reports.")],
    questions: Annotated[Path, typer.Option("--questions", help="JSON lines of questions.")],
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
) -> None:
    """Match reports with questions, and tell copies from news, in files and without a store.

    Example: tidings match --reports reports.jsonl --questions questions.jsonl --json
    """
    from questions.language import english
    from questions.reports.files import match_files

    rows = match_files(reports, questions, english())
    emit(rows, form(json=json, jsonl=jsonl), lambda: _matches(rows))


def _matches(rows: list[dict[str, Any]]) -> None:
    from forecast.show.terminal import Column, print_table

    def near(row: Mapping[str, Any]) -> str:
        decided = [one for one in row["matches"] if one.get("decision")]
        return " ".join(f"{one['question']} ({one['relevance']:.2f})" for one in decided)

    columns = [
        Column("report", lambda row: row["report"]),
        Column("story", lambda row: row["story"]),
        Column("copy of", lambda row: row["copy_of"] or ""),
        Column("bears on", near),
    ]
    print_table(rows, columns, nothing="no reports")
