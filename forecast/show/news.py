"""The inbox as a person reads it: a story, its questions, the text with the words that match."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from forecast.show.terminal import (
    Column,
    clean,
    day,
    likelier,
    print_lines,
    print_table,
    print_texts,
)
from questions.reports.words import words

if TYPE_CHECKING:
    from rich.text import Text

Row = Mapping[str, Any]

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BREAK: Final = re.compile(r"\n[ \t\r]*\n")
_MATCH: Final = "bold underline"


def print_inbox(rows: Sequence[Row]) -> None:
    """A line for each story and question that waits for a judgement."""
    columns = [
        Column("story", lambda row: row["story"]),
        Column("report", lambda row: row["report"]),
        Column("published", lambda row: day(row["published"]), spare=True),
        Column("title", lambda row: row["title"], wraps=True),
        Column("source", source_of, wraps=True, spare=True),
        Column("reports", lambda row: row["reports"], "right", spare=True),
        Column("bears on", lambda row: row["question"]),
        Column("", _remark),
    ]
    print_table(rows, columns, nothing="nothing waits for a judgement")


def _remark(row: Row) -> str:
    plain = row["says"] or ("maybe" if row["decision"] == "maybe" else "")
    return ", ".join(filter(None, (plain, "suggestion" if row["suggested"] else "")))


def source_of(row: Row) -> str:
    """A source with its grade.

    >>> source_of({"source": "wire", "grade": "B2"}), source_of({"source": "", "grade": ""})
    ('wire B2', '')
    """
    return f"{row['source']} {row['grade']}".strip()


def unjudged(row: Row) -> str:
    """How much of what bears on a question nobody has judged; nothing where all of it is.

    >>> unjudged({"stories": 8, "unjudged": 3})
    '3 of 8 stories that bear on this are unjudged'
    >>> unjudged({"stories": 8, "unjudged": 0})
    ''
    """
    if not row["unjudged"]:
        return ""
    if row["stories"] == 1:
        return "the one story that bears on this is unjudged"
    verb = "is" if row["unjudged"] == 1 else "are"
    return f"{row['unjudged']} of {row['stories']} stories that bear on this {verb} unjudged"


def print_story(row: Row, place: str) -> None:
    """A story: its first report, what copies it, what else is of one origin."""
    from rich.text import Text

    head = Text.assemble(f"{row['story']}  ", (clean(row["title"]), "bold"), f"  ({place})")
    by = [f"{row['report']}  {clean(source_of(row)) or 'no source'}, {day(row['published'])}"]
    if row["origin"]:
        by.append(f"origin: {clean(row['origin'])}")
    if row["copies"]:
        by.append("1 copy" if len(row["copies"]) == 1 else f"{len(row['copies'])} copies")
    if row["retold"]:
        by.append(f"retold in {', '.join(row['retold'])}")
    print_texts([head])
    print_texts([Text("; ".join(by))], indent=4)


def print_asked(row: Row, held: str) -> None:
    """A question that the story on the table bears on, and what is believed of it in a word."""
    from rich.text import Text

    sure = "bears on" if row["decision"] == "yes" else "may bear on"
    asked = Text.assemble(f"{sure} {row['question']}  ", (clean(row["asks"]), "bold"))
    believed = "; ".join(filter(None, (f"belief {held}", unjudged(row))))
    told = [Text(f"{row['says']}: “{clean(row['quote'])}”")] if row["says"] else []
    print_texts([asked, *told, Text(believed)], indent=4)


def print_suggestions(rows: Sequence[Row]) -> None:
    """What programs suggest of a report and a question, beside a person's judgement."""
    from rich.text import Text

    print_texts([Text(suggested(one)) for one in rows], indent=4)


def suggested(row: Row) -> str:
    """A suggestion in a line.

    >>> suggested({"by": "model small", "relevance": 0.0, "weight": 0.0, "why": "Of 2019."})
    'model small suggests: irrelevant: Of 2019.'
    """
    said = likelier(row["weight"]) if row["relevance"] else "irrelevant"
    return f"{clean(row['by'])} suggests: {said}: {clean(row['why'])}"


def print_text(text: str, asks: str, *, whole: bool = False) -> None:
    """A report's text, or the paragraph of it that has most words of what is asked."""
    wanted = frozenset(words(asks))
    parts = paragraphs(text)
    shown = parts if whole else sorted(parts, key=lambda one: -_shared(one, wanted))[:1]
    print_texts([marked(one, wanted) for one in shown] or [marked("no text", wanted)], indent=4)


def paragraphs(text: str) -> list[str]:
    r"""The paragraphs of a text: by its blank lines, or by its lines where it has none.

    >>> paragraphs("One.\nTwo."), paragraphs("One\nand two.\n\nThree.")
    (['One.', 'Two.'], ['One\nand two.', 'Three.'])
    """
    parts = _BREAK.split(text)
    parts = parts if len(parts) > 1 else text.splitlines()
    return [one.strip() for one in parts if one.strip()]


def _shared(paragraph: str, wanted: frozenset[str]) -> int:
    return len(wanted.intersection(words(paragraph)))


def marked(paragraph: str, wanted: frozenset[str]) -> "Text":
    """A paragraph with the words that share a stem with those of a question set off."""
    from rich.text import Text

    text = Text(clean(paragraph))
    for match in _WORD.finditer(text.plain):
        if wanted.intersection(words(match[0])):
            text.stylize(_MATCH, *match.span())
    return text


def print_proposals(rows: Sequence[Row]) -> None:
    """What is proposed as an answer and waits for a person; nothing where nothing is."""
    if not rows:
        return
    print_lines(["Proposed, waiting for a person (tidings resolve, tidings decline)"])
    print_lines([proposed(row) for row in rows])
    print_lines([""])


def proposed(row: Row) -> str:
    """A proposal in a line."""
    by = f", says {clean(row['by'])}" if row["by"] else f": “{clean(row['why'])}”"
    return f"  {row['question']} {row['outcome']}: {clean(row['source'])}{by}, {day(row['at'])}"


def arrived(row: Row) -> str:
    """A new report in a line.

    >>> arrived({"id": "R7", "title": "Rain", "source": "wire", "copy_of": None, "matches": []})
    'R7  Rain  (wire)  bears on nothing'
    """
    by = f"  ({clean(row['source'])})" if row["source"] else ""
    what = f"copy of {row['copy_of']}" if row["copy_of"] else f"bears on {bears_on(row)}"
    return f"{row['id']}  {clean(row['title'])}{by}  {what}"


def bears_on(row: Row) -> str:
    """What a new report bears on; a question mark where it only may."""
    said = [one["question"] + ("?" if one["decision"] == "maybe" else "") for one in row["matches"]]
    return " ".join(said) or "nothing"
