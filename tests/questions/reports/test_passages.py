from datetime import UTC, datetime

import numpy as np
import pytest

from questions.records import Report
from questions.reports.passages import OPENING_WORDS, passages, passages_of
from questions.reports.terms import counted, terms

PARAGRAPH = "word " * 60


def report(title, text):
    return Report("R1", title, text, datetime(2024, 5, 6, tzinfo=UTC))


def test_a_short_report_is_one_passage_and_a_long_one_has_its_paragraphs():
    assert len(passages(report("Title", "One line."))) == 1
    assert len(passages(report("Title", f"{PARAGRAPH}\n{PARAGRAPH}\nend"))) == 1 + 3


@pytest.mark.parametrize(
    "reports",
    [
        [report("Storm in Oslo", "A storm, said the U.S. envoy.")],
        [report("", "")],
        [
            report("Storm in Oslo", f"Ferries.\n{PARAGRAPH}\nThe storm left."),
            report("", "Only text"),
            report("Only title", ""),
            report("Twice", f"{PARAGRAPH}\n\n{PARAGRAPH}"),
        ],
    ],
)
def test_the_words_of_each_passage_are_those_of_its_text(reports):
    parts = passages_of(reports)
    passage, every = counted(parts.read)
    for place, text in enumerate(parts.texts):
        own, alone = passage == place, terms(text)
        assert every.ids[own].tolist() == alone.ids.tolist()
        assert every.counts[own] == pytest.approx(alone.counts)


def test_each_reports_first_passage_is_the_whole_of_it():
    parts = passages_of(
        [report("A", f"{PARAGRAPH}\n{PARAGRAPH}"), report("B", "b"), report("C", "c")]
    )
    assert parts.first.tolist() == [0, 3, 4]
    assert [parts.texts[place][0] for place in parts.first] == ["A", "B", "C"]


def test_the_opening_is_the_title_and_the_first_words():
    reports = [
        report("One two", "three " * (OPENING_WORDS + 9)),
        report("", "four"),
        report("V", ""),
    ]
    opening = passages_of(reports).opening
    assert np.bincount(opening.text).tolist() == [2 + OPENING_WORDS, 1, 1]
