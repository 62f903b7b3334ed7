"""What an import did, or would do, as plain dictionaries."""

from collections import Counter
from typing import Any

from forecast.exchange.plan import Plan
from forecast.exchange.records import Refusal
from questions.store.decoding import kind_to_json

Sheet = dict[str, Any]


def plan_sheet(plan: Plan) -> Sheet:
    """A plan: its counts, each question with what comes in on it, and each refusal."""
    said = Counter(one.question for one in plan.forecasts)
    ended = {question for question, _ in plan.resolutions}
    return {
        "platform": plan.platform,
        "counts": plan.counts(),
        "already": plan.already,
        "questions": [
            {
                "id": ours.id,
                "theirs": theirs.origin.question,
                "title": ours.title,
                "type": kind_to_json(ours.kind)["kind"],
                "open_time": ours.open_time,
                "scheduled_close_time": ours.scheduled_close_time,
                "url": theirs.url,
                "forecasts": said[ours.id],
                "resolved": ours.id in ended,
            }
            for ours, theirs in plan.questions
        ],
        "joined": [{"id": ours, "theirs": theirs.origin.question} for ours, theirs in plan.joined],
        "members": [
            {"theirs": person.name, "account": person.id, "member": member, "bot": person.bot}
            for person, member in plan.handles
        ],
        "refused": [
            {"place": one.place, "what": one.what, "right": one.right} for one in plan.refused
        ],
        "notes": plan.notes,
    }


def alike(refused: list[Refusal]) -> list[tuple[str, str, list[str]]]:
    """Refusals of one kind together: what, what would be right, and the places, most first."""
    places: dict[tuple[str, str], list[str]] = {}
    for one in refused:
        places.setdefault((one.what, one.right), []).append(one.place)
    found = [(what, right, where) for (what, right), where in places.items()]
    return sorted(found, key=lambda one: -len(one[2]))
