import json

import pytest

from questions.errors import BadFile
from questions.language import english
from questions.reports.files import match_files, read_questions, read_reports

LOCK = (
    "The harbour authority will close the northern lock for a year, an engineer told Reuters, "
    "because of cracks in its eastern gate."
)
REPORTS = [
    {"id": "a", "text": LOCK, "published": "2024-05-06"},
    {
        "id": "b",
        "title": "Lock to close",
        "text": f"By our staff. {LOCK}",
        "published": "2024-05-07",
    },
    {"id": 3, "text": "A choir sang Brahms in the tower last night.", "published": "2024-05-07"},
]
QUESTIONS = [
    {"id": "lock", "title": "Will the harbour authority close the northern lock by 31 May 2024?"},
    {"id": "late", "title": "Will the northern lock open again?", "open_time": "2024-06-01"},
    *({"id": f"q{n}", "title": f"Will team {n} win the cup of the league?"} for n in range(12)),
]


@pytest.fixture
def write(tmp_path):
    def written(name, lines):
        path = tmp_path / name
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("\n".join(texts), encoding="utf-8")
        return path

    return written


def test_reports_find_their_questions_and_their_stories(write):
    rows = match_files(write("r.jsonl", REPORTS), write("q.jsonl", QUESTIONS), english())
    assert [(row["report"], row["story"], row["copy_of"]) for row in rows] == [
        ("a", "S1", None),
        ("b", "S1", "a"),
        ("3", "S2", None),
    ]
    best = rows[0]["matches"][0]
    assert (best["question"], best["decision"]) == ("lock", "yes")
    assert 0.5 <= best["relevance"] <= 1


def test_matches_are_ten_deep_and_undecided_ones_say_nothing(write):
    rows = match_files(write("r.jsonl", REPORTS), write("q.jsonl", QUESTIONS), english())
    assert [len(row["matches"]) for row in rows] == [10, 10, 10]
    assert all("decision" not in match for match in rows[2]["matches"])


def test_a_question_that_opens_later_is_not_matched(write):
    rows = match_files(write("r.jsonl", REPORTS), write("q.jsonl", QUESTIONS[:2]), english())
    assert [[match["question"] for match in row["matches"]] for row in rows] == [["lock"]] * 3


def test_no_questions_and_no_reports_are_no_matches(write):
    nothing = write("nothing.jsonl", [])
    assert match_files(nothing, nothing, english()) == []
    assert match_files(write("r.jsonl", REPORTS), nothing, english())[0]["matches"] == []


def test_what_is_matched_is_json(write):
    rows = match_files(write("r.jsonl", REPORTS), write("q.jsonl", QUESTIONS), english())
    assert json.loads(json.dumps(rows)) == rows


GOOD = {"id": "a", "text": "t", "published": "2024-05-06"}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "line 2: is not JSON; one object a line"),
        ("[" * 100_000, "line 2: is not JSON"),
        (f'{{"id": {"1" * 5000}}}', "line 2: is not JSON"),
        ("[1]", "line 2: is not an object"),
        ({**GOOD, "id": "b", "text": ""}, "line 2: text is ''; give a text"),
        ({**GOOD, "id": "b", "text": 5}, "line 2: text is 5; give a text"),
        ({**GOOD, "id": "b", "title": []}, r"line 2: title is \[\]; give a text"),
        ({**GOOD, "id": None}, "line 2: id is None; give a short text or number"),
        (GOOD, "line 2: id 'a' stands on line 1 too; give each its own"),
        ({"id": "b", "text": "t"}, "line 2: published is None; give a date such as"),
        ({**GOOD, "id": "b", "published": "2023-02-30"}, "published is '2023-02-30'; give a date"),
        ({**GOOD, "id": "b", "published": "2023-02-03T10:00"}, "give an offset"),
        ({**GOOD, "id": "b", "published": 20230203}, "published is 20230203; give a date"),
    ],
)
def test_a_bad_report_is_named_by_file_line_and_field(write, line, problem):
    path = write("r.jsonl", [GOOD, line])
    with pytest.raises(BadFile, match=problem) as refused:
        read_reports(path)
    assert str(path) in str(refused.value)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ({"id": "q"}, "line 1: title is None; give a text"),
        ({"id": "q", "title": "Will it?", "open_time": "soon"}, "open_time is 'soon'"),
        (
            {
                "id": "q",
                "title": "t",
                "open_time": "2024-02-02",
                "scheduled_close_time": "2024-02-01",
            },
            "scheduled_close_time is not after open_time",
        ),
    ],
)
def test_a_bad_question_is_named_by_file_line_and_field(write, line, problem):
    with pytest.raises(BadFile, match=problem):
        read_questions(write("q.jsonl", [line]))


def test_half_of_a_character_is_a_question_mark(write):
    """As where another program cut a text within a character beyond the first 65,536."""
    path = write(
        "r.jsonl", ['{"id": "a\\ud83c", "text": "A \\udf27 t", "published": "2024-05-06"}']
    )
    (report,) = read_reports(path)
    assert (report.id, report.text) == ("a?", "A ? t")
    (row,) = match_files(path, write("q.jsonl", [QUESTIONS[0]]), english())
    assert row["report"] == "a?"


def test_a_bare_closing_date_includes_its_day(write):
    line = {
        "id": "q",
        "title": "t",
        "open_time": "2024-02-01",
        "scheduled_close_time": "2024-02-01",
    }
    (question,) = read_questions(write("q.jsonl", [line]))
    assert question.scheduled_close_time.isoformat() == "2024-02-02T00:00:00+00:00"


def test_files_that_cannot_be_read_are_refused(tmp_path):
    (tmp_path / "latin.jsonl").write_bytes(b"\xe9")
    with pytest.raises(BadFile, match="not UTF-8"):
        read_reports(tmp_path / "latin.jsonl")
    with pytest.raises(BadFile, match="no such file"):
        read_reports(tmp_path / "none.jsonl")
    with pytest.raises(BadFile, match="cannot be read"):
        read_reports(tmp_path)


def test_line_separators_inside_a_text_do_not_break_the_line(write):
    path = write("r.jsonl", [json.dumps(GOOD | {"text": "a\u2028b\x85c"}, ensure_ascii=False)])
    assert read_reports(path)[0].text == "a\u2028b\x85c"
