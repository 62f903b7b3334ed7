"""Stories that a person joins or takes apart stay as they were put."""

import pytest

from forecast.desk.reporting import take_in
from forecast.desk.stories import merge, split
from questions.errors import BadInput, Conflict, NotFound
from questions.store import shelf
from questions.store import tables as t
from questions.store.envelope import plain
from tests.forecast.desk.conftest import report

LOCK = (
    "The harbour authority will close the northern lock for a year because of cracks in its "
    "eastern gate, and freighters have to take the longer way around the cape."
)
CHESS = (
    "A chess club in Lima has opened a new hall with forty boards. Its chairwoman hopes for a "
    "tournament next year, when the old hall will have been sold."
)
DRAIN = (
    "Cracks in the eastern gate close the northern lock: freighters take the way around the cape, "
    "the harbour authority says, and that for a year."
)


def meaning(texts):
    """Nothing is known of any word."""
    import numpy as np

    return np.zeros((len(texts), 1))


@pytest.fixture
def read(office):
    """Take texts in, a day apart, and say in which story each is then."""

    def take(*texts, day=1):
        for text in texts:
            take_in(office.on(day), [report(text)], meaning)
        return stories(office)

    return take


def stories(office):
    with office.store.reading() as reading:
        return {one.id: (one.story, one.copy_of) for one in shelf.reports(reading)}


def test_a_merge_puts_every_report_of_a_story_into_the_other(office, read):
    assert read(LOCK, CHESS) == {"R1": ("S1", ""), "R2": ("S2", "")}
    made = merge(office.on(2), "s2", "S1", why="one owner")
    assert made.id == "S1"
    assert stories(office) == {"R1": ("S1", ""), "R2": ("S1", "")}
    (row,) = office.rows(t.STORY_CHANGES)
    assert (row["was"], row["by_hand"], row["actor"], row["why"]) == (
        "S2",
        True,
        "Ana",
        "one owner",
    )


def test_before_it_was_recorded_a_merge_is_not_seen(office, read):
    read(LOCK, CHESS)
    merge(office.on(5), "S2", "S1")
    with office.on(5).reading(as_of=office.on(3).now) as reading:
        assert [one.story for one in shelf.reports(reading)] == ["S1", "S2"]


def test_a_copy_that_is_split_off_is_no_copy_any_more(office, read):
    assert read(LOCK, f"By our staff. {LOCK}")["R2"] == ("S1", "R1")
    assert split(office.on(2), "R2").id == "S2"
    assert stories(office) == {"R1": ("S1", ""), "R2": ("S2", "")}


def test_an_original_that_is_split_off_takes_its_copies_along(office, read):
    read(LOCK, DRAIN, f"By our staff. {DRAIN}")
    split(office.on(3), "R2")
    found = stories(office)
    assert found["R2"][0] == found["R3"][0] != found["R1"][0]
    assert found["R3"][1] == "R2"


def test_what_a_person_took_apart_no_later_report_joins(office, read):
    assert read(LOCK, DRAIN)["R2"][0] == "S1"
    split(office.on(2), "R2")
    read(f"{LOCK} {DRAIN} {CHESS}", day=3)
    found = stories(office)
    assert (found["R1"][0], found["R2"][0]) == ("S1", "S2")


def test_a_retry_is_answered_with_what_was_written(office, read):
    read(LOCK, CHESS)
    desk = office.on(2)
    assert merge(desk, "S2", "S1").head == merge(desk, "S2", "S1").head == office.head()
    assert len(office.rows(t.STORY_CHANGES)) == 1


def test_a_story_that_ended_gives_its_number_to_no_other(office, read):
    read(LOCK, CHESS)
    merge(office.on(2), "S2", "S1")
    assert split(office.on(3), "R2").id == "S3"


def test_what_is_not_there_is_refused(office, read):
    read(LOCK, CHESS)
    with pytest.raises(NotFound, match="S9"):
        merge(office.on(2), "S9", "S1")
    with pytest.raises(NotFound, match="R9"):
        split(office.on(2), "R9")
    with pytest.raises(BadInput, match="another story than S1"):
        merge(office.on(2), "S1", "S1")
    with pytest.raises(Conflict, match="R1 and its copies are all of S1"):
        split(office.on(2), "R1")


def test_a_report_that_shows_that_a_story_is_two_parts_it_by_an_entry(office, read):
    """Two stories were taken for one; the third report tells one of them."""
    with office.on(1).writing() as entry:
        for name, text in (("R1", LOCK), ("R2", CHESS)):
            entry.append("report.read", {**plain(report(text)), "id": name, "story": "S1"})
    after = read(DRAIN, day=2)
    assert after == {"R1": ("S1", ""), "R2": ("S2", ""), "R3": ("S1", "")}
    (row,) = office.rows(t.STORY_CHANGES)
    assert (row["report"], row["was"], row["story"], row["by_hand"]) == ("R2", "S1", "S2", False)
