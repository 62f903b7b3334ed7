import re
from html.parser import HTMLParser

import numpy as np
import pytest

from forecast.desk import asking, disputing, predicting
from forecast.desk.blinding import Hiding
from forecast.desk.predicting import Said
from forecast.show.page import by_movement, report_of, write_page
from questions.errors import BadInput
from tests.forecast.show.stories import HOSTILE, TITLE, Teller, on, tell

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
    with story.desk(day).reading(on(day)) as read:
        return report_of(read, on(day), label="replay", rng=rng, **how)


@pytest.fixture
def hostile(tmp_path):
    story = tell(tmp_path / "hostile.db", title=HOSTILE, member='<b onload="x">Mira</b>')
    story.hear(16, "</title></svg><img src=x onerror=alert(1)>", "Q1", 2.0)
    yield story
    story.store.close()


def words(html):
    return " ".join(" ".join(Parsed(html).text).split())


def test_the_page_shows_what_a_meeting_needs(told):
    text = words(page(told, since_days=30))
    assert "Questions as of 21 May 2024" in text
    assert "a replay store" in text
    assert "2 questions still run" not in text
    assert "overdue : closed after 5 May 2024, waits for its resolution" in text
    assert "Q2 Will the ferry at Ostrava stop running by 10 May 2024? yes , 7 May 2024" in text
    assert "town gazette" in text
    assert "R1, 4 May 2024, gazette (B2); Mira: 4 to 1 for yes" in text
    assert "A crane stands idle R3, 16 May 2024, gazette (B2); not judged yet" in text
    assert "2 forecasts on 1 resolved question" in text
    assert "Nothing is learned of any source yet: they count by their grades" in text


def test_what_changed_is_told_with_its_reasons(told):
    text = words(page(told, since_days=18))
    assert re.search(
        r"from 38[.\d]*% time that passed \(-\d.* R1 Inspectors pass the deck .*\(\+\d", text
    )
    assert "R1 Inspectors pass the deck of the bridge (" not in words(page(told, since_days=7))


def test_the_two_who_are_furthest_apart_are_named(told):
    text = words(page(told))
    assert "20% Tomas 13 May 2024 50% Mira 2 May 2024 R1 Inspectors pass the deck" in text


def test_what_is_proposed_or_disputed_waits_for_a_person(told):
    disputing.dispute(told.desk(7), "Q2", why="Q2 ran again on the same day")
    text = words(page(told))
    assert "Q2 disputed by Mira on 8 May 2024: Q2 ran again on the same day" in text


def test_what_is_still_blind_stands_nowhere(tmp_path):
    story = Teller(tmp_path / "blind.db")
    for name in ("Mira", "Tomas"):
        predicting.add_member(story.desk(0), name)
    hidden = Hiding(blind=True)
    asking.ask(story.desk(0), TITLE, closes=on(31), criteria="The town says so.", hiding=hidden)
    for name, prob in (("Mira", 0.1234), ("Tomas", 0.8765)):
        predicting.predict(story.desk(1), [Said(member=name, question="Q1", value=prob)])
    html = page(story, 10.0)
    story.store.close()
    assert "Still blind, and told to nobody here: Q1" in words(html)
    assert not re.search(r"Tomas|12\.3|87\.6|88%", html)


def test_every_question_that_is_not_long_resolved_has_its_picture(told):
    assert page(told, since_days=30).count("<svg") == 5
    assert page(told, since_days=7).count("<svg") == 4


def test_of_many_questions_those_that_ended_wait_or_moved_have_pictures(told, monkeypatch):
    monkeypatch.setattr("forecast.show.page.MOST_PICTURED", 2)
    html = page(told, since_days=30)
    assert re.findall(r'<article class="question" id="(Q\d)"', html) == ["Q2", "Q3"]
    assert "1 more question in the tables above." in words(html)
    assert Parsed(html).open == []


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
