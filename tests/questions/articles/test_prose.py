import pytest
from trafilatura import load_html

from questions.articles.markup import nodes
from questions.articles.prose import paragraphs
from tests.questions.articles.newspaper import BODY, TITLE, page


def prose(raw: bytes) -> list[str]:
    tree = load_html(raw)
    assert tree is not None
    return paragraphs(tree, nodes(tree), TITLE)


def test_the_headline_is_not_repeated_in_the_text() -> None:
    assert prose(page(top=f"<p>{TITLE}</p>")) == list(BODY)


@pytest.mark.parametrize(
    "embedded",
    [
        "<blockquote class='twitter-tweet'><p>Ships! The harbour is closed, all of it, for all of"
        " us, says a captain.</p></blockquote>",
        "<blockquote class='instagram-media'><p>A picture of the harbour at dusk, with some of"
        " the ships that lie there.</p></blockquote>",
        "<figure><img src='a.jpg'><figcaption>The harbour of Vestby in spring, when the boats"
        " come back.</figcaption></figure>",
        "<p class='wp-caption-text'>The harbour of Vestby in the spring of last year.</p>",
    ],
)
def test_captions_and_posts_from_elsewhere_are_left_out(embedded: str) -> None:
    assert prose(page(bottom=embedded)) == list(BODY)


def test_furniture_of_the_page_is_left_out() -> None:
    bottom = "<p>READ MORE: The ferry that never sailed</p><p>Sign up for our newsletter now.</p>"
    assert prose(page(bottom=bottom)) == list(BODY)


def test_a_list_belongs_to_the_text_without_its_bullets() -> None:
    listed = "<ul><li>The northern crane is repaired first.</li><li>Then the other.</li></ul>"
    assert prose(page(bottom=listed)) == [
        *BODY,
        "The northern crane is repaired first.",
        "Then the other.",
    ]


def test_where_too_little_came_out_the_article_of_the_json_is_taken() -> None:
    more = " ".join(f"On day {day} another ship had to wait outside." for day in range(1, 60))
    linked = {"@type": "NewsArticle", "articleBody": "\n".join([*BODY, f"<b>{more}</b>"])}
    assert prose(page(linked=linked)) == [*BODY, more]


def test_an_article_of_the_json_that_says_less_changes_nothing() -> None:
    linked = {"@type": "NewsArticle", "articleBody": BODY[0]}
    assert prose(page(linked=linked)) == list(BODY)


def test_a_page_of_two_short_paragraphs_is_an_article_too() -> None:
    assert prose(b"<p>Rain is due in Vestby.</p><p>It may stay.</p>") == [
        "Rain is due in Vestby.",
        "It may stay.",
    ]
