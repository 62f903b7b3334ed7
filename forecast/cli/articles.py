"""Articles and the drafts that they suggest."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.output import emit, flat, form, say, write, written

if TYPE_CHECKING:
    from datetime import datetime

    from forecast.cli.output import Form
    from forecast.desk.desk import Desk, Receipt
    from questions.records import Article, Draft

OFFERED = 8


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (draft, drafts, accept, reject):
        app.command()(command)


def draft(
    articles: Annotated[list[str], typer.Argument(help="Text files, or - for standard input.")],
    published: Annotated[
        str | None, typer.Option("--published", help="When it was published.", metavar="DATE")
    ] = None,
    accepting: Annotated[
        str | None, typer.Option("--accept", help="all, or drafts such as 1,3.", metavar="WHICH")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to offer.")] = OFFERED,
    every: Annotated[
        bool, typer.Option("--all", help="Offer drafts with errors too, and beyond the limit.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
) -> None:
    """Draw questions from articles; they wait as drafts until somebody opens them.

    Example: tidings draft article.txt --published 2023-03-13
    """
    wanted = form(json=json, jsonl=jsonl)
    when = setting.time_of(published, what="publication date")
    found = [_drafted(path, when, limit, every=every) for path in articles]
    if dry_run:
        rows = [draft_row(one) for _, offered in found for one in offered]
        emit(rows, wanted, lambda: _table(rows))
        return
    with setting.desk(db, who=who, at=at, founds=True) as desk:
        _keep(desk, found, accepting, wanted)


def _drafted(
    path: str, published: "datetime | None", limit: int, *, every: bool
) -> "tuple[Article, list[Draft]]":
    from questions.articles import article_from_bytes, read_article
    from questions.drafting import draft as drafting
    from questions.language import english

    if path == "-":
        article = article_from_bytes(setting.read_input("-"), source="-", published=published)
    else:
        article = read_article(Path(path), published=published)
    ranked = drafting(article, english())
    if every:
        return article, ranked
    sound = [one for one in ranked if all(found.level != "error" for found in one.problems)]
    return article, sound[:limit]


def _keep(
    desk: "Desk",
    found: "list[tuple[Article, list[Draft]]]",
    accepting: str | None,
    wanted: "Form",
) -> None:
    from forecast.desk import asking

    if accepting is None:
        kept = asking.keep_all(desk, found)
        with desk.reading() as read:
            head = read.head()
        rows = [{**draft_row(one), "head": head} for one in kept]
        emit(rows, wanted, lambda: _table(rows))
        return
    made = asking.open_all(desk, found, lambda known: _chosen(accepting, known))
    emit([flat(one) for one in made], wanted, lambda: _opened(made))


def _opened(made: "list[Receipt]") -> None:
    from forecast.show.terminal import clean

    for one in made:
        write(f"{one.id}  {clean(one.record['title'])}\n")


def _chosen(accepting: str, known: list[str]) -> list[str]:
    """The drafts that ``all``, ``1,3`` or ``D1,D3`` names.

    Raises:
        NotFound: one that the articles did not give.
    """
    from questions.errors import NotFound

    if accepting.strip().lower() == "all":
        return known
    chosen = []
    for part in (one.strip().upper() for one in accepting.split(",")):
        by_place = part.isdecimal() and 1 <= int(part) <= len(known)
        identity = known[int(part) - 1] if by_place else part
        if identity not in known:
            here = f"there are {len(known)}: {', '.join(known)}" if known else "there are none"
            raise NotFound("such draft", part, otherwise=here)
        chosen.append(identity)
    return list(dict.fromkeys(chosen))


def draft_row(one: "Draft") -> dict[str, Any]:
    """A draft as ``draft --json`` has it."""
    from questions.store.envelope import plain

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


def _table(
    rows: list[dict[str, Any]], *, nothing: str = "no question worth asking was found"
) -> None:
    from forecast.show.terminal import Column, by_day, clean, print_lines, print_table

    if not rows:
        say(nothing)
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


def drafts(
    db: setting.Db = None,
    as_of: setting.AsOf = None,
    every: Annotated[bool, typer.Option("--all", help="Also what was decided.")] = False,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
) -> None:
    """List the drafts that wait for a decision.

    Example: tidings drafts
    """
    from questions.store import shelf

    wanted = form(json=json, jsonl=jsonl)
    with setting.reading(db, as_of) as (read, _):
        found = [
            {**draft_row(one), "verdict": verdict}
            for one, verdict in shelf.drafts(read)
            if every or verdict == "waiting"
        ]
    emit(found, wanted, lambda: _table(found, nothing="no draft waits for a decision"))


def accept(
    draft: Annotated[str, typer.Argument(help="The draft, such as D3.")],
    title: Annotated[str | None, typer.Option("--title", help="Another title.")] = None,
    closes: Annotated[
        str | None, typer.Option("--closes", help="Another deadline.", metavar="TIME")
    ] = None,
    criteria: Annotated[str | None, typer.Option("--criteria", help="Other criteria.")] = None,
    fine_print: Annotated[
        str | None, typer.Option("--fine-print", help="Other fine print.")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", help="A tag; may be repeated.")] = None,
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Open a draft as a question, edited where something is given.

    Example: tidings accept D3 --closes 2023-04-30
    """
    from forecast.desk import asking

    with setting.desk(db, who=who, at=at) as desk:
        made = asking.accept(
            desk,
            draft,
            title=title,
            closes=setting.time_of(closes, edge="end", what="closing time", now=desk.now),
            criteria=criteria,
            fine_print=fine_print,
            tags=tag or (),
        )
        written(made, form(json=json), f"{made.id}  {made.record['title']}")


def reject(
    draft: Annotated[str, typer.Argument(help="The draft, such as D3.")],
    why: Annotated[str, typer.Option("--why", "-m", help="The reason.")],
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Turn a draft down.

    Example: tidings reject D2 --why "already known"
    """
    from forecast.desk import asking

    with setting.desk(db, who=who, at=at) as desk:
        made = asking.reject(desk, draft, why)
        written(made, form(json=json), f"{made.id} rejected")
