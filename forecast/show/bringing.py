"""An import on a terminal: what comes in, and what does not and why."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from forecast.show.terminal import Column, by_day, clean, counted, print_lines, print_table

SHOWN: Final = 40
"""Questions that are listed on a terminal."""
PLACES: Final = 3
"""Places that are named of refusals of one kind."""
WORDS: Final = {
    "questions": "question",
    "joined": "question on record joined",
    "members": "new member",
    "forecasts": "forecast",
    "endings": "end of a forecast on record",
    "resolutions": "resolution",
    "reopened": "question reopened",
    "proposals": "proposed resolution",
    "quotes": "price or community value",
    "comments": "comment",
    "sources": "graded source",
}
_PLURALS: Final = {
    "joined": "questions on record joined",
    "endings": "ends of forecasts on record",
    "reopened": "questions reopened",
    "quotes": "prices or community values",
}
Refused = Sequence[tuple[str, str, Sequence[str]]]


def print_import(sheet: Mapping[str, Any], refused: Refused, *, dry_run: bool) -> None:
    """Print what came in, or would."""
    columns = [
        Column("id", lambda row: row["id"]),
        Column("theirs", lambda row: row["theirs"]),
        Column("question", lambda row: row["title"]),
        Column("closes", lambda row: by_day(row["scheduled_close_time"])),
        Column("forecasts", lambda row: str(row["forecasts"]), "right"),
        Column("resolved", lambda row: "yes" if row["resolved"] else ""),
    ]
    asked = sheet["questions"]
    if asked:
        print_table(asked[:SHOWN], columns, nothing="")
    more = [f"and {len(asked) - SHOWN} more questions: --json lists all"] * (len(asked) > SHOWN)
    print_lines([*more, *_people(sheet), _summary(sheet, dry_run=dry_run), *_refusals(refused)])


def _people(sheet: Mapping[str, Any]) -> list[str]:
    pairs = [one for one in sheet["members"] if one["theirs"] and one["theirs"] != one["member"]]
    return [f"{one['theirs']} is {one['member']}" for one in pairs]


def _summary(sheet: Mapping[str, Any], *, dry_run: bool) -> str:
    counts = [_many(name, count) for name, count in sheet["counts"].items() if count]
    verb = "would come in" if dry_run else "came in"
    already = f"; {sheet['already']} on record already" if sheet["already"] else ""
    return f"{verb} from {sheet['platform']}: {', '.join(counts) or 'nothing new'}{already}"


def _many(name: str, count: int) -> str:
    if count > 1 and name in _PLURALS:
        return f"{count} {_PLURALS[name]}"
    return counted(count, WORDS[name])


def _refusals(refused: Refused) -> list[str]:
    total = sum(len(places) for _, _, places in refused)
    if not total:
        return []
    lines = [f"refused: {total}"]
    for what, right, places in refused:
        shown = ", ".join(places[:PLACES])
        more = f" and {len(places) - PLACES} more" if len(places) > PLACES else ""
        lines.append(f"  {shown}{more}: {what}; give {right}")
    return [clean(line) for line in lines]
