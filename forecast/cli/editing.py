"""A question as a small text form, edited in ``$EDITOR`` and read back."""

import os
import re
import shlex
import subprocess
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from questions.errors import BadFile, BadInput

if TYPE_CHECKING:
    from questions.records import Draft

HEADER: Final = """\
# Change what you like below this line, save and close the editor.
# An empty file leaves the draft as it is.
"""
_FIELD: Final = re.compile(r"(title|closes|tags):[ \t]*(.*)")
_SECTIONS: Final = ("criteria:", "fine print:")
_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Edited:
    """What the form says."""

    title: str
    closes: datetime
    criteria: str
    fine_print: str
    tags: tuple[str, ...] = ()


def form_of(draft: "Draft", tags: tuple[str, ...] = ()) -> str:
    """The form of a draft, free of characters that cannot be seen."""
    from questions.instants import iso, last_day, midnight

    close = draft.scheduled_close_time
    closes = last_day(close).isoformat() if close == midnight(close.date()) else iso(close)
    return (
        f"{HEADER}\n"
        f"title: {' '.join(_seen(draft.title).split())}\n"
        f"closes: {closes}\n"
        f"tags: {', '.join(tags)}\n\n"
        f"criteria:\n{_seen(draft.resolution_criteria)}\n\n"
        f"fine print:\n{_seen(draft.fine_print)}\n"
    )


def _seen(text: str) -> str:
    return _UNSEEN.sub(" ", text)


def read_form(text: str, *, now: datetime) -> Edited | None:
    """What a form says; None for one that was emptied.

    Raises:
        BadInput: a part that is missing or blank, or a time that is none.
    """
    from questions.instants import parse_instant

    if not text.strip():
        return None
    head, criteria, fine_print = _parts(text)
    fields = _fields(head)
    for name, said in (("title", fields.get("title", "")), ("criteria", criteria)):
        if not said.strip():
            raise BadInput(name, "", f"some words after {name}:")
    closes = parse_instant(fields.get("closes", ""), edge="end", now=now, what="closing time")
    tags = tuple(one.strip() for one in fields.get("tags", "").split(",") if one.strip())
    return Edited(fields["title"].strip(), closes, criteria.strip(), fine_print.strip(), tags)


def _fields(head: list[str]) -> dict[str, str]:
    """What the lines above the criteria say, each under its name.

    Raises:
        BadInput: a line that is neither a field nor a remark.
    """
    found: dict[str, str] = {}
    for line in (one.strip() for one in head):
        if (match := _FIELD.fullmatch(line)) is not None:
            found[match[1]] = match[2]
        elif line and line[0] != "#":
            raise BadInput("line", line, "lines such as title: ... above the criteria")
    return found


def _parts(text: str) -> tuple[list[str], str, str]:
    """The lines above the criteria, the criteria, the fine print.

    Raises:
        BadInput: no line says where the criteria begin.
    """
    lines = text.splitlines()
    marks = [one.strip().lower() for one in lines]
    if _SECTIONS[0] not in marks:
        raise BadInput("criteria", "", "a line that says criteria: with the criteria below it")
    first = marks.index(_SECTIONS[0])
    last = len(lines)
    if _SECTIONS[1] in marks[first:]:
        last = len(marks) - 1 - marks[::-1].index(_SECTIONS[1])
    return lines[:first], "\n".join(lines[first + 1 : last]), "\n".join(lines[last + 1 :])


def with_edits(draft: "Draft", edited: Edited, text: str) -> "Draft":
    """The draft as edited, with what the linter says of it now."""
    from questions.lint import check

    unchecked = replace(
        draft,
        title=edited.title,
        scheduled_close_time=edited.closes,
        resolution_criteria=edited.criteria,
        fine_print=edited.fine_print,
        problems=(),
    )
    return replace(unchecked, problems=check(unchecked, as_of=draft.open_time, text=text or None))


def in_editor(text: str) -> str:
    """A text as it is when the user's editor is closed.

    Raises:
        BadFile: there is no editor, it failed, or it left something that is no text.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"  # noqa: TID251
    with TemporaryDirectory() as folder:
        path = Path(folder) / "question.txt"
        path.write_text(text, encoding="utf-8")
        try:
            words = shlex.split(command)
            subprocess.run([*words, str(path)], check=True)  # noqa: S603
            return path.read_text(encoding="utf-8")
        except (OSError, ValueError, IndexError) as error:
            raise BadFile(command, "the editor cannot be used", "set EDITOR to one") from error
        except subprocess.CalledProcessError as error:
            raise BadFile(
                command, f"the editor ended with code {error.returncode}", "nothing was changed"
            ) from error
