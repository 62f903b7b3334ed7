from datetime import date

from questions.drafting.events import Event, events_in
from questions.drafting.families import families
from questions.drafting.names import names_in
from questions.drafting.parsing import parse
from questions.language import english

MONDAY = date(2023, 3, 13)


def events(text: str) -> list[Event]:
    doc = parse(text, english())
    return events_in(doc, names_in(doc), families(), MONDAY)


def only(text: str, family: str) -> Event:
    (event,) = (event for event in events(text) if event.family.name == family)
    return event


def test_an_event_has_its_names_mood_and_window() -> None:
    event = only("Ana Duarte plans to visit Kenya next week.", "visit")
    assert {role: name.text for role, name in event.roles.items()} == {
        "visitor": "Ana Duarte",
        "place": "Kenya",
    }
    assert event.mood == "planned"
    assert event.window is not None
    assert event.window.phrase == "next week"
    assert event.complete


def test_a_time_of_another_clause_is_not_the_events() -> None:
    event = only(
        "The call would take place after Ana Duarte visits Kenya next week, and Bo Hansen may "
        "resign.",
        "resignation",
    )
    assert event.window is None


def test_a_nearby_past_is_what_happened_and_a_far_one_says_nothing() -> None:
    assert only("Ana Duarte visited Kenya last week.", "visit").mood == "happened"
    assert only("Ana Duarte visited Kenya in 2019.", "visit").mood == "unknown"


def test_an_attempt_on_a_bare_weekday_is_past() -> None:
    assert only("North Korea launched a missile on Friday.", "missile").window is None


def test_a_part_that_was_taken_leaves_the_rest_open() -> None:
    event = only("Sudanese troops captured parts of Omdurman.", "capture")
    assert event.mood == "attempted"


def test_an_object_that_no_form_has_makes_it_another_event() -> None:
    assert not any(event.complete for event in events("Kenya will withdraw its bill from Oslo."))


def test_one_name_does_not_fill_both_sides() -> None:
    event = only("Kenya hopes to hold talks with Kenya.", "negotiation")
    assert not event.complete
