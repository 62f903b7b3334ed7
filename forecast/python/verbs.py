"""What is done at a desk: one call a command, the same verbs, records as they are."""

from collections.abc import Sequence
from dataclasses import replace
from numbers import Integral, Real
from pathlib import Path

from forecast.desk import asking, believing, judging, predicting, priors, reporting, settling
from forecast.desk.desk import Desk, Receipt
from forecast.desk.kinds import Wanted, kind_of
from forecast.desk.reporting import Arrival
from forecast.people.sources import known_as, register
from forecast.probability import parse_ratio
from forecast.python.desks import Time, fresh, instant
from forecast.records import Diagnostics, Judgement, PriorBasis
from questions.articles import Errand, gather
from questions.errors import BadInput, TidingsError
from questions.records import Article, Draft
from questions.values import Value


def draft(
    place: str | Path,
    *,
    published: Time | None = None,
    now: Time | None = None,
    desk: Desk | None = None,
    every: bool = False,
) -> list[Draft]:
    """The questions that the articles at a place suggest, best first.

    With a desk they are kept as drafts, with ids that :func:`accept` takes.

    Args:
        place: a text or HTML file, a feed, a folder of them, or an address.
        published: when, where the article does not say so or says it wrongly.
        now: the hour of reading, which no article may lie a day behind; the desk's where there
            is one, else ``published``.
        desk: where they are kept.
        every: also drafts in which the linter found an error.

    Raises:
        BadFile: nothing at the place can be read, or its date is not known.
        ValueError: neither ``published`` nor ``now`` nor a desk.
    """
    from questions.drafting import draft as drafted
    from questions.language import english
    from questions.lint import is_sound

    hour = desk.now if desk else instant(now if now is not None else published)
    if hour is None:
        raise ValueError("say when: published, now, or a desk")
    language = english()
    found = [
        (article, [one for one in drafted(article, language) if every or is_sound(one)])
        for article in _articles(place, hour, published)
    ]
    if desk is not None:
        return asking.keep_all(fresh(desk), found)
    return sorted((one for _, some in found for one in some), key=lambda one: -one.rank)


def _articles(place: str | Path, now: Time, published: Time | None) -> list[Article]:
    """The articles at a place; the first error where there are none.

    Raises:
        BadFile: the place cannot be read, or nothing in it can.
    """
    heard = list(gather(str(place), Errand(instant(now), instant(published))))
    articles = [one for one in heard if isinstance(one, Article)]
    for one in heard:
        if not articles and isinstance(one, TidingsError):
            raise one
    return articles


def accept(
    desk: Desk, draft: str, *, title: str | None = None, closes: Time | None = None
) -> Receipt:
    """Open a draft (``D3``) as a question.

    Raises:
        NotFound: no such draft.
        Conflict: it was accepted or rejected before.
        BadInput: a closing time that is over.
    """
    until = instant(closes, now=desk.now, edge="end")
    return asking.accept(fresh(desk), draft, title=title, closes=until)


def ask(
    desk: Desk,
    title: str,
    *,
    closes: Time,
    criteria: str,
    type: str = "binary",  # noqa: A002  (the contract's name)
    options: tuple[str, ...] = (),
    range: str = "",  # noqa: A002
    unit: str = "",
    tags: tuple[str, ...] = (),
) -> Receipt:
    """Ask a question by hand, open from now.

    Args:
        desk: where it is asked.
        title: Will ... by ...?
        closes: the deadline; a bare date includes that day.
        criteria: what counts as what, and as void.
        type: binary, multiple_choice, numeric, discrete or date.
        options: of multiple choice.
        range: ``0:100``, or ``2030-01-01:2031-01-01``.
        unit: what a number counts.
        tags: what it is filed under.

    Raises:
        BadInput: a deadline that is over, a type that there is not or that lacks something.
    """
    wanted = Wanted(type, ",".join(options), range, unit)
    until = instant(closes, now=desk.now, edge="end")
    kind = kind_of(wanted, now=desk.now)
    return asking.ask(fresh(desk), title, closes=until, criteria=criteria, kind=kind, tags=tags)


def prior(
    desk: Desk,
    question: str,
    *,
    hits: float | None = None,
    trials: float | None = None,
    events: float | None = None,
    over: str | None = None,
    prob: float | None = None,
    worth: float = 4.0,
    why: str = "",
) -> Receipt:
    """State where a belief starts: ``hits`` of ``trials``, ``events`` over so long, or ``prob``.

    Raises:
        NotFound: no such question.
        BadInput: numbers that no reference class has.
        Conflict: it is resolved.
        ValueError: not exactly one of the three.
    """
    basis = _basis([_plain(one) for one in (hits, trials, events, over, prob)], worth)
    return believing.state_prior(fresh(desk), question, basis, why=why)


def _plain[Other](number: float | Other) -> float | Other:
    """A number of any library as Python's; what is none stays as it is."""
    if isinstance(number, Integral):
        return int(number)
    return float(number) if isinstance(number, Real) else number


