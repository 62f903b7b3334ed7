"""What a person or a team is told of what happened and what wants doing: all, or in short."""

from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli import setting
from forecast.cli.output import print_json, write

if TYPE_CHECKING:
    from datetime import datetime


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.command()(digest)


def digest(
    since: Annotated[
        str, typer.Option("--since", help="News since then: 1d, 12h, or a time.", metavar="1d")
    ] = "1d",
    empty: Annotated[
        bool, typer.Option("--empty", help="Say so where there is nothing to tell.")
    ] = False,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Tell what happened and what wants doing, as for a daily mail.

    What is due, stale, closed, moved, reported, proposed, resolved, clarified, disputed and
    commented, in plain text; nothing at all where there is nothing to tell. With a name it is that
    member's own: what they should forecast or look at again, without what blind questions hide
    from them. A line for cron: 0 7 * * * tidings digest --as Ana | mail -E -s Tidings ana

    Example: tidings digest --as Ana --since 1d
    """
    from forecast.show.digest import print_digest
    from forecast.views.digest import digest as told
    from forecast.views.digest import is_empty

    with setting.reader_desk(db, who) as desk:
        moment = setting.time_of(as_of, now=desk.now, what="--as-of")
        at = moment or desk.now
        with desk.reading(moment) as read:
            found = told(read, at, _start(since, at), member=desk.reader)
    if json:
        print_json(found)
    elif not is_empty(found):
        print_digest(found)
    elif empty:
        write("nothing is due, and nothing is new\n")


def overview(db: str | None, who: str | None = None) -> None:
    """Print what is due, moved, newly reported and newly said, in short."""
    from datetime import timedelta

    from forecast.show.digest import print_news
    from forecast.show.overview import print_overview
    from forecast.views.digest import digest as told
    from forecast.views.known import Known
    from forecast.views.linked import broken_rows, tie_rows
    from forecast.views.movement import due_rows, moves
    from forecast.views.news import inbox_rows
    from forecast.views.questions import asked_rows, question_rows

    with setting.reader_desk(db, who) as desk, desk.reading() as read:
        now, me = desk.now, desk.reader
        known = Known(read, now)
        rows = asked_rows(known)
        soon = due_rows(rows, now, days=7)
        wanted = {row["id"] for row in soon if row["status"] == "closed" or not me}
        due = question_rows(read, now, only=wanted, known=known)
        moved = sorted(moves(known), key=lambda row: -abs(row["move"]))
        waiting = inbox_rows(read, now, found=known.news)
        broken = broken_rows(tie_rows(read, now, known=known))
        news = told(read, now, now - timedelta(days=7), member=me, known=known)
        print_overview(rows, due, moved, waiting, known.proposed, broken, now=now)
        print_news(news)
    if not rows:
        write("start with: tidings draft ARTICLE --published DATE\n")


def _start(text: str, now: "datetime") -> "datetime":
    """The instant that a duration before now, or a time, means.

    Raises:
        BadInput: neither.
    """
    from datetime import timedelta

    from forecast.desk.priors import duration_days
    from questions.errors import BadInput

    hours = text.strip().lower().removesuffix("h")
    if hours != text.strip().lower() and hours.isdecimal():
        return now - timedelta(hours=int(hours))
    try:
        return now - timedelta(days=duration_days(text))
    except BadInput:
        return setting.time_of(text, now=now, what="--since") or now
