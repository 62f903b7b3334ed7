"""A person says which reports are one story: a merge or a split is an entry, and it holds."""

from forecast.desk.desk import Receipt, once, receipt
from questions.errors import BadInput, Conflict, NotFound
from questions.records import Report
from questions.store import shelf
from questions.store.log import Entry


@once
def merge(entry: Entry, story: str, into: str, *, why: str = "") -> Receipt:
    """Put the reports of one story into another; no later report changes either by itself.

    Raises:
        NotFound: no such story.
        BadInput: a story into itself.
    """
    known = shelf.reports(entry)
    gone, kept = _story(known, story), _story(known, into)
    if gone == kept:
        raise BadInput("story to merge into", into, f"another story than {gone}")
    return _moved(entry, [one for one in known if one.story == gone], kept, why)


@once
def split(entry: Entry, report: str, *, why: str = "") -> Receipt:
    """Take a report, with its copies, out of its story; it begins one of its own.

    Raises:
        NotFound: no such report.
        Conflict: its story has no other reports.
    """
    known = shelf.reports(entry)
    chosen = shelf.find_report(entry, report)
    leaving = [one for one in known if chosen.id in (one.id, one.copy_of)]
    if len(leaving) == sum(one.story == chosen.story for one in known):
        problem = f"{chosen.id} and its copies are all of {chosen.story}"
        raise Conflict(problem, "name a report of a story that has others")
    return _moved(entry, leaving, shelf.next_story(entry.everything()), why)


def _story(known: list[Report], reference: str) -> str:
    """The id of a story that some report is in."""
    wanted = reference.strip().upper()
    stories = list(dict.fromkeys(one.story for one in known))
    if wanted not in stories:
        raise NotFound("story", reference, stories, "`tidings inbox` shows reports")
    return wanted


def _moved(entry: Entry, reports: list[Report], story: str, why: str) -> Receipt:
    """Put reports into a story, an entry each; the receipt has the first."""
    changes = [
        {"report": one.id, "story": story, "was": one.story, "by_hand": True, "why": why}
        for one in reports
    ]
    events = [entry.append("story.changed", change) for change in changes]
    return receipt(story, changes[0], events[-1])
