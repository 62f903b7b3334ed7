from dataclasses import replace
from datetime import date

from questions.drafting.events import Event, events_in
from questions.drafting.families import families
from questions.drafting.merging import happenings, key_of
from questions.drafting.names import names_in
from questions.drafting.parsing import parse
from questions.language import english

MONDAY = date(2023, 3, 13)


def events(text: str) -> list[Event]:
    doc = parse(text, english())
    return events_in(doc, names_in(doc), families(), MONDAY)


def test_a_call_and_a_meeting_of_the_same_two_are_one() -> None:
    one, other = events(
        "A proposed call between Ana Duarte and Bo Hansen is late. Bo Hansen hopes to meet Ana "
        "Duarte."
    )
    assert one.family.name != other.family.name
    assert key_of(one) == key_of(other)
    assert len(happenings([one, other], MONDAY)) == 1


def test_the_mention_that_says_most_is_quoted() -> None:
    text = "Ana Duarte may visit Kenya. Ana Duarte plans to visit Kenya next week."
    (merged,) = happenings(events(text), MONDAY)
    assert merged.best.mood == "planned"
    assert len(merged.mentions) == 2


def test_what_happened_is_over_unless_it_repeats_at_a_time_ahead() -> None:
    joined = "Sweden joined NATO on Thursday. Sweden hopes to join NATO."
    assert happenings(events(joined), MONDAY) == []
    again = "Ana Duarte visited Kenya on Thursday. Ana Duarte will visit Kenya next week."
    assert len(happenings(events(again), MONDAY)) == 1


def test_what_has_failed_so_far_is_open_though_part_of_it_happened() -> None:
    (event,) = events("Sudanese forces have failed to encircle Omdurman.")
    before = replace(event, mood="happened")
    assert len(happenings([before, event], MONDAY)) == 1
    assert happenings([before], MONDAY) == []


def test_a_partial_mention_joins_only_where_it_can_mean_no_other() -> None:
    warrant = "The International Criminal Court may issue an arrest warrant for {}. "
    late = "The arrest warrant is expected to arrive on 20 March."
    (alone,) = happenings(events(warrant.format("Bo Hansen") + late), MONDAY)
    assert alone.timed is not None
    two = warrant.format("Bo Hansen") + warrant.format("Ana Duarte") + late
    assert [one.timed for one in happenings(events(two), MONDAY)] == [None, None]


def test_a_mention_of_somebody_else_lends_no_time() -> None:
    text = (
        "The foreign ministers of Norway and Brazil are expected to meet next week to prepare a "
        "summit. Ana Duarte hopes to meet Bo Hansen."
    )
    (merged,) = happenings(events(text), MONDAY)
    assert merged.timed is None


def test_a_mention_that_refers_back_lends_its_time() -> None:
    text = "Ana Duarte hopes to meet Bo Hansen. The meeting is expected next week."
    (merged,) = happenings(events(text), MONDAY)
    assert merged.timed is not None
