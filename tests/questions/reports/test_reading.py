from datetime import UTC, datetime

import pytest

from questions.articles import article_from_bytes
from questions.errors import BadFile, BadInput
from questions.reports.reading import checked_grade, read_report, report_of

BODY = "The lock is closed, a clerk told Reuters.\n\nShips wait.\n"
HEADER = "Title: Lock closed\nPublished: 2024-05-06T18:00Z\nSource: harbour office\nGrade: B2\n\n"
MAY = datetime(2024, 5, 6, 18, tzinfo=UTC)


def read(text, published=None, **said):
    return report_of(article_from_bytes(text.encode(), source="-", published=published), **said)


def test_the_header_says_what_nobody_else_does():
    report = read(HEADER + BODY)
    assert (report.title, report.published) == ("Lock closed", MAY)
    assert (report.source, report.grade) == ("harbour office", "B2")
    assert report.text == BODY.strip()
    assert report.origin == "Reuters"


def test_arguments_win_over_the_header():
    june = datetime(2024, 6, 1, tzinfo=UTC)
    report = read(HEADER + BODY, published=june, source="a friend", grade="D4")
    assert (report.published, report.source, report.grade) == (june, "a friend", "D4")


def test_a_text_without_a_header_needs_a_date_and_has_a_headline():
    report = read(BODY, published=MAY)
    assert report.title == "The lock is closed, a clerk told Reuters."
    assert (report.source, report.grade) == ("", "")


def test_a_header_may_have_windows_line_ends_and_a_byte_order_mark():
    report = read("\ufeff" + HEADER.replace("\n", "\r\n") + BODY)
    assert (report.title, report.grade, report.text) == ("Lock closed", "B2", BODY.strip())


def test_a_colon_in_the_text_is_no_header():
    assert read("Two things: a lock\n\nand a key.", published=MAY).text.startswith("Two things: a")


def test_a_file_reads_like_its_bytes(tmp_path):
    path = tmp_path / "lock.txt"
    path.write_text(HEADER + BODY, encoding="utf-8", newline="")
    assert read_report(path) == read(HEADER + BODY)


@pytest.mark.parametrize("grade", ["G2", "B7", "B", "2B", "B22", "reliable"])
def test_a_grade_that_is_none_is_refused(grade):
    with pytest.raises(BadInput, match=r"grade .* cannot be used: give a letter A to F"):
        read(BODY, published=MAY, grade=grade)


def test_a_grade_in_the_header_is_checked_too():
    with pytest.raises(BadInput, match="'Z9'"):
        read(HEADER.replace("B2", "Z9") + BODY)


def test_no_grade_is_no_grade():
    assert checked_grade("") == ""


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\xff\xfe\x00a", "not UTF-8"),
        (b"<!DOCTYPE html><p>Hi", "the page has no publication date"),
        (b"The lock is closed.", "no publication date"),
        (b"Published: 2024-05-06\nSource: x\n\n \n", "a header but no text"),
        ("Published: 2024-05-06\nSource: x\n\n\u00a0\u200b\n".encode(), "a header but no text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(raw, problem):
    with pytest.raises(BadFile, match=problem) as refused:
        report_of(article_from_bytes(raw, source="lock.txt"))
    assert "\n" not in str(refused.value)
    assert "lock.txt" in str(refused.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadFile, match="no such file"):
        read_report(tmp_path / "none.txt")
