from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.records import Report
from questions.reports.likeness import FOLLOWING, SPAN, likeness, rarity_of_stories, smoothed
from questions.reports.stories import tell

DAY = datetime(2024, 5, 6, tzinfo=UTC)


def told(name, text, hours=0.0, story=""):
    return tell(Report(name, "", text, DAY + timedelta(hours=hours), story=story or name))


def holding(rare, word):
    ids = tell(Report("", "", word, DAY)).terms.ids
    return int(rare.holding[np.searchsorted(rare.ids, ids[0])])


def test_a_word_is_as_common_as_the_stories_that_hold_it():
    lock = [told(f"R{n}", "the sluice keeper", story="S1") for n in range(5)]
    assert holding(rarity_of_stories(lock), "sluice") == 1
    assert holding(rarity_of_stories([*lock, told("R9", "a sluice")]), "sluice") == 2


def test_the_same_words_are_wholly_alike_and_other_words_not_at_all():
    three = [told("a", "the sluice keeper"), told("b", "sluice keeper"), told("c", "a choir sang")]
    alike = likeness(three, rarity_of_stories(three))
    assert alike[0, :2] == pytest.approx([1.0, 1.0])
    assert alike[0, 2] == 0


def test_time_takes_from_likeness_unless_one_origin_is_named():
    hours = SPAN.total_seconds() / 3600
    unnamed = [told("a", "the sluice broke"), told("b", "the sluice broke", hours)]
    named = [
        told("a", "the sluice broke, a clerk told Reuters"),
        told("b", "the sluice broke, a clerk told Reuters", hours),
    ]
    assert likeness(unnamed, rarity_of_stories(unnamed))[0, 1] == pytest.approx(1 - FOLLOWING)
    assert likeness(named, rarity_of_stories(named))[0, 1] == pytest.approx(1)


def test_a_pair_is_drawn_together_by_a_report_that_both_are_near():
    alone = np.array([[1, 0.2, 0.0], [0.2, 1, 0.0], [0.0, 0.0, 1]])
    between = np.array([[1, 0.2, 0.6], [0.2, 1, 0.6], [0.6, 0.6, 1]])
    assert smoothed(between)[0, 1] > smoothed(alone)[0, 1]


def test_a_crowd_that_is_far_does_not_draw_a_stranger_in():
    crowd = np.full((5, 5), 0.9)
    crowd[4] = crowd[:, 4] = 0.05
    np.fill_diagonal(crowd, 1)
    assert smoothed(crowd)[4, :4].max() < 0.1


@given(st.lists(st.floats(0, 1), min_size=10, max_size=10))
def test_smoothing_stays_between_0_and_1_and_is_symmetric(values):
    alike = np.eye(5)
    alike[np.triu_indices(5, 1)] = values
    alike = np.maximum(alike, alike.T)
    found = smoothed(alike)
    assert found == pytest.approx(found.T)
    assert ((found >= 0) & (found <= 1)).all()
