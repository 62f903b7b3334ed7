"""A story is lived again in a replay store, step by step, through the desk's own verbs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import exp
from typing import TYPE_CHECKING

from forecast.desk import asking, believing, judging, predicting, reporting, settling
from forecast.desk.desk import Desk
from forecast.examples.story import Forecasting, Judging, Reading, Settling, Step, Story
from questions.articles import read_article
from questions.reports.meaning import Meaning
from questions.store.store import Store

if TYPE_CHECKING:
    from spacy.language import Language

FAMILIES: Mapping[str, str] = {
    "call": "call",
    "visit": "visit",
    "warrants": "warrant",
    "capture": "capture",
    "encirclement": "encirclement",
}
"""The family of the draft that answers to each key of the story."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a step did: when, in one line, and the question whose belief it may have moved."""

    at: datetime
    line: str
    judged: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """The ids that the store gave to the story's questions (by key) and reports (by file)."""

    questions: Mapping[str, str]
    reports: dict[str, str]


def begin(store: Store, story: Story, language: "Language", opens: datetime) -> tuple[Cast, Told]:
    """Draft the article's questions, open those of the story, and state their priors."""
    from questions.drafting import draft
    from questions.lint import is_sound

    article = read_article(story.article, published=opens)
    desk = Desk(store, opens, "the demonstration", "begin")
    for name in story.members:
        predicting.add_member(replace(desk, key=f"member/{name}"), name)
    offered = [one for one in draft(article, language) if is_sound(one)]
    kept = asking.keep_drafts(desk, article, offered)
    drafted = {one.family: one.id for one in kept}
    questions = {
        key: asking.accept(replace(desk, key=f"accept/{key}"), drafted[family]).id
        for key, family in FAMILIES.items()
    }
    for start in story.priors:
        believing.state_prior(
            replace(desk, key=f"prior/{start.key}"),
            questions[start.key],
            start.basis,
            why=start.why,
        )
    line = f"{len(kept)} drafts from the article, {len(questions)} opened as questions"
    return Cast(questions, {}), Told(opens, line)


def live(store: Store, story: Story, cast: Cast, meaning: Meaning) -> Iterator[Told]:
    """Take one step after another, each at its own time; yields what each did."""
    for number, step in enumerate(story.steps):
        desk = Desk(store, step.at, "the demonstration", f"step/{number}")
        yield _take(desk, step, cast, meaning)


def _take(desk: Desk, step: Step, cast: Cast, meaning: Meaning) -> Told:
    match step:
        case Reading():
            return _read(desk, step, cast, meaning)
        case Judging():
            return _judge(desk, step, cast)
        case Forecasting():
            return _forecast(desk, step, cast.questions[step.key])
        case Settling(at, key, outcome, source):
            question = cast.questions[key]
            settling.resolve(desk, question, outcome, resolved_at=at, source=source)
            return Told(at, f"{question} resolved {outcome}: {source}")


def _read(desk: Desk, step: Reading, cast: Cast, meaning: Meaning) -> Told:
    (arrival,) = reporting.take_in(desk, [step.report], meaning)
    report = arrival.report
    cast.reports[step.file] = report.id
    near = " ".join(one.question for one in arrival.bearings) or "nothing"
    kind = f"a copy of {report.copy_of}" if report.copy_of else f"story {report.story}"
    return Told(step.at, f"{report.id} {report.title} ({kind}; bears on {near})")


def _judge(desk: Desk, step: Judging, cast: Cast) -> Told:
    report, question = cast.reports[step.file], cast.questions[step.key]
    desk = replace(desk, actor=step.judge)
    judging.judge(
        desk, report, question, step.judgement, step.weight, words=step.words, why=step.why
    )
    return Told(step.at, f"{step.judge} on {report}: {in_words(step)}", question)


def in_words(step: Judging) -> str:
    """A judgement as a person would say it."""
    if step.judgement == "irrelevant":
        return "irrelevant"
    side = "yes" if step.weight >= 0 else "no"
    if step.judgement == "decisive":
        return f"decisive for {side}"
    return step.words or f"{exp(abs(step.weight)):.3g} times likelier if {side}"


def _forecast(desk: Desk, step: Forecasting, question: str) -> Told:
    member = step.said.member
    desk = replace(desk, actor=member)
    if step.action == "confirm":
        predicting.confirm(desk, question, member=member)
    elif step.action == "withdraw":
        predicting.withdraw(desk, question, member=member)
    else:
        predicting.predict(desk, [replace(step.said, question=question)])
    said = f" {step.said.value:.0%}" if step.action == "predict" else ""
    return Told(step.at, f"{member} {step.action}s {question}{said}")


def days(start: datetime, end: datetime, step: timedelta) -> list[datetime]:
    """Evenly spaced instants from ``start`` to ``end``, which is the last."""
    found = []
    while start < end:
        found.append(start)
        start += step
    return [*found, end]
