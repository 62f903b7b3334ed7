"""The prose of an article, taken out of its page.

It is what trafilatura (Barbaresi 2021) takes for the article, put right where the page itself
says more: embedded posts and captions are left out, so are paragraphs of the page's own
furniture; an article that came out in part is compared with the text in its JSON-LD; the
sentence below the headline belongs to it.
"""

from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from typing import TYPE_CHECKING, Final

from questions.articles import markup
from questions.articles.boilerplate import is_boilerplate
from questions.articles.words import bare, likeness, seen, shared, tidy, untagged, words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_EMBEDDED: Final = (
    "//figcaption | //blockquote[contains(@class, 'twitter-tweet')"
    " or contains(@class, 'instagram-media') or contains(@class, 'tiktok-embed')]"
    " | //*[contains(concat(' ', @class, ' '), ' wp-caption-text ')]"
)
_OWN_PARAGRAPHS: Final = "//p[not(ancestor::nav or ancestor::footer or ancestor::aside)]"
_HELD: Final = 0.8
"""The share of the JSON-LD's article text that the extracted text has to hold."""
_TOP: Final = 3
"""Paragraphs at the top among which the headline may stand once more."""
_SHORTEST_LEAD: Final = 5


def paragraphs(page: "HtmlElement", known: list[markup.Node], title: str) -> list[str]:
    """The paragraphs of the article, from the sentence below the headline to the end."""
    body = _fuller(_without_embedded(page), known)
    heads = {bare(one) for one in (title, *markup.headings(page))}
    heads |= {bare(tidy(one.get("headline"))) for one in markup.articles(known)}
    kept = [
        one
        for place, one in enumerate(body)
        if not is_boilerplate(one) and not (place < _TOP and bare(one) in heads)
    ]
    return [*_lead(page, known, kept), *kept]


def _without_embedded(page: "HtmlElement") -> "HtmlElement":
    """A copy of the page without captions and posts from elsewhere."""
    copy = deepcopy(page)
    for element in copy.xpath(_EMBEDDED):
        if element.getparent() is not None:
            element.drop_tree()
    return copy


def _fuller(page: "HtmlElement", known: list[markup.Node]) -> list[str]:
    """The extracted paragraphs, unless they hold too little of the article's text in the JSON-LD.

    Then those of other settings, or that text itself.
    """
    found = _extracted(page)
    stated = _stated_body(known)
    if not stated or shared(stated, "\n".join(found))[0] >= _HELD:
        return found
    settings = ({"favor_recall": True}, {"favor_precision": True}, {"fast": True})
    tries = [found, *(_extracted(page, **one) for one in settings)]
    best = max(tries, key=lambda one: likeness("\n".join(one), stated))
    if shared(stated, "\n".join(best))[0] >= _HELD:
        return best
    return _lines(stated)


def _extracted(page: "HtmlElement", **settings: bool) -> list[str]:
    """The paragraphs that trafilatura takes for the article; where it takes none, all there are."""
    from trafilatura import bare_extraction

    found = bare_extraction(deepcopy(page), include_comments=False, **settings)
    return _lines(found.text if found and found.text else "") or _all_paragraphs(page)


def _all_paragraphs(page: "HtmlElement") -> list[str]:
    return _lines("\n".join(tidy(one.text_content()) for one in page.xpath(_OWN_PARAGRAPHS)))


def _stated_body(known: list[markup.Node]) -> str:
    """The article's text as the JSON-LD has it, without mark-up; often there is none."""
    found = (one.get("articleBody") for one in markup.articles(known))
    body = next((one for one in found if isinstance(one, str)), "")
    return untagged(body)


def _lines(text: str) -> list[str]:
    """The lines of a text as paragraphs: spaces made one, bullets and unseen characters gone."""
    lines = (tidy(seen(line)).removeprefix("- ") for line in text.splitlines())
    return [line for line in lines if line]


def _lead(page: "HtmlElement", known: list[markup.Node], body: list[str]) -> Iterator[str]:
    """The sentence below the headline: the page's description, where a reader sees it too."""
    told = {*markup.metas(page, "description", "og:description")}
    told.add(markup.stated(markup.articles(known), "description"))
    have = bare("\n".join(body))
    wanted = {bare(one): one for one in told if len(words(one)) >= _SHORTEST_LEAD}
    for element in page.iter("p", "h2", "h3", "div", "span", "li"):
        text = bare("".join(islice(element.itertext(), _TOP)))
        if text in wanted and text not in have:
            yield seen(wanted[text])
            return
