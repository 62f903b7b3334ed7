"""Articles and the drafts that they suggest."""

from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli import modelling, setting
from forecast.cli.asked import remark
from forecast.cli.blinding import Blind, BlindUntil, hiding_of
from forecast.cli.keyboard import at_a_terminal, keyboard
from forecast.cli.offering import asked_before, offered
from forecast.cli.output import Form, emit, flat, form, say, write, written
from forecast.cli.stepping import step_through
from forecast.cli.taking import take
from questions.modelled.records import FAMILY as MODEL

if TYPE_CHECKING:
    from forecast.desk.asking import Turns
    from forecast.desk.desk import Desk, Receipt
    from questions.records import Article, Draft

OFFERED = 8


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (draft, drafts, accept, reject):
        app.command()(command)


def draft(
    articles: Annotated[
        list[str],
        typer.Argument(help="Files (text, HTML, RSS, Atom), folders, addresses, or - for input."),
    ],
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
    model: modelling.Model = None,
    base_url: modelling.BaseUrl = None,
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
) -> None:
    """Draw questions from articles. They wait as drafts until somebody opens them.

    ARTICLE is a text or HTML file, an RSS or Atom feed, a folder of such files, an http or https
    address of any of them, or - for standard input. What cannot be read of a feed or folder is
    told and passed over; an article that you name yourself stops the command (exit 2).

    On a terminal the drafts are shown one at a time, to be opened, edited, skipped or rejected.
    With --model a language model suggests questions too: its quotations must be exact, they go
    through the same checks, and its key is OPENAI_API_KEY of the environment.

    Example: tidings draft article.txt --published 2023-03-13
    """
    from forecast.desk import asking
    from forecast.show.drafts import draft_row, print_drafts

    wanted = form(json=json, jsonl=jsonl)
    when = setting.time_of(published, what="publication date")
    service = modelling.service_of(model, base_url)
    ruled = [_drafted(one) for one in take(articles, when)]
    found, turns = modelling.with_model(ruled, service, limit)
    if dry_run:
        chosen = offered(found, limit, every=every)
        rows = [draft_row(one) for _, drafts in chosen for one in drafts]
        emit(rows, wanted, lambda: print_drafts(rows))
        return
    with setting.desk(db, who=who, at=at, founds=True) as desk:
        with desk.reading() as read:
            known = asked_before(read, desk.now)
        chosen = offered(found, limit, every=every, known=known)
        if accepting is not None:
            _open(desk, chosen, turns, accepting, wanted)
            return
        kept = asking.keep_all(desk, chosen, turns)
        if wanted == Form() and "-" not in articles and at_a_terminal():
            _step(desk, kept)
        else:
            _print_kept(desk, kept, wanted)


def _drafted(article: "Article") -> "tuple[Article, list[Draft]]":
    """An article and all that was drafted from it, best first."""
    from questions.drafting import draft as drafting
    from questions.language import english

    return article, drafting(article, english())


def _step(desk: "Desk", drafts: "list[Draft]") -> None:
    """Go through those of some drafts that wait for a decision."""
    from questions.store import shelf

    with desk.reading() as read:
        waiting = {one.id for one, verdict in shelf.drafts(read) if verdict == "waiting"}
        articles = {one.article: shelf.find_article(read, one.article) for one in drafts}
    texts = {identity: article.text for identity, article in articles.items() if article}
    rest = [one for one in drafts if one.id in waiting]
    if rest:
        step_through(desk, rest, texts, keyboard())
    else:
        say("no question worth asking was found" if not drafts else "all of them were decided")


def _print_kept(desk: "Desk", kept: "list[Draft]", wanted: Form) -> None:
    from forecast.show.drafts import draft_row, print_drafts

    with desk.reading() as read:
        head = read.head()
    rows = [{**draft_row(one), "head": head} for one in kept]
    emit(rows, wanted, lambda: print_drafts(rows))


def _open(
    desk: "Desk",
    found: "list[tuple[Article, list[Draft]]]",
    turns: "Turns",
    accepting: str,
    wanted: Form,
) -> None:
    from forecast.desk import asking

    made = asking.open_all(desk, found, lambda known: _chosen(accepting, known), turns)
    emit([flat(one) for one in made], wanted, lambda: _opened(made))


def _opened(made: "list[Receipt]") -> None:
    from forecast.show.terminal import clean

    for one in made:
        write(f"{one.id}  {clean(one.record['title'])}\n")


def _chosen(accepting: str, drafts: "list[Draft]") -> list[str]:
    """The drafts that ``all``, ``1,3`` or ``D1,D3`` names; ``all`` leaves those of a model out.

    Raises:
        NotFound: one that the articles did not give.
        Conflict: one that a model wrote, named by its place alone.
    """
    from questions.errors import Conflict, NotFound

    if accepting.strip().lower() == "all":
        by_model = [one.id for one in drafts if one.family == MODEL]
        if by_model:
            say(f"note: a person has to look at what a model wrote: {', '.join(by_model)} wait")
        return [one.id for one in drafts if one.id not in by_model]
    known = [one.id for one in drafts]
    chosen = []
    for part in (one.strip().upper() for one in accepting.split(",")):
        by_place = part.isdecimal() and 1 <= int(part) <= len(known)
        identity = known[int(part) - 1] if by_place else part
        if by_place and drafts[int(part) - 1].family == MODEL:
            raise Conflict(
                f"a person has to look at what a model wrote: {part} is the model's",
                "draft without --accept, then accept it by its id",
            )
        if identity not in known:
            here = f"there are {len(known)}: {', '.join(known)}" if known else "there are none"
            raise NotFound("such draft", part, otherwise=here)
        chosen.append(identity)
    return list(dict.fromkeys(chosen))


def drafts(
    db: setting.Db = None,
    as_of: setting.AsOf = None,
    every: Annotated[bool, typer.Option("--all", help="Also what was decided.")] = False,
    step: Annotated[
        bool, typer.Option("--step", help="Decide them one at a time, on a terminal.")
    ] = False,
    who: setting.As = None,
    at: setting.At = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
) -> None:
    """List the drafts that wait to be decided, or step through them.

    Example: tidings drafts --step
    """
    from forecast.show.drafts import draft_row, print_drafts
    from questions.errors import BadInput
    from questions.store import shelf

    wanted = form(json=json, jsonl=jsonl)
    if step:
        if wanted != Form() or as_of is not None or not at_a_terminal():
            raise BadInput("--step", "", "a terminal, and neither --json, --jsonl nor --as-of")
        with setting.desk(db, who=who, at=at) as desk:
            with desk.reading() as read:
                kept = [one for one, _ in shelf.drafts(read)]
            _step(desk, kept)
        return
    with setting.reading(db, as_of) as (read, _):
        found = [
            {**draft_row(one), "verdict": verdict}
            for one, verdict in shelf.drafts(read)
            if every or verdict == "waiting"
        ]
    emit(found, wanted, lambda: print_drafts(found, nothing="no draft waits for a decision"))


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
    blind: Blind = None,
    blind_until: BlindUntil = None,
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
            hiding=hiding_of(blind, blind_until, desk.now),
        )
        written(made, form(json=json), f"{made.id}  {made.record['title']}")
        if any(part is not None for part in (title, closes, criteria, fine_print)):
            remark(desk, made.id)


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
