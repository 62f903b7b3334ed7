from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.instants import end_of
from questions.language import english
from questions.lint import check
from questions.records import Binary, Draft, Question, Quotation

OPENS = datetime(2024, 5, 6, tzinfo=UTC)
CRITERIA = (
    "Yes: Ana Duarte is physically present in Kenya between 6 May and 30 June 2024.\n"
    "No: the deadline passes without such a visit.\n"
    "Void: Ana Duarte dies before any visit.\n"
    "Settled by: a statement of her office."
)
GOOD = Question(
    id="Q1",
    title="Will Ana Duarte visit Kenya by 30 June 2024?",
    kind=Binary(),
    open_time=OPENS,
    scheduled_close_time=end_of(datetime(2024, 6, 30, tzinfo=UTC).date()),
    resolution_criteria=CRITERIA,
    family="visit",
    roles=(("visitor", "Ana Duarte"), ("place", "Kenya")),
)


def found(asked: Question | Draft, **around: object) -> list[tuple[str, str]]:
    """Level and place of each finding."""
    return [(f.level, f.where) for f in check(asked, as_of=OPENS, **around)]  # type: ignore[arg-type]


def titled(title: str) -> Question:
    return replace(GOOD, title=title)


@pytest.mark.parametrize(
    "title",
    [
        "Will Ana Duarte visit Kenya by 30 June 2024?",
        "Will the Danish parliament vote on the conscription bill in Kenya by 30 June 2024?",
        "Will at least one Russian official visit Kenya by 30 June 2024?",
        "Will a ceasefire in Kenya take effect by 30 June 2024?",
        "Will US forces leave Kenya by 30 June 2024?",
        "Will the prosecutor of the Mombasa court in Kenya appeal by 30 June 2024?",
        "Will 40 ships pass through Kenya by 30 June 2024?",
        "Will the U.S. test a missile in Kenya by 30 June 2024?",
        "Will the US strike Kenya by 30 June 2024?",
        "Will any country leave the pact of Kenya by 30 June 2024?",
        "Will anyone but Ana Duarte lead Kenya by 30 June 2024?",
        "Will the government shutdown in Kenya end by 30 June 2024?",
        "Will it be legal to fish in Kenya by 30 June 2024?",
        "Will it rain in Kenya by 30 June 2024?",
        "Will It Rained in May win a prize in Kenya by 30 June 2024?",
        "Will President Duarte visit Kenya by 30 June 2024?",
        "When will Ana Duarte visit Kenya in June 2024?",
        "Will the Bank of Kenya raise its key interest rate by 30 June 2024?",
        "Will exports of Kenya equal or exceed those of Ghana by 30 June 2024?",
        "Will Kenya normalise relations with Ghana by 30 June 2024?",
        "Will the failure of a bank in Kenya be the subject of a trial by 30 June 2024?",
        "Will Kenya's regulator say by 30 June 2024 that the cause was the failure of a valve?",
        "Will the cause named by Kenya's regulator be the failure of a valve by 30 June 2024?",
        "Will Ana Duarte succeed Bo Hansen as mayor of Kenya by 30 June 2024?",
    ],
)
def test_a_good_title_is_left_alone(title: str) -> None:
    where = [(f.level, f.where) for f in check(titled(title), as_of=OPENS)]
    assert ("error", "title") not in where
    assert ("warning", "title") not in where


def test_a_good_question_has_no_finding() -> None:
    assert check(GOOD, as_of=OPENS, open_questions=[GOOD]) == ()


@pytest.mark.parametrize(
    ("title", "what"),
    [
        ("", "it is empty"),
        ("Will he visit Kenya by 30 June 2024?", 'pronoun, "he"'),
        ("Will they visit Kenya by 30 June 2024?", 'pronoun, "they"'),
        ("Will this visit Kenya by 30 June 2024?", 'pronoun, "this"'),
        ("Will officials visit Kenya by 30 June 2024?", 'nobody in particular, "officials"'),
        ("Will the government visit Kenya by 30 June 2024?", "nobody in particular"),
        ("Will the enemy leave Kenya by 30 June 2024?", "nobody in particular"),
        ("Will the Russians leave Kenya by 30 June 2024?", 'a people, "Russians"'),
        ("Will the Chinese visit Kenya by 30 June 2024?", 'a people, "Chinese"'),
        ("Will our troops leave Kenya by 30 June 2024?", "first person"),
        ("Will we leave Kenya by 30 June 2024?", "first person"),
        ("Will the visit to Kenya be a major event by 30 June 2024?", "is a judgement"),
        ("Will the talks in Kenya be successful by 30 June 2024?", "is a judgement"),
        ("Will the talks in Kenya be a failure by 30 June 2024?", "is a judgement"),
        (
            "Will the talks in Kenya prove the failure that Ghana fears by 30 June 2024?",
            "judgement",
        ),
        ("Will the talks in Kenya succeed by 30 June 2024?", "is a judgement"),
        ("Will Kenya's isolation grow by 30 June 2024?", "cannot be observed"),
        ("Will the case deepen Kenya's debts by 30 June 2024?", "cannot be observed"),
        ("Will Kenya continue to exist by 30 June 2024?", "what is so already"),
        ("Will Ana Duarte visit Kenya by 30 June 2025?", "but the question closes after"),
    ],
)
def test_a_bad_title_is_an_error(title: str, what: str) -> None:
    errors = [f for f in check(titled(title), as_of=OPENS) if f.level == "error"]
    assert any(what in f.what and f.where == "title" and f.hint for f in errors)


