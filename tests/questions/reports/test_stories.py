from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.records import Report
from questions.reports.stories import Placement, gather, place, tell

DAY = datetime(2024, 5, 6, 8, tzinfo=UTC)
WIRE = (
    "The harbour authority is preparing to close the northern lock for a year, an engineer told "
    "Reuters on Monday. Cracks were found in its eastern gate during the winter inspection.\n"
    "Freighters would have to take the longer way around the cape, which adds two days. The "
    "shipping companies have asked the ministry for compensation and want a decision by June.\n"
    "The ministry declined to comment. Nobody was hurt when a pump failed at the lock in March."
)
SENTENCES = WIRE.replace("\n", " ").split(". ")
REWRITE = (
    "A year without the northern lock: so gloomy is the outlook after inspectors discovered cracks "
    "in a gate of the harbour's main passage. Reuters reported the plan, quoting an engineer of "
    "the authority. Shipping companies demand compensation for the detour of their freighters "
    "around the cape; the ministry is silent."
)
OTHER = (
    "Freight rates in the harbour rose again in April, the chamber of commerce said. Grain ships "
    "paid a fifth more than a year ago, mostly because of the price of diesel and of insurance."
)
FAR = "The choir of the sailing club sang Brahms in the tower, and the mayor conducted an encore."


def report(name, text, hours=0.0, title=""):
    return Report(name, title, text, DAY + timedelta(hours=hours))


def stories(*reports):
    return {told.id: told.story for told in gather(reports)}


def known(*texts):
    return gather(report(f"R{n}", text) for n, text in enumerate(texts, start=1))


@pytest.mark.parametrize(
    "text",
    [
        WIRE,
        f"By our harbour correspondent\n\n{WIRE}\n\nWith material from the agencies.",
        SENTENCES[0] + ". " + SENTENCES[2] + ".",
        ". ".join(reversed(SENTENCES)),
        WIRE.upper().replace(",", " —"),
    ],
    ids=["itself", "with a byline", "cut down", "shuffled", "restyled"],
)
def test_a_repetition_is_a_copy_in_the_same_story(text):
    found = place(report("R9", text), known(OTHER, WIRE))
    assert (found.story, found.copy_of) == ("R2", "R2")


def test_a_longer_text_that_holds_a_known_one_is_its_copy():
    assert place(report("R9", WIRE), known(SENTENCES[0])).copy_of == "R1"


def test_a_copy_is_a_copy_however_late_it_comes():
    assert place(report("R9", WIRE, hours=9000), known(WIRE)).copy_of == "R1"


def test_a_copy_of_a_copy_repeats_the_first():
    longer = f"{WIRE} {FAR}"
    half = ". ".join(SENTENCES[2:]) + f" {FAR}"
    assert [told.copy_of for told in known(WIRE, longer, half)] == ["", "R1", "R1"]


def test_a_rewrite_from_one_origin_tells_the_story_and_is_no_copy():
    found = place(report("R9", REWRITE, hours=20), known(WIRE, FAR))
    assert found == Placement("R1", "", "Reuters")


def test_after_three_days_a_rewrite_is_news_again():
    assert place(report("R9", REWRITE, hours=73), known(WIRE, FAR)).story is None


def test_a_shared_origin_bridges_time_that_words_alone_do_not():
    short = "Cracks in the northern lock will send freighters around the cape, {}. Crews grumble."
    named, unnamed = short.format("Reuters reported"), short.format("it is feared")
    assert place(report("R9", unnamed, hours=1), known(WIRE, FAR)).story == "R1"
    assert place(report("R9", unnamed, hours=60), known(WIRE, FAR)).story is None
    assert place(report("R9", named, hours=60), known(WIRE, FAR)).story == "R1"


def test_another_story_on_the_topic_is_another_story():
    assert place(report("R9", OTHER), known(WIRE)).story is None


def test_short_texts_are_not_copies_by_accident():
    short = "The ministry declined to comment on Monday."
    assert [told.copy_of for told in known(WIRE, short, short, "", "")] == [""] * 5


def test_the_first_report_begins_a_story():
    assert place(report("R1", WIRE), []) == Placement(None, "", "Reuters")


