"""The title of a page, chosen among those that it gives itself.

A page has up to four titles, for the reader, the window, a search engine and a friend. The
one that it wants to be shared by is taken, unless it is unlike all the others.
"""

import re
from typing import TYPE_CHECKING, Final

from questions.articles import markup
from questions.articles.words import likeness, words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FAR: Final = 0.7
"""Token F1 below which two titles are different titles."""
_BAR: Final = re.compile(r"\s+[|*•»]\s+")
_DASH: Final = re.compile(r"\s+[-–—]\s+(?=[^-–—]{2,40}$)")


def page_title(page: "HtmlElement", known: list[markup.Node], site: str) -> str:
    """The title of a page; empty where it has none. ``site`` is cut off its end."""
    shared = _without_site(markup.meta(page, "og:title", "twitter:title"), site)
    others = [
        markup.stated(markup.articles(known), "headline"),
        *markup.headings(page),
        _without_site(markup.window_title(page), site),
    ]
    others = [one for one in others if one]
    if shared and (not others or max(likeness(shared, one) for one in others) >= _FAR):
        return shared
    return _middle([*others, shared] if shared else others)


def _middle(titles: list[str]) -> str:
    """The title that is most like all of them; the first of equals."""
    return max(titles, key=lambda one: sum(likeness(one, other) for other in titles), default="")


def _without_site(title: str, site: str) -> str:
    """A title without the name of the site after it."""
    head = _BAR.split(title, maxsplit=1)[0].strip()
    front, *tail = _DASH.split(head, maxsplit=1)
    names_site = bool(tail) and bool(set(words(tail[0])) & set(words(site)))
    return front if names_site else head
