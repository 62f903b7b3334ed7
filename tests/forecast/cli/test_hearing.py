"""Reports of files, pages and feeds, with who says so."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from forecast.cli.hearing import Speaker, report_from
from questions.errors import BadInput
from questions.records import Article

WHEN = datetime(2023, 3, 17, tzinfo=UTC)
NOBODY = Speaker()


def page(**more):
    given = {"title": "Rain", "text": "It rains.", "published": WHEN, "sha256": "ab"}
    named = {"source": "https://www.wire.example/a", "extractor": "an extractor 1"}
    return Article(**{**given, **named, **more})


def test_a_page_keeps_its_title_and_is_known_again_by_its_text():
    report = report_from(page(), NOBODY)
    assert (report.title, report.published) == ("Rain", WHEN)
    assert report.sha256 == sha256(b"It rains.").hexdigest()
    assert report_from(page(sha256="cd"), NOBODY).sha256 == report.sha256


def test_a_page_is_from_its_publisher_or_its_host_unless_the_caller_says_otherwise():
    assert report_from(page(publisher="The Wire"), NOBODY).source == "The Wire"
    assert report_from(page(), NOBODY).source == "wire.example"
    assert report_from(page(source="a.html"), NOBODY).source == ""
    assert report_from(page(publisher="The Wire"), Speaker("a friend", "c3")).source == "a friend"


def test_a_plain_text_says_of_itself_what_its_header_says():
    text = "Title: Ice\nSource: club\nGrade: b2\n\nIt is cold."
    report = report_from(page(text=text, extractor="plain text"), NOBODY)
    assert (report.title, report.source, report.grade, report.text) == (
        *("Ice", "club", "B2", "It is cold."),
    )
    assert report.sha256 == "ab"


def test_a_grade_is_checked():
    with pytest.raises(BadInput, match="grade 'Z9'"):
        report_from(page(), Speaker(grade="Z9"))
