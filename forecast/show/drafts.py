"""A draft as a person reads it before deciding: the question, its source, what is to remark."""

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from forecast.show.terminal import (
    Column,
    Row,
    by_day,
    clean,
    print_lines,
    print_table,
    print_texts,
)
from questions.records import Draft, Finding
from questions.store.envelope import plain

if TYPE_CHECKING:
    from rich.text import Text

_BREAK: Final = re.compile(r"\n[ \t\r]*\n")
_AROUND: Final = 600
_MARK: Final = "bold reverse"
_COLOURS: Final = {"error": "red", "warning": "yellow", "advice": "cyan"}


def draft_row(one: "Draft") -> dict[str, Any]:
    """A draft as ``draft --json`` has it."""
    return {
        "id": one.id or None,
        "title": one.title,
        "type": one.type,
        "family": one.family,
        "roles": dict(one.roles),
        "open_time": one.open_time,
        "scheduled_close_time": one.scheduled_close_time,
        "deadline_reason": one.deadline_reason,
        "resolution_criteria": one.resolution_criteria,
        "fine_print": one.fine_print,
        "quote": one.quotation.text,
        "start": one.quotation.start,
        "end": one.quotation.end,
        "problems": [plain(problem) for problem in one.problems],
    }


def print_drafts(
    rows: Sequence[Row], *, nothing: str = "no question worth asking was found"
) -> None:
    """A table of drafts, and below it of each its quotation, its deadline's reason, findings."""
    if not rows:
        sys.stderr.write(f"{nothing}\n")
        return
    columns = [
        Column("draft", lambda row: row["id"] or ""),
        Column("question", lambda row: row["title"], wraps=True),
        Column("closes", lambda row: by_day(row["scheduled_close_time"])),
        Column("family", lambda row: row["family"]),
    ]
    print_table(rows, columns, nothing="")
    for row in rows:
        said = [f"    {one['level']}: {one['what']}; {one['hint']}" for one in row["problems"]]
        lead = [f"{row['id'] or '-'}  “{clean(row['quote'])}”", f"    {row['deadline_reason']}"]
        print_lines(["", *lead, *said])


def passage(text: str, start: int, end: int) -> tuple[str, str, str]:
    r"""The paragraph of ``text[start:end]``, as what stands before it, itself, and after it.

    A paragraph ends at a blank line, or at the end of the line in a text without blank lines;
    of a long one the part about the sentence is given. All three are clean for a terminal.

    >>> passage("One.\n\nTwo is here. Three\x1b[2J came.\n\nFour.", 19, 33)
    ('Two is here. ', 'Three [2J came', '.')
    """
    breaks = [match.span() for match in _BREAK.finditer(text)] or [
        match.span() for match in re.finditer("\n", text)
    ]
    first = max((stop for _, stop in breaks if stop <= start), default=0)
    last = min((begin for begin, _ in breaks if begin >= end), default=len(text))
    before, after = text[first:start], text[end:last]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:]
    if len(after) > _AROUND:
        after = after[:_AROUND] + " …"
    return _inline(before.lstrip()), _inline(text[start:end]), _inline(after.rstrip())


def _inline(piece: str) -> str:
    """A piece of a line made safe, with the blanks at its ends kept as one."""
    body = clean(piece)
    if not body:
        return " " if piece else ""
    lead = " " if piece[0].isspace() else ""
    tail = " " if piece[-1].isspace() else ""
    return f"{lead}{body}{tail}"


def print_draft(draft: Draft, text: str, place: str) -> None:
    """Show one draft whole, with its sentence marked in the paragraph that it is taken from."""
    from rich.text import Text

    by = f"  (by {draft.family})" if draft.family == "model" else ""
    print_texts([Text.assemble(f"{place}  ", (clean(draft.title), "bold"), by)])
    said = [*draft.resolution_criteria.splitlines(), *draft.fine_print.splitlines()]
    closes = f"closes {by_day(draft.scheduled_close_time)}: {clean(draft.deadline_reason)}"
    lines = [Text(closes), *(Text(clean(line)) for line in said), _marked(draft, text)]
    print_texts([*lines, *findings(draft.problems)], indent=4)


def _marked(draft: Draft, text: str) -> "Text":
    """The paragraph; without the article only the sentence."""
    from rich.text import Text

    quoted = draft.quotation
    before, sentence, after = (
        passage(text, quoted.start, quoted.end)
        if text[quoted.start : quoted.end] == quoted.text
        else ("", clean(quoted.text), "")
    )
    return Text.assemble(before, (f"» {sentence} «", _MARK), after)


def findings(problems: Sequence[Finding]) -> "list[Text]":
    """What the linter has to remark, a line each."""
    from rich.text import Text

    return [
        Text.assemble(
            (one.level, _COLOURS[one.level]),
            f": {clean(one.where)}: {clean(one.what)}; {clean(one.hint)}",
        )
        for one in problems
    ]
