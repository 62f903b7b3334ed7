from trafilatura import load_html

from questions.articles import markup
from tests.questions.articles.newspaper import page


def known(script: str) -> list[markup.Node]:
    tree = load_html(page(head=f"<script type='application/ld+json'>{script}</script>"))
    assert tree is not None
    return markup.nodes(tree)


def test_objects_inside_objects_come_after_those_outside() -> None:
    found = known('[{"a": {"b": {"c": 1}}}, {"d": 2}]')
    assert [list(one) for one in found] == [["a"], ["d"], ["b"], ["c"]]


def test_what_is_not_json_is_passed_over() -> None:
    assert known('{"a": ') == []
    assert known("[" * 100_000) == []
    assert known('"text"') == []


def test_line_breaks_inside_texts_are_forgiven() -> None:
    assert known('{"headline": "Harbour\ncloses"}')[0]["headline"] == "Harbour\ncloses"


def test_only_so_many_objects_are_looked_at() -> None:
    assert len(known(f"[{'{},' * 9000}{{}}]")) == 5000


def test_types_are_known_by_how_they_end() -> None:
    found = known('[{"@type": "OpinionNewsArticle"}, {"@type": ["BlogPosting"]}, {"@type": 3}]')
    assert markup.articles(found) == found[:2]


def test_names_are_those_of_people_or_plain_texts_each_once() -> None:
    author = '[{"name": " Ada  Berg "}, "Jo Lind", {"name": ["Ada Berg"]}, {"url": "x"}, null]'
    found = known(f'[{{"author": null}}, {{"author": {author}}}]')
    assert markup.names(found, "author") == ["Ada Berg", "Jo Lind"]
    assert markup.names(found, "publisher") == []


def test_of_meta_elements_the_first_of_each_key_counts_in_the_order_of_the_keys() -> None:
    head = "<meta name=b content=2><meta property=A content=' 1 '><meta name=b content=3>"
    tree = load_html(page(head=head + "<meta name=c>"))
    assert tree is not None
    assert markup.metas(tree, "a", "c", "b") == ["1", "2"]
    assert (markup.meta(tree, "c", "b"), markup.meta(tree, "d")) == ("2", "")
