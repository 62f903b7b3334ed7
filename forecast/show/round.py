"""The round and the agenda, as a person reads them on a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from forecast.show.said import manner
from forecast.show.terminal import (
    by_day,
    clean,
    counted,
    day,
    likelier,
    print_lines,
)

Sheet = Mapping[str, Any]

MOST: Final = 5
"""So many reports or comments are told of a question; ``show`` has all."""
TOPICS: Final = 3


def print_card(row: Sheet, new: Sheet, last: str, place: str) -> None:
    """Print a question of the round: what is new since the member's last forecast, and that."""
    print_lines(
        [
            "",
            f"{row['id']}  {clean(row['title'])}  ({place}; {row['reason']})",
            *_criteria(new),
            f"    closes {by_day(row['closes'])}; belief {_belief(new)}",
            f"    your last: {clean(last)}",
            *(f"    {line}" for line in _new(new)),
        ]
    )


def _criteria(new: Sheet) -> list[str]:
    """What counts as what, to somebody who has not forecast it yet."""
    return [] if new["since"] else [f"    {clean(line)}" for line in new["criteria"].splitlines()]


def _belief(new: Sheet) -> str:
    if new["since"] is None or new["before"] == new["believed"]:
        return clean(new["believed"])
    return f"{clean(new['believed'])}, {clean(new['before'])} when you last looked"


def _new(new: Sheet) -> list[str]:
    said = [
        *(f"clarified: {clean(row['why'])}" for row in new["clarifications"]),
        *_some([_report(row) for row in new["reports"]], "report"),
        *_some([f"{clean(row['by'])}: {clean(row['text'])}" for row in new["comments"]], "comment"),
    ]
    return [f"{'new since' if new['since'] else 'on record'}:", *said] if said else []


def _some(lines: Sequence[str], noun: str) -> list[str]:
    """The last of some lines, and how many came before them."""
    more = len(lines) - MOST
    return [*([f"{counted(more, f'older {noun}')}"] if more > 0 else []), *lines[-MOST:]]


def _report(row: Sheet) -> str:
    source = f", {clean(row['source'])}" if row["source"] else ""
    grade = f" {row['grade']}" if row["grade"] else ""
    return f"{row['report']} {clean(row['title'])} ({day(row['published'])}{source}{grade}): " + (
        _judgements(row)
    )


def _judgements(row: Sheet) -> str:
    if row["retracted"]:
        return "retracted"
    said = [
        f"{clean(one['judge'])}: {_strength(one)}" for one in row["judgements"] if one["stands"]
    ]
    return "; ".join(said) or "not judged"


def _strength(one: Sheet) -> str:
    if one["judgement"] in (None, "weighed"):
        return str(one["words"]) or likelier(one["weight"])
    return str(one["judgement"])


def print_agenda(rows: Sequence[Sheet], *, most: int = TOPICS) -> None:
    """Print where the team disagrees most, and why."""
    if not rows:
        return
    print_lines(["", "Where the team disagrees most"])
    for row in rows[:most]:
        print_lines(["", *_topic(row)])


def _topic(row: Sheet) -> list[str]:
    where = f" on {clean(row['where'])}" if row["where"] else ""
    spread = f"spread {row['spread']:.2f} in log odds{where}, {counted(row['n'], 'forecast')}"
    return [
        f"{row['question']}  {clean(row['title'])}  ({spread})",
        *(f"    {_side(row[end])}" for end in ("low", "high")),
        *(f"    {_difference(row, one)}" for one in row["reports"][:MOST]),
    ]


def _side(side: Sheet) -> str:
    why = f": {clean(side['why'])}" if side["why"] else ", without a reason"
    return f"{clean(side['member'])} says {clean(manner(side))} ({day(side['made_at'])}){why}"


def _difference(row: Sheet, one: Sheet) -> str:
    told = [f"{clean(row[end]['member'])} {_view(one[end])}" for end in ("low", "high")]
    return f"{one['report']} {clean(one['title'])}: {'; '.join(told)}"


def _view(side: Sheet) -> str:
    """What a forecaster made of a report.

    >>> _view({"seen": False, "judgement": None, "weight": None, "words": ""})
    'forecast before it came'
    >>> _view({"seen": True, "judgement": "weighed", "weight": 0.7, "words": ""})
    'called it 2 times likelier if yes'
    """
    if side["judgement"] is not None:
        late = "" if side["seen"] else ", after forecasting"
        return f"called it {_strength(side)}{late}"
    return "did not weigh it" if side["seen"] else "forecast before it came"
