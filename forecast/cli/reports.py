"""Reports: read, matched, judged."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.believed import believed, moved
from forecast.cli.consulting import Second
from forecast.cli.modelling import BaseUrl
from forecast.cli.ordering import REPORT, see_order
from forecast.cli.output import emit, form, say, written

if TYPE_CHECKING:
    from forecast.desk.desk import Desk
    from forecast.records import Judgement


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (read, judge, retract, match):
        app.command()(command)


def read(
    reports: Annotated[
        list[str] | None,
        typer.Argument(help="Files, addresses, feeds or folders, or - for standard input."),
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", help="When it was published.", metavar="TIME")
    ] = None,
    source: Annotated[
        str,
        typer.Option("--source", help="Who says so, by a name of the register.", metavar="NAME"),
    ] = "",
    grade: Annotated[
        str, typer.Option("--grade", help="Admiralty grade, such as B2, instead of its source's.")
    ] = "",
    question: Annotated[
        str | None, typer.Option("--question", help="A question that it bears on.")
    ] = None,
    feed: Annotated[
        list[str] | None, typer.Option("--feed", help="A feed; may be repeated.", metavar="URL")
    ] = None,
    folder: Annotated[
        list[str] | None, typer.Option("--folder", help="A folder; may be repeated.", metavar="DIR")
    ] = None,
    watched: Annotated[
        bool, typer.Option("--watch", help="Read again and again, until interrupted.")
    ] = False,
    every: Annotated[
        str, typer.Option("--every", help="How often, with --watch: 90s, 15m, 2h.")
    ] = "15m",
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
) -> None:
    """Take in reports: each finds its story and its questions.

    What was read before is left alone, so that a feed or folder can be read as often as one
    likes; --watch ends, with exit code 0, when it is interrupted.

    Example: tidings read report.txt --published 2023-03-17 --source "the court" --grade A1
    """
    from forecast.cli.hearing import Speaker
    from forecast.cli.intake import Intake, read_on, read_once

    intake = Intake(
        places=_places(reports, feed, folder),
        speaker=Speaker(source, grade),
        published=setting.time_of(published, what="publication time"),
        question=question,
        who=who,
        at=at,
        db=db,
    )
    wanted = form(json=json, jsonl=jsonl)
    if watched:
        read_on(intake, every, wanted)
        return
    rows = read_once(intake)
    emit(rows, wanted, lambda: _arrivals(rows))


def _places(
    named: list[str] | None, feeds: list[str] | None, folders: list[str] | None
) -> list[str]:
    """Where reports are read.

    Raises:
        BadInput: nowhere, or a folder that is none.
    """
    from questions.errors import BadInput

    for one in folders or ():
        if not Path(one).is_dir():
            raise BadInput("folder", one, "a folder that exists")
    places = [*(named or ()), *(feeds or ()), *(folders or ())]
    if not places:
        raise BadInput("report", "", "a file, an address, - for standard input, --feed or --folder")
    if places.count("-") > 1:
        raise BadInput("report", "- -", "standard input once")
    return places


def _arrivals(rows: list[dict[str, Any]]) -> None:
    from forecast.show.news import bears_on
    from forecast.show.terminal import Column, day, print_table

    columns = [
        Column("report", lambda row: row["id"]),
        Column("published", lambda row: day(row["published"])),
        Column("title", lambda row: row["title"], wraps=True),
        Column("story", lambda row: row["story"]),
        Column("", _remark),
        Column("bears on", bears_on),
    ]
    print_table(rows, columns, nothing="nothing was read")


def _remark(row: Mapping[str, Any]) -> str:
    if not row["new"]:
        return "read before"
    return f"copy of {row['copy_of']}" if row["copy_of"] else ""


def judge(
    report: Annotated[str, typer.Argument(help="The report, such as R7.")],
    question: Annotated[str, typer.Argument(help="Its id or a part of its title.")],
    ratio: Annotated[
        str | None,
        typer.Option("--ratio", help="How many times likelier if yes than if no; or A=3,B=1."),
    ] = None,
    says: Annotated[
        str | None,
        typer.Option("--says", help="Of a number or date: p50=5,sd=2 or p10=3,p50=5,p90=9."),
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
    model: Second = None,
    base_url: BaseUrl = None,
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Put on record what a report says about a question.

    What a --model would judge is a suggestion that stands beside it and counts for nothing itself.

    Example: tidings judge R1 Q1 --words "moderately for yes"
    """
    from forecast.desk import judging

    said = says or (ratio if ratio and "=" in ratio else "")
    plain = None if said else ratio
    kind, weight = _weight(
        plain, words, decisive, irrelevant=irrelevant, withdrawn=taken_back, said=said
    )
    see_order("judge", report, question, REPORT)
    with setting.desk(db, who=who, at=at) as desk:
        before, _ = believed(desk, question)
        _second(desk, report, question, model, base_url)
        if kind == "withdrawn":
            made = judging.take_back(desk, report, question, why=why)
        else:
            given = {"words": words or "", "why": why, "said": said}
            made = judging.judge(desk, report, question, kind, weight, **given)
        after, _ = believed(desk, question)
        what = _sentence(kind, weight, made.record, said)
        written(made, form(json=json), f"{what}; {moved(before, after)}")
    if kind == "decisive":
        say(f"proposed; then: tidings resolve {made.record['question']} {decisive} --source ...")


def _second(
    desk: "Desk", report: str, question: str, model: str | None, base_url: str | None
) -> None:
    """Ask a model as well, and show what programs suggest."""
    from forecast.cli.consulting import consult
    from forecast.show.news import suggested
    from forecast.views.suggested import suggestion_rows
    from questions.store import shelf

    consult(desk, [(report, question)], model, base_url)
    if model is None:
        return
    with desk.reading() as read:
        asked = shelf.find_question(read, question, desk.now).question.id
        told = shelf.find_report(read, report).id
        rows = suggestion_rows(read, desk.now)
    for row in rows:
        if (row["report"], row["question"]) == (told, asked):
            say(suggested(row))


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
    """Mark a report that its source took back. From now on it moves no belief.

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
    said: str,
) -> tuple["Judgement", float]:
    from forecast.desk.judging import decisive_weight, ratio_of_words, weight_of_ratio
    from forecast.probability import parse_ratio
    from questions.errors import BadInput

    flags = {
        "ratio": ratio,
        "words": words,
        "decisive": decisive,
        "irrelevant": irrelevant,
        "retract": withdrawn,
        "says": said or None,
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
    return "weighed", 0.0 if said else weight_of_ratio(parse_ratio(str(ratio)))


def _sentence(kind: str, weight: float, record: dict[str, Any], said: str) -> str:
    from forecast.show.terminal import likelier

    told = {
        "weighed": likelier(weight),
        "decisive": f"decisive for {'yes' if weight > 0 else 'no'}",
    }
    return f"{record['report']} on {record['question']}: {said or told.get(kind, kind)}"


def match(
    reports: Annotated[Path, typer.Option("--reports", help="JSON lines of reports.")],
    questions: Annotated[Path, typer.Option("--questions", help="JSON lines of questions.")],
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
) -> None:
    """Match reports with questions, in files and without a store. Copies are told from news.

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