@pytest.mark.parametrize(
    ("title", "what"),
    [
        ("Will Kenya make significant cuts by 30 June 2024?", "“significant” is vague"),
        ("Will Kenya take further steps by 30 June 2024?", "“further” is vague"),
        ("Will Kenya suffer major losses by 30 June 2024?", "“major” is vague"),
        ("Will Kenya be certain to lose by 30 June 2024?", "leaves little to ask"),
        ("Will Kenya buy and/or sell tanks by 30 June 2024?", "two things at once"),
        ("Will Ana Duarte visit Kenya?", "names no deadline"),
        ("Will a comet be seen by 30 June 2024?", "names nobody"),
        ("Will Ana Duarte visit Kenya " + "again " * 40 + "by 30 June 2024?", "characters"),
    ],
)
def test_a_weak_title_is_a_warning(title: str, what: str) -> None:
    warnings = [f for f in check(titled(title), as_of=OPENS) if f.level == "warning"]
    assert any(what in f.what and f.where == "title" for f in warnings)


def test_the_united_states_are_not_the_first_person() -> None:
    errors = check(titled("Will US troops leave Kenya?"), as_of=OPENS)
    assert not any("first person" in f.what for f in errors)


@pytest.mark.parametrize(
    ("criteria", "what"),
    [
        (CRITERIA.replace("Void: Ana Duarte dies before any visit.\n", ""), "what voids"),
        (CRITERIA.replace("No: the deadline passes without such a visit.\n", ""), "counts as no"),
        (CRITERIA.replace("Yes: ", ""), "counts as yes"),
        (CRITERIA.replace("Settled by: a statement of her office.", ""), "name no source"),
        (CRITERIA.replace("in Kenya", "there"), "do not name Kenya"),
        (CRITERIA.replace("30 June", "29 June"), "“6 May”"),
    ],
)
def test_what_the_criteria_leave_out_is_a_warning(criteria: str, what: str) -> None:
    findings = check(replace(GOOD, resolution_criteria=criteria), as_of=OPENS)
    assert [(f.level, f.where) for f in findings] == [("warning", "criteria")]
    assert what in findings[0].what or "but the question closes" in findings[0].what


def test_without_criteria_nothing_settles_a_question() -> None:
    assert found(replace(GOOD, resolution_criteria="")) == [("error", "criteria")]


def test_a_deadline_lies_after_the_opening_and_ahead() -> None:
    assert ("error", "deadline") in found(replace(GOOD, scheduled_close_time=OPENS))
    late = datetime(2024, 8, 1, tzinfo=UTC)
    assert [f.what for f in check(GOOD, as_of=late)] == ["it is over already"]


def test_a_deadline_years_away_is_advised_against() -> None:
    far = datetime(2030, 1, 1, tzinfo=UTC)
    asked = replace(
        GOOD,
        title="Will Ana Duarte visit Kenya by 31 December 2029?",
        scheduled_close_time=far,
        resolution_criteria=CRITERIA.replace("30 June 2024", "31 December 2029"),
    )
    assert found(asked) == [("advice", "deadline")]


def quoting(sentence: str) -> Question:
    return replace(GOOD, quotation=Quotation(sentence, 0, len(sentence)))


def test_the_deadline_is_not_before_the_date_that_the_article_names() -> None:
    asked = quoting("Ana Duarte will visit Kenya on 14 July.")
    assert found(asked) == [("error", "deadline")]


def test_the_deadline_is_within_a_month_of_the_date_that_the_article_names() -> None:
    assert found(quoting("Ana Duarte will visit Kenya on 14 May.")) == [("warning", "deadline")]
    assert found(quoting("Ana Duarte will visit Kenya on 14 June.")) == []


def test_a_quotation_is_exact() -> None:
    text = "Yes. Ana Duarte plans to go."
    exact = replace(GOOD, quotation=Quotation(text[5:], 5, len(text)))
    moved = replace(GOOD, quotation=Quotation(text[5:], 4, len(text)))
    assert found(exact, text=text) == []
    assert found(moved, text=text) == [("error", "quotation")]
    assert found(replace(GOOD, quotation=Quotation(" ", 4, 5)), text=text) == [
        ("error", "quotation")
    ]


