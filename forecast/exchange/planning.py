"""A batch held against what is on record: what would come in, and what would not and why."""

from collections import defaultdict
from collections.abc import Sequence

from forecast.exchange.naming import members_of
from forecast.exchange.placing import place_forecasts
from forecast.exchange.plan import Choices, Known, Plan
from forecast.exchange.recognizing import recognized
from forecast.exchange.records import Batch, PlatformResolution
from forecast.exchange.work import Asked, Work
from forecast.writing.values import takes
from questions.errors import BadInput
from questions.instants import iso
from questions.store.texts import check_text
from questions.tracking.lifecycle import say


def plan_of(batch: Batch, known: Known, choices: Choices) -> Plan:
    """What importing a batch would do; the order of its items changes nothing."""
    plan = Plan(batch.platform, refused=list(batch.refused), notes=list(batch.notes))
    asked, gone = recognized(batch, known, choices, plan)
    people = [*(one.by for one in batch.forecasts), *(one.by for one in batch.comments)]
    who = members_of(people, known, choices, plan)
    work = Work(plan, known, asked, gone, who)
    place_forecasts(batch.forecasts, work)
    _resolutions(batch, work)
    _quotes(batch, work)
    _comments(batch, work)
    _sources(batch, work)
    plan.refused.sort(key=lambda one: one.what)
    return plan


def _resolutions(batch: Batch, work: Work) -> None:
    by_question: dict[str, list[PlatformResolution]] = defaultdict(list)
    for one in batch.resolutions:
        by_question[one.origin.question].append(one)
    for _, several in sorted(by_question.items()):
        try:
            _resolution(work.on(several[0].origin), several, work)
        except BadInput as error:
            work.refuse(several[0].origin, error)


def _resolution(asked: Asked, several: Sequence[PlatformResolution], work: Work) -> None:
    one, known = several[0], work.known
    if len({(each.outcome, each.resolved_at) for each in several}) > 1:
        raise BadInput("resolution of", asked.id, "one outcome and one time")
    if one.resolved_at < asked.open_time:
        right = f"a time after the opening at {iso(asked.open_time)}"
        raise BadInput("resolution time", iso(one.resolved_at), right)
    if one.resolved_at > known.now:
        right = f"a time that has come: it is {iso(known.now)}"
        raise BadInput("resolution time", iso(one.resolved_at), right)
    tracked = known.tracked.get(asked.id)
    stands = tracked.resolution if tracked else None
    before = known.outcomes.get(asked.id, ())
    if stands is not None and stands.outcome == one.outcome:
        work.plan.already += 1
    elif stands is None and one.outcome in before:
        work.plan.notes.append(f"{asked.id} was reopened here, or its proposal waits; it stays so")
    elif stands is not None and asked.id in known.resolved_by_hand:
        right = f"the same answer: {asked.id} is {say(stands.outcome)} here; `tidings reopen` it"
        raise BadInput("resolution", say(one.outcome), right)
    elif asked.by_hand:
        work.plan.proposals.append((asked.id, one))
    else:
        if stands is not None:
            work.plan.reopened.append(asked.id)
        work.plan.resolutions.append((asked.id, one))


def _quotes(batch: Batch, work: Work) -> None:
    seen = set(work.known.quotes)
    for crowd in batch.crowds:
        try:
            asked = work.on(crowd.origin)
        except BadInput as error:
            work.refuse(crowd.origin, error)
            continue
        for quote in crowd.quotes:
            key = (asked.id, crowd.name, quote.at)
            if key in seen or not takes(asked.kind, quote.value):
                work.plan.already += key in seen
                continue
            seen.add(key)
            work.plan.quotes.append((asked.id, crowd.name, quote))
    work.plan.quotes.sort(key=lambda one: (one[0], one[1], one[2].at))


def _comments(batch: Batch, work: Work) -> None:
    seen = set(work.known.comments)
    for one in batch.comments:
        try:
            asked, member = work.on(one.origin), work.member(one.by)
            check_text("comment", one.text)
        except BadInput as error:
            work.refuse(one.origin, error)
            continue
        key = (asked.id, member, one.at, one.text)
        if key in seen:
            work.plan.already += 1
            continue
        seen.add(key)
        work.plan.comments.append((asked.id, member, one))
    work.plan.comments.sort(key=lambda one: (one[0], one[2].at, one[1], one[2].text))


def _sources(batch: Batch, work: Work) -> None:
    """Graded sources; of two grades in one batch neither counts."""
    grades: dict[str, set[str]] = defaultdict(set)
    for one in batch.sources:
        grades[one.name.casefold()].add(one.grade)
    done: set[str] = set()
    for one in sorted(batch.sources, key=lambda one: one.name):
        name = one.name.casefold()
        if len(grades[name]) > 1:
            right = f"one grade for one source; there are {', '.join(sorted(grades[name]))}"
            work.refuse(one.origin, BadInput("grade", one.grade, right))
        elif name in done or work.known.grades.get(name) == one.grade:
            work.plan.already += 1
        else:
            done.add(name)
            work.plan.sources.append(one)
