"""What a page says of itself: JSON-LD (schema.org), meta elements, headings."""

import json
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from questions.articles.words import tidy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Node = Mapping[str, Any]
_ARTICLE: Final = ("Article", "Posting")
"""How the schema.org types of what somebody wrote end."""
_MOST: Final = 5_000
"""Nodes that are looked at; a page that holds more is not telling about an article."""
_HEADINGS: Final = 5


def nodes(page: "HtmlElement") -> list[Node]:
    """The objects of the page's JSON-LD, outer ones first; what is not JSON is passed over."""
    found: list[Node] = []
    waiting: deque[Any] = deque(_documents(page))
    while waiting and len(found) < _MOST:
        one = waiting.popleft()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            found.append(one)
            waiting.extend(value for value in one.values() if isinstance(value, dict | list))
    return found


def _documents(page: "HtmlElement") -> Iterator[Any]:
    for script in page.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            try:
                yield json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue


def articles(known: list[Node]) -> list[Node]:
    """Those of the objects that are articles, as schema.org names their types."""
    return [one for one in known if any(kind.endswith(_ARTICLE) for kind in _types(one))]


def _types(one: Node) -> list[str]:
    said = one.get("@type")
    return [kind for kind in (said if isinstance(said, list) else [said]) if isinstance(kind, str)]


def stated(known: list[Node], field: str) -> str:
    """The first text of a field among some objects; empty where none has it."""
    return next((text for one in known if (text := tidy(one.get(field)))), "")


def names(known: list[Node], field: str) -> list[str]:
    """The names of the first people or bodies that a field names, each once."""
    for one in known:
        said = one.get(field)
        found = [_name(each) for each in (said if isinstance(said, list) else [said])]
        if found := list(dict.fromkeys(filter(None, found))):
            return found
    return []


def _name(one: Any) -> str:
    name = one.get("name") if isinstance(one, dict) else one
    return tidy(name[0] if isinstance(name, list) and name else name)


def meta(page: "HtmlElement", *keys: str) -> str:
    """The first content that :func:`metas` gives; empty where it gives none."""
    return next(iter(metas(page, *keys)), "")


def metas(page: "HtmlElement", *keys: str) -> list[str]:
    """What the page's first meta element of each key holds, in the order of the keys."""
    found: dict[str, str] = {}
    for element in page.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if key.lower() in keys:
            found.setdefault(key.lower(), tidy(element.get("content")))
    return [found[key] for key in keys if found.get(key)]


def headings(page: "HtmlElement") -> list[str]:
    """The texts of the page's first main headings."""
    first = islice(page.iter("h1"), _HEADINGS)
    return [text for one in first if (text := tidy(one.text_content()))]


def window_title(page: "HtmlElement") -> str:
    """The title that a window shows."""
    return next((tidy(one.text_content()) for one in page.iter("title")), "")