def test_a_quotation_in_the_first_person_or_of_a_certainty_is_a_warning() -> None:
    assert found(quoting("We will go to Kenya.")) == [("warning", "quotation")]
    assert found(quoting("Kenya would be certain to object.")) == [("warning", "quotation")]


def test_an_open_question_is_not_asked_twice() -> None:
    again = replace(GOOD, id="", title="Will Kenya receive Ana Duarte by 30 June 2024?")
    findings = check(again, as_of=OPENS, open_questions=[GOOD])
    assert [f.what for f in findings] == [
        "Q1 asks this already: Will Ana Duarte visit Kenya by 30 June 2024?"
    ]


def test_the_same_words_with_another_deadline_are_a_duplicate_too() -> None:
    other = replace(
        GOOD, id="Q2", family="", roles=(), title="Will Ana Duarte visit Kenya by 1 June 2024?"
    )
    assert found(replace(GOOD, family="", roles=()), open_questions=[other]) == [("error", "title")]


def test_a_question_about_another_time_or_other_names_is_new() -> None:
    later = replace(
        GOOD,
        id="Q2",
        open_time=datetime(2024, 8, 1, tzinfo=UTC),
        scheduled_close_time=datetime(2024, 9, 1, tzinfo=UTC),
    )
    other = replace(
        GOOD, id="Q3", title="Will Bo Hansen visit Kenya by 30 June 2024?",
        roles=(("visitor", "Bo Hansen"), ("place", "Kenya")),
    )  # fmt: skip
    assert found(GOOD, open_questions=[later, other]) == []


def test_a_draft_rests_on_nothing_that_came_later() -> None:
    draft = Draft(
        title=GOOD.title,
        family="visit",
        roles=GOOD.roles,
        open_time=datetime(2024, 5, 7, tzinfo=UTC),
        scheduled_close_time=GOOD.scheduled_close_time,
        deadline_reason="",
        resolution_criteria=CRITERIA,
        fine_print="",
        quotation=Quotation("Ana Duarte plans to go.", 0, 23),
    )
    assert found(draft) == [("error", "deadline")]


def test_a_draft_whose_deadline_is_over_comes_too_late() -> None:
    draft = Draft(
        title=GOOD.title,
        family="visit",
        roles=GOOD.roles,
        open_time=OPENS,
        scheduled_close_time=GOOD.scheduled_close_time,
        deadline_reason="",
        resolution_criteria=CRITERIA,
        fine_print="",
        quotation=Quotation("Ana Duarte plans to go.", 0, 23),
    )
    assert found(draft) == []
    late = check(draft, as_of=GOOD.scheduled_close_time)
    assert [(f.level, f.what) for f in late] == [("error", "it is over already")]


def test_with_a_parser_the_agent_itself_needs_a_name() -> None:
    asked = titled("Will the old envoy visit Kenya by 30 June 2024?")
    assert found(asked) == []
    assert found(asked, parser=english()) == [("warning", "title")]
    assert found(GOOD, parser=english()) == []


def test_errors_come_first() -> None:
    levels = [f.level for f in check(titled("will significant things improve"), as_of=OPENS)]
    assert levels == sorted(levels, key=["error", "warning", "advice"].index)


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_is_judged_without_an_exception(title: str, criteria: str) -> None:
    asked = replace(GOOD, title=title, resolution_criteria=criteria)
    for finding in check(asked, as_of=OPENS):
        assert finding.what
        assert finding.hint


@pytest.mark.parametrize("piece", ["1 May 2025 was. ", " ", "already visited ", "A-", "[", "yes\n"])
def test_a_flood_of_words_is_judged_in_a_moment(piece: str) -> None:
    flood = piece * (200_000 // len(piece))
    asked = replace(GOOD, title=flood, resolution_criteria=flood, background=flood)
    asked = replace(asked, quotation=Quotation(flood, 0, len(flood)))
    began = perf_counter()
    assert check(asked, as_of=OPENS, text=flood)
    assert perf_counter() - began < 10


def test_the_linter_needs_no_parser_to_be_imported() -> None:
    import subprocess
    import sys

    code = "import sys, questions.lint; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_light_verb_alone_is_no_sign_that_it_happened() -> None:
    asked = replace(titled("Will Kenya take control of the port by 30 June 2024?"), family="")
    for said, found_there in (
        ("Forces of Kenya have taken the eastern hills.", []),
        ("Forces of Kenya have taken control of the port.", [("warning", "quotation")]),
        ("Forces of Kenya have already taken control of the port.", [("error", "quotation")]),
    ):
        quoted = replace(asked, quotation=Quotation(said, 0, len(said)))
        assert [one for one in found(quoted) if one[1] == "quotation"] == found_there, said