def test_a_known_report_keeps_the_story_that_it_was_given():
    moved = replace(tell(report("R1", WIRE)), story="S7")
    assert place(report("R2", WIRE), [moved]).story == "S7"


@settings(max_examples=30, deadline=None)
@given(
    st.permutations(
        [
            report("W", WIRE),
            report("byline", f"By our own correspondent.\n{WIRE}"),
            report("cut", SENTENCES[0] + ". " + SENTENCES[1] + "."),
            report("other", OTHER),
            report("far", FAR),
        ]
    )
)
def test_the_order_of_arrival_does_not_change_clear_stories(arrival):
    together = {
        frozenset(k for k, v in found.items() if v == s)
        for found in [stories(*arrival)]
        for s in found.values()
    }
    assert together == {frozenset({"W", "byline", "cut"}), frozenset({"other"}), frozenset({"far"})}


@given(st.lists(st.text("abcdefgh", min_size=1), min_size=8))
def test_a_text_of_eight_words_or_more_that_differ_is_a_copy_of_itself(chosen):
    text = " ".join(f"{word}{place}" for place, word in enumerate(chosen))
    assert place(report("R2", text), known(text)).copy_of == "R1"


@given(st.text(), st.text())
def test_any_text_finds_a_place(one, other):
    found = place(report("R2", other, title=one), known(one))
    assert found.story in {None, "R1"}


def moved(where):
    return dict(where.moved)


BRIDGE = (
    "Cracks in the eastern gate close the northern lock, and freighters take the way around the "
    "cape. Shipping companies ask the ministry for compensation; inspectors found the cracks in "
    "winter, and a pump failed in March."
)


def test_a_later_report_shows_that_two_stories_are_one():
    halves = [
        replace(tell(report("R1", WIRE)), story="S1"),
        replace(tell(report("R2", BRIDGE)), story="S2"),
        replace(tell(report("R3", FAR)), story="S3"),
    ]
    found = place(report("R9", REWRITE), halves)
    assert (found.story, moved(found)) == ("S1", {"R2": "S1"})


def test_a_story_that_a_person_put_together_is_not_joined():
    halves = [
        replace(tell(report("R1", WIRE)), story="S1"),
        replace(tell(report("R2", BRIDGE), held=True), story="S2"),
    ]
    assert moved(place(report("R9", REWRITE), halves)).get("R2") is None


def test_copies_go_where_their_original_goes():
    told = [
        replace(tell(report("R1", WIRE)), story="S1"),
        replace(tell(report("R2", BRIDGE)), story="S2"),
        replace(tell(report("R3", f"By our staff. {BRIDGE}")), story="S2", copy_of="R2"),
    ]
    assert moved(place(report("R9", REWRITE), told)) == {"R2": "S1", "R3": "S1"}


def lumped(**held):
    """A story in which two stories were put, when little was known of either."""
    texts = {"R1": WIRE, "R2": BRIDGE, "R3": OTHER}
    every = [replace(tell(report(name, text), **held), story="S1") for name, text in texts.items()]
    copy = replace(tell(report("R4", f"By our staff. {OTHER}")), story="S1", copy_of="R3")
    return [*every, replace(copy, held=every[0].held)]


def test_a_later_report_shows_that_a_story_is_two():
    found = place(report("R9", REWRITE), lumped())
    assert (found.story, moved(found)) == ("S1", {"R3": 1, "R4": 1})
    assert found.beginning() == 1


def test_nothing_parts_with_a_story_that_a_person_put_together():
    assert moved(place(report("R9", REWRITE), lumped(held=True))) == {}


def test_a_story_that_begins_has_a_name_of_its_own():
    (new,) = gather([report("S1", FAR)], lumped())
    assert new.story == "S1'"


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(6)))
def test_copies_in_any_order_are_one_story_and_point_at_the_first(order):
    copies = [report(f"R{n}", f"By writer {n}. {WIRE}", hours=n) for n in range(6)]
    told = gather(copies[n] for n in order)
    first = f"R{order[0]}"
    assert {one.story for one in told} == {first}
    assert [one.copy_of for one in told] == ["", *[first] * 5]