def _basis(given: Sequence[float | str | None], worth: float) -> PriorBasis:
    match given:
        case float() | int() as hits, float() | int() as trials, None, None, None:
            return priors.cases(hits, trials)
        case None, None, float() | int() as events, str(over), None:
            return priors.rate(events, over)
        case None, None, None, None, float() | int() as prob:
            return priors.stated(str(prob), worth)
    raise ValueError("give hits and trials, or events and over, or prob")


def read(
    desk: Desk,
    place: str | Path,
    *,
    published: Time | None = None,
    source: str = "",
    grade: str = "",
    question: str | None = None,
) -> list[Arrival]:
    """Take in the reports at a place: the story of each, and the questions it bears on.

    Args:
        desk: where they are read.
        place: a text or HTML file, a feed, a folder of them, or an address.
        published: when, where a report does not say so or says it wrongly.
        source: who says so; else what the report says of itself.
        grade: Admiralty grade such as ``B2``.
        question: one that they bear on, whatever their words.

    Raises:
        BadFile: nothing at the place can be read, or its date is not known.
        BadInput: a grade that is none.
        NotFound: no such question.
    """
    from questions.language import english
    from questions.reports.meaning import word_vectors
    from questions.reports.reading import report_of

    heard = [report_of(one, source, grade) for one in _articles(place, desk.now, published)]
    with desk.reading() as record:
        known = register(record)
    reports = [replace(one, source=known_as(known, one.source)) for one in heard]
    language = english()
    meaning = word_vectors(language)
    return reporting.take_in(fresh(desk), reports, meaning, question=question, language=language)


def judge(
    desk: Desk,
    report: str,
    question: str,
    *,
    ratio: float | str | None = None,
    words: str | None = None,
    decisive: str | None = None,
    irrelevant: bool = False,
    why: str = "",
) -> Receipt:
    """Put on record what a report says about a question, in the name of who is at the desk.

    Args:
        desk: of whom it is the judgement.
        report: its id.
        question: its id, or an unambiguous part of its title.
        ratio: P(report | yes) / P(report | no), above 0: how many times likelier if yes.
        words: ``slightly|moderately|strongly for yes|no``.
        decisive: ``yes`` or ``no`` where it settles the question.
        irrelevant: it does not bear on the question.
        why: the reason.

    Raises:
        NotFound: no such report or question.
        BadInput: a ratio or words that mean nothing.
        Conflict: the question is resolved.
        ValueError: not exactly one of the four.
    """
    given = [one is not None for one in (ratio, words, decisive)] + [irrelevant]
    if sum(given) != 1:
        raise ValueError("give exactly one of ratio, words, decisive, irrelevant")
    kind, weight = _weighed(ratio, words, decisive)
    return judging.judge(fresh(desk), report, question, kind, weight, words=words or "", why=why)


def _weighed(
    ratio: float | str | None, words: str | None, decisive: str | None
) -> tuple[Judgement, float]:
    """A judgement and its weight in nats."""
    if decisive is not None:
        return "decisive", judging.decisive_weight(decisive)
    if words is not None:
        return "weighed", judging.weight_of_ratio(judging.ratio_of_words(words))
    if ratio is not None:
        number = parse_ratio(ratio) if isinstance(ratio, str) else ratio
        return "weighed", judging.weight_of_ratio(number)
    return "irrelevant", 0.0


def predict(
    desk: Desk, question: str, value: float | str | Value, *, why: str = "", who: str = ""
) -> Receipt:
    """Log a forecast of who is at the desk, or of ``who``.

    Args:
        desk: where it is logged.
        question: its id, or an unambiguous part of its title.
        value: P(yes), 0 to 1; or a text as the command takes it: ``35%``, ``A=.2,B=.8``,
            ``p10=3,p50=5,p90=9``.
        why: the reason.
        who: another member than the one at the desk.

    Raises:
        NotFound: no such question or member.
        BadInput: a value that the question does not take, or nobody is at the desk.
        Conflict: the question has closed or is resolved.
    """
    name = who or desk.reader
    if not name:
        raise BadInput("name", "", "who forecasts, with who=NAME here or where the desk is opened")
    said = predicting.Said(name, question, _plain(value), why)
    return predicting.predict(fresh(desk), [said])[0]


def resolve(
    desk: Desk, question: str, outcome: str, *, source: str, at: Time | None = None
) -> Receipt:
    """Put on record what happened, when the answer was known (now), and who says so.

    Raises:
        NotFound: no such question.
        BadInput: an outcome it cannot have, no source, a time to come.
        Conflict: it is resolved already.
    """
    when = instant(at, now=desk.now) or desk.now
    return settling.resolve(fresh(desk), question, outcome, resolved_at=when, source=source)


def fit(desk: Desk, *, seed: int = 1, draws: int = 1000) -> Diagnostics:
    """Learn how far sources, judges and people can be trusted, from everything on record.

    It takes seconds to minutes, and is kept only if it passes its gate (``ok``).

    Args:
        desk: what it learns from, and where it is kept.
        seed: the same seed gives the same draws.
        draws: of each of the chains.

    Raises:
        Conflict: there is no question to learn from.
    """
    return believing.fit(fresh(desk), seed=seed, draws=draws)[0]
