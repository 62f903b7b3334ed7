"""When a page was published, as its markup says."""

from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from questions.articles import markup
from questions.instants import midnight

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_KEYS: Final = (
    *("article:published_time", "article:published", "og:published_time", "datepublished"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "pubdate"),
    *("publish-date", "publishdate", "publish_date", "publication_date", "dc.date.issued"),
    *("dcterms.issued", "dcterms.created", "dc.date", "citation_publication_date", "date"),
)
_EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)


def page_date(page: "HtmlElement", known: list[markup.Node]) -> datetime | None:
    """When a page was first published: its JSON-LD, meta and time elements, else its text.

    A time of day without an offset is left out: the day counts from its midnight UTC.
    """
    pages = [one for one in known if "WebPage" in str(one.get("@type"))]
    said = [
        *(one.get("datePublished") for one in (*markup.articles(known), *pages)),
        *markup.metas(page, *_KEYS),
        *(one.get("datetime") for one in page.iter("time") if _is_publication(one)),
    ]
    dated = (read_date(one) for one in said if isinstance(one, str))
    return next(filter(None, dated), None) or _found(page)


def _is_publication(element: "HtmlElement") -> bool:
    marks = (element.get("itemprop"), element.get("class"), element.get("id"))
    return element.get("pubdate") is not None or any("publish" in (one or "") for one in marks)


def read_date(text: str) -> datetime | None:
    """An instant as pages and feeds write it (ISO 8601, RFC 2822); None for anything else.

    >>> read_date("2024-04-30 16:38:37 +02:00").isoformat()
    '2024-04-30T14:38:37+00:00'
    >>> read_date("2024-04-30T16:38:37").isoformat()
    '2024-04-30T00:00:00+00:00'
    >>> read_date("last Tuesday")
    """
    moment = _iso(text) or _mail(text)
    if moment is None:
        return None
    try:
        aware = moment.astimezone(UTC) if moment.tzinfo else midnight(moment.date())
    except OverflowError:
        return None
    return aware if _EARLIEST <= aware < _LATEST else None


def _iso(text: str) -> datetime | None:
    day, _, rest = text.strip().partition(" ")
    try:
        return datetime.fromisoformat(f"{day} {rest.replace(' ', '')}".strip())
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text.strip())
    except (ValueError, OverflowError):
        return None


def _found(page: "HtmlElement") -> datetime | None:
    """The day that htmldate finds in the page, as a last resort."""
    from copy import deepcopy

    from htmldate import find_date

    found = find_date(deepcopy(page), original_date=True, extensive_search=True)
    return midnight(date.fromisoformat(found)) if found else None
