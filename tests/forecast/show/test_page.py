import re
from html.parser import HTMLParser

import numpy as np
import pytest

from forecast.show.page import by_movement, report_of, write_page
from questions.errors import BadInput
from tests.forecast.show.stories import HOSTILE, on, tell

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Parsed(HTMLParser):
    """The tags of a page: their names, ids and references; every one closed in turn."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.ids, self.references, self.open, self.text = set(), [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name == "id":
                self.ids.append(value)
            if name in ("href", "src", "xlink:href", "action", "data"):
                self.references.append(value)
            self.references += re.findall(r"url\(([^)]*)\)", value or "")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def page(story, day=20.0, **how):
    rng = np.random.Generator(np.random.PCG64(7))
    with story.store.reading(on(day)) as read:
        return report_of(read, on(day), label="replay", rng=rng, **how)


@pytest.fixture
def hostile(tmp_path):
    story = tell(tmp_path / "hostile.db", title=HOSTILE, member='<b onload="x">Mira</b>')
    story.hear(16, "</title></svg><img src=x onerror=alert(1)>", "Q1", 2.0)
    yield story
    story.store.close()


def test_the_page_shows_what_a_meeting_needs(told):
    text = " ".join("".join(Parsed(page(told, since_days=30)).text).split())
    assert "Questions as of 21 May 2024" in text
    assert "a replay store" in text
    assert "overdue: closed after 5 May 2024, waits for its resolution" in text
    assert "Q2 Will the ferry at Ostrava stop running by 10 May 2024? yes, 7 May 2024" in text
    assert "town gazette" in text
    assert "R1, 4 May 2024, gazette (B2); Mira: 4 to 1 for yes" in text
    assert "A crane stands idle R3, 16 May 2024, gazette (B2); not judged yet" in text
    assert "2 forecasts on 1 resolved question" in text


def test_every_question_that_is_not_long_resolved_has_its_picture(told):
    assert page(told, since_days=30).count("<svg") == 4
    assert page(told, since_days=7).count("<svg") == 3


def test_people_are_ranked_only_on_request(told):
    assert "Leaderboard" not in page(told)
    assert "leads with" in page(told, leaderboard=True)


def test_the_page_is_well_formed_and_its_ids_are_unique(told):
    parsed = Parsed(page(told, since_days=30, leaderboard=True))
    assert parsed.open == []
    assert len(parsed.ids) == len(set(parsed.ids))
    inner = [one.removeprefix("#") for one in parsed.references]
    assert set(inner) <= set(parsed.ids)


def test_the_page_needs_nothing_from_elsewhere(told):
    parsed = Parsed(page(told, since_days=30, leaderboard=True))
    assert all(one.startswith("#") for one in parsed.references)
    assert not parsed.tags & {"script", "link", "img", "iframe", "object", "embed"}


def test_the_same_store_gives_the_same_page(told):
    assert page(told, leaderboard=True) == page(told, leaderboard=True)


def test_hostile_text_is_inert(hostile):
    html = page(hostile, since_days=30, leaderboard=True)
    parsed = Parsed(html)
    assert parsed.open == []
    assert not parsed.tags & {"script", "img", "b"}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)
    assert "<script>alert(1)</script>" in "".join(parsed.text)


def test_an_empty_store_has_a_page(tmp_path):
    from forecast.ledger import KINDS
    from questions.store.store import open_store

    store = open_store(tmp_path / "empty.db", KINDS, create_with=("live", on(0)))
    with store.reading() as read:
        html = report_of(read, on(1), label="live", rng=np.random.Generator(np.random.PCG64(7)))
    store.close()
    assert "No question is open." in html
    assert "Nothing can be said yet" in html


def test_the_question_that_moved_farthest_comes_first():
    rows = [
        {"id": "Q1", "move": 0.05},
        {"id": "Q2", "move": -0.4},
        {"id": "Q3", "move": 0.0},
    ]
    assert [row["id"] for row in by_movement(rows)] == ["Q2", "Q1", "Q3"]


def test_a_page_is_written_as_html_only(tmp_path):
    write_page("<!doctype html>", tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text() == "<!doctype html>"
    with pytest.raises(BadInput, match=r"ends in \.html"):
        write_page("", tmp_path / "a.png")
