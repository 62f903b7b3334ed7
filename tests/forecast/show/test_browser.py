"""Pages as a browser has them: without complaint, whole at every width, for every reader."""

import os
import shutil
from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import sync_playwright

from forecast.show.page import report_of
from forecast.show.pictures.files import alone
from forecast.show.pictures.question import question_figure
from tests.forecast.show.browsing import (
    FAINTEST,
    FOCUSED,
    OUTLINE,
    OVERFLOWING,
    PAGED,
    TORN,
    UNNAMED,
)
from tests.forecast.show.stories import FULL, HOSTILE, on, tell

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

pytestmark = [
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("CI"),
        reason="there is no Chromium here: sh scripts/browser, or apt-get install chromium",
    ),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    story = tell(folder / "hostile.db", title=HOSTILE * 3, member="<b>Mira</b>" + "W" * 90)
    story.hear(16, "</title></svg><img src=x onerror=alert(1)>" + "unbroken" * 40, "Q1", 2.0)
    rng = np.random.Generator(np.random.PCG64(7))
    with story.store.reading(on(20)) as read:
        how = {"label": "replay", "since_days": 30, "leaderboard": True}
        html = report_of(read, on(20), rng=rng, **how)
    story.store.close()
    path = folder / "report.html"
    path.write_text(html, encoding="utf-8")
    return path


class Opened:
    """A page in a window of some width, and what the browser had to complain of."""

    def __init__(self, browser, path, width=1400, **how):
        self.complaints, self.asked = [], []
        self.page = browser.new_page(viewport={"width": width, "height": 900}, **how)
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())

    def does(self, script):
        return self.page.evaluate(script)


@pytest.mark.parametrize("width", [400, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_is_whole_and_readable_at_every_width_by_day_and_night(
    chromium, report, width, scheme
):
    opened = Opened(chromium, report, width, color_scheme=scheme)
    assert opened.complaints == []
    assert opened.asked == [report.as_uri()]
    assert opened.does("document.documentElement.scrollWidth") == width
    assert opened.does(OVERFLOWING) == []
    contrast, text = opened.does(FAINTEST)
    assert contrast >= 4.5, text


def test_the_report_can_be_read_aloud(chromium, report):
    opened = Opened(chromium, report)
    assert opened.does("document.documentElement.lang") == "en"
    assert opened.does(UNNAMED) == []
    levels = opened.does(OUTLINE)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(after - before for before, after in pairwise(levels)) == 1
    landmarks = [
        len(opened.page.get_by_role(role).all()) for role in ("banner", "navigation", "main")
    ]
    assert landmarks == [1, 1, 1]
    assert opened.page.get_by_role("img").count() == opened.page.locator("svg").count() > 0


def test_tables_stay_tables_for_who_hears_them_on_a_telephone(chromium, report):
    opened = Opened(chromium, report, 400)
    table = opened.page.get_by_role("table", name="Open questions, those that moved farthest first")
    assert table.get_by_role("columnheader").count() == 4
    assert table.get_by_role("rowheader").count() == 1


def test_the_keyboard_goes_through_the_links_in_their_order_and_the_focus_is_seen(chromium, report):
    opened = Opened(chromium, report)
    links = opened.page.locator("a").count()
    seen = []
    for _ in range(links):
        opened.page.keyboard.press("Tab")
        seen.append(opened.does(FOCUSED))
    assert [one["place"] for one in seen] == list(range(links))
    assert all(one["marked"] and one["seen"] for one in seen)
    assert seen[0]["href"] == "#changes"


def test_every_link_leads_to_something_on_the_page(chromium, report):
    opened = Opened(chromium, report)
    script = "[...document.querySelectorAll('a')].map(one => one.getAttribute('href'))"
    for href in opened.does(script):
        assert opened.page.locator(f'[id="{href.removeprefix("#")}"]').count() == 1


def test_in_print_the_report_is_black_on_white_without_what_one_clicks(chromium, report):
    opened = Opened(chromium, report, color_scheme="dark")
    opened.page.emulate_media(media="print")
    colours = (
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert opened.does(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert not opened.page.get_by_role("navigation").is_visible()


A4 = 680
"""The width of a page of paper within its margins, at 96 pixels an inch."""


@pytest.mark.parametrize("width", [A4, 440])
def test_in_print_nothing_is_wider_than_the_page(chromium, report, width):
    opened = Opened(chromium, report, width)
    opened.page.emulate_media(media="print")
    assert opened.does("document.documentElement.scrollWidth") == width
    assert opened.does(OVERFLOWING) == []


def test_in_print_no_picture_or_row_is_torn_and_headings_stay_with_what_follows(chromium, report):
    opened = Opened(chromium, report, A4)
    opened.page.emulate_media(media="print")
    for tall in range(700, 1100, 20):
        opened.page.evaluate(PAGED, [A4, tall])
        assert opened.does("document.documentElement.scrollWidth") > 2 * A4
        assert opened.page.evaluate(TORN, A4) == [], tall


def test_printed_pages_have_the_day_and_their_number_below(chromium, report):
    opened = Opened(chromium, report)
    said = opened.does("""() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
      .filter(rule => rule instanceof CSSPageRule).map(rule => rule.cssText).join()""")
    assert '"Questions as of 21 May 2024"' in said
    assert "counter(page)" in said


def test_a_picture_as_a_page_tells_what_held_on_a_day(chromium, tmp_path):
    path = tmp_path / "picture.html"
    path.write_text(alone(question_figure(FULL)), encoding="utf-8")
    opened = Opened(chromium, path)
    assert opened.complaints == []
    assert opened.does("document.documentElement.scrollWidth") == 1400
    strip = opened.page.locator(".strip path").nth(30)
    shown = "one => [getComputedStyle(one).fillOpacity, getComputedStyle(one).fill]"
    before = strip.evaluate(shown)
    strip.hover(force=True)
    assert strip.evaluate(shown) != before
    told = opened.page.locator(".strip title").nth(30).text_content()
    assert told == "6 May 2024: belief 40% (20% to 60%); Mira 70%; Tomas 30%"


def test_a_page_that_overflows_or_complains_would_be_noticed(chromium, tmp_path):
    path = tmp_path / "bad.html"
    bad = "<p style='width:900px;color:#999;background:#fff'>wide and faint</p><svg></svg>"
    path.write_text(f"<!doctype html><body style='background:#fff'>{bad}<script>oops()</script>")
    opened = Opened(chromium, path, 400)
    assert opened.complaints
    assert opened.does(OVERFLOWING)
    assert opened.does(FAINTEST)[0] < 4.5
    assert opened.does(UNNAMED)
