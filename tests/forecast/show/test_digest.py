"""The digest, and the news in short beside the overview: what happened, to which question."""

from datetime import UTC, datetime

import pytest

from forecast.show.digest import lines_of, print_digest, print_news
from forecast.views.digest import PARTS

NOW = datetime(2030, 4, 27, 9, tzinfo=UTC)


def found(**parts):
    head = {"member": "", "at": NOW, "since": datetime(2030, 4, 26, 8, 30, tzinfo=UTC)}
    return {**head, **{key: [] for key in PARTS}, **parts}


def row(**said):
    return {"question": "Q1", "title": "Rain?", **said}


def report(number, *, judged):
    said = {"report": f"R{number}", "headline": f"Clouds {number}", "source": "wire"}
    return row(**said, judged=judged)


CLOSE = datetime(2030, 4, 29, tzinfo=UTC)
TOLD = [
    ("due", row(closes=CLOSE, reason="due"), "Closes tomorrow"),
    ("due", row(closes=CLOSE, reason="new to you"), "New to you, closes tomorrow"),
    ("stale", row(closes=CLOSE, reason="moved"), "Moved, closes tomorrow"),
    ("closed", row(closes=NOW, reason=""), "Closed today"),
    ("moved", row(move=-0.1734, prob=0.519, believed="51.9%"), "Fell 17.3 points to 51.9%"),
    ("moved", row(move=0.2, prob=None, believed="p50 20"), "20% of it moved, to p50 20"),
    ("reported", report(1, judged=False), "R1 Clouds 1 (wire), not judged yet"),
    ("reported", {**report(2, judged=True), "source": ""}, "R2 Clouds 2"),
    ("proposed", row(outcome="yes", source="gauge", by="Bo"), "Yes by Bo (gauge)"),
    ("resolved", row(outcome="no", source="gauge", said="-"), "No (gauge)"),
    ("resolved", row(outcome="no", source="gauge", said="30%"), "No, you said 30% (gauge)"),
    ("clarified", row(at=NOW, by="Bo", why="sleet counts"), "“sleet counts” (Bo, today)"),
    ("disputed", row(at=NOW, by="Bo", why="it was sleet"), "“it was sleet” (Bo, today)"),
    ("commented", row(at=NOW, by="Bo", text="clouds"), "Bo, today: “clouds”"),
]


@pytest.mark.parametrize(("part", "one", "said"), TOLD, ids=[said for *_, said in TOLD])
def test_a_line_says_what_happened_and_then_to_which_question(part, one, said):
    *_, line = lines_of(found(**{part: [one]}))
    assert line == f"- {said}: Q1 Rain?"


def test_every_part_has_its_heading_and_a_line_of_its_own():
    assert {part for part, *_ in TOLD} == set(PARTS)
    headings = {lines_of(found(**{part: [one]}))[1] for part, one, _ in TOLD}
    assert len(headings) == len(PARTS)


def test_the_first_line_tells_the_day_as_people_do(capsys):
    print_digest(found(member="Ana"))
    shown = capsys.readouterr().out
    assert shown == "Tidings for Ana, 27 Apr 2030, 09:00 UTC; news since yesterday, 08:30\n"


def test_new_reports_are_told_once_the_others_wait_in_the_overview(capsys):
    print_news(found(reported=[report(1, judged=True), report(2, judged=False)]))
    assert capsys.readouterr().out == "\nNew reports\n- R1 Clouds 1 (wire): Q1 Rain?\n"


def test_without_news_there_is_nothing_to_print(capsys):
    print_news(found(reported=[report(2, judged=False)]))
    assert capsys.readouterr().out == ""
