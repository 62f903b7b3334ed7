"""Any table, read through a mapping."""

from datetime import UTC, datetime

import pytest

from forecast.exchange.choosing import batch_of
from forecast.exchange.files import documents_at
from forecast.exchange.plan import Choices, Known
from forecast.exchange.planning import plan_of
from forecast.exchange.records import ME, Person
from questions.errors import BadFile
from questions.records import Discrete, MultipleChoice
from questions.values import NO, YES, Cdf, Chosen, Probability, Shares
from tests.forecast.exchange.samples import read, refusals

HEAD = (
    "question_id,title,open_time,scheduled_close_time,resolution,resolved_at,"
    "forecaster,made_at,prob"
)
ASKED = "q1,Will the kettle boil?,2024-01-01,2024-01-31,yes,2024-01-20"


def lines(*rows, head=HEAD):
    return "\n".join([head, *rows]) + "\n"


def test_a_row_holds_a_forecast_with_its_question_beside_it(tmp_path):
    batch = read(
        tmp_path, "a.csv", lines(f"{ASKED},ana,2024-01-02,30%", f"{ASKED},bo,2024-01-03,.4")
    )
    (asked,) = batch.questions
    assert asked.scheduled_close_time == datetime(2024, 2, 1, tzinfo=UTC)
    assert [(one.by, one.value) for one in batch.forecasts] == [
        (Person("ana"), Probability(0.3)),
        (Person("bo"), Probability(0.4)),
    ]
    (ended,) = batch.resolutions
    assert (ended.outcome, ended.resolved_at) == (YES, datetime(2024, 1, 21, tzinfo=UTC))
    assert batch.mapping is not None


def test_questions_may_stand_in_a_table_of_their_own(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "q.csv").write_text(
        "question_id,title,open_time,scheduled_close_time\nq1,Will it boil?,2024-01-01,2024-02-01\n"
    )
    (tmp_path / "in" / "f.csv").write_text(
        "question_id,forecaster,made_at,prob\nq1,ana,2024-01-02,0.2\n"
    )
    batch = batch_of(documents_at(tmp_path / "in"))
    assert (len(batch.questions), len(batch.forecasts)) == (1, 1)


TWO_TABLES = {
    "forecasts.csv": (
        "question_id,forecaster,made_at,prob\nq1,ana,2024-01-02,0.2\nq2,bo,2024-01-02,.3\n"
    ),
    "questions.csv": (
        "question_id,title,open_time,scheduled_close_time,resolution,resolved_at\n"
        "q1,Will it boil?,2024-01-01,2024-02-01,yes,2024-01-20\n"
        "q2,Will it cool?,2024-01-01,2024-02-01,{resolution},{resolved_at}\n"
    ),
}
"""The forecasts come first, and only name their questions."""


def two_tables(tmp_path, **said):
    for name, text in TWO_TABLES.items():
        (tmp_path / name).write_text(text.format(**said))
    return batch_of(documents_at(tmp_path))


def test_a_resolution_is_refused_where_it_stands(tmp_path):
    (told,) = refusals(two_tables(tmp_path, resolution="maybe", resolved_at="2024-01-20"))
    assert told.startswith("questions.csv line 3, resolution: resolution 'maybe' cannot be used")


def test_a_resolution_that_does_not_fit_the_question_is_refused_where_it_stands(tmp_path):
    batch = two_tables(tmp_path, resolution="no", resolved_at="2023-12-01")
    known = Known(datetime(2024, 6, 1, tzinfo=UTC))
    plan = plan_of(batch, known, Choices(add_members=True))
    assert [one.place for one in plan.refused] == ["questions.csv line 3"]
    assert [one.origin.place for one in batch.questions] == [
        "questions.csv line 2",
        "questions.csv line 3",
    ]


def test_forecasts_alone_are_on_questions_that_came_in_before(tmp_path):
    text = "question_id,forecaster,made_at,prob\nq1,ana,2024-01-02,0.2\n"
    batch = read(tmp_path, "a.csv", text)
    assert not batch.questions
    assert batch.forecasts[0].origin.question == "q1"


def test_without_a_column_of_names_the_forecasts_are_ones_own(tmp_path):
    text = "title,scheduled_close_time,made_at,prob\nWill it boil?,2024-02-01,2024-01-02,0.2\n"
    batch = read(tmp_path, "a.csv", text)
    assert batch.forecasts[0].by == ME
    assert batch.questions[0].open_time == datetime(2024, 1, 2, tzinfo=UTC)


def test_options_and_ranges_are_read(tmp_path):
    head = (
        "question_id,type,options,open_time,scheduled_close_time,resolution,"
        "resolved_at,made_at,probs"
    )
    row = (
        'q1,multiple_choice,Tea; Soup,2024-01-01,2024-01-31,Soup,2024-01-20,2024-01-02,"[0.3, 0.7]"'
    )
    batch = read(tmp_path, "a.csv", lines(row, head=head))
    assert batch.questions[0].kind == MultipleChoice(("Tea", "Soup"))
    assert batch.forecasts[0].value == Shares((("Tea", 0.3), ("Soup", 0.7)))
    assert batch.resolutions[0].outcome == Chosen("Soup")
    head = (
        "question_id,type,range_min,range_max,inbound_outcome_count,open_time,"
        "scheduled_close_time,made_at,cdf"
    )
    row = 'q1,discrete,-0.5,1.5,2,2024-01-01,2024-01-31,2024-01-02,"[0, 0.4, 1]"'
    batch = read(tmp_path, "b.csv", lines(row, head=head))
    assert batch.questions[0].kind == Discrete(-0.5, 1.5, 2)
    assert batch.forecasts[0].value == Cdf((0.0, 0.4, 1.0))


WORDS = "title,scheduled_close_time,made_at,likelihood,prob,analytic confidence"


@pytest.mark.parametrize(
    ("word", "number", "value"),
    [
        ("very likely", "", 0.875),
        ("Almost no chance", "", 0.03),
        ("likely", "0.6", 0.6),
        ("likely", "0.8", 0.8),
        ("very likely", "0.8", 0.8),
        ("unlikely", "0.2", 0.2),
    ],
)
def test_words_of_likelihood_come_in_as_the_middles_of_their_bands(tmp_path, word, number, value):
    rows = [
        f"Will it boil?,2024-02-01,2024-01-02,{word},{number},high",
        "Will it boil?,2024-02-01,2024-01-03,unlikely,0.3,low",
    ]
    one, _ = read(tmp_path, "a.csv", lines(*rows, head=WORDS)).forecasts
    assert one.value == Probability(value)
    assert one.words == word.casefold()
    assert one.confidence == "high"


def test_a_number_outside_the_band_of_its_word_is_refused(tmp_path):
    rows = [
        "Will it boil?,2024-02-01,2024-01-02,likely,0.9,",
        "Will it boil?,2024-02-01,2024-01-03,likely,0.7,",
    ]
    batch = read(tmp_path, "a.csv", lines(*rows, head=WORDS))
    assert "a word for 0.9: 'likely' is 0.55 to 0.8" in refusals(batch)[0]
    assert len(batch.forecasts) == 1


def test_graded_sources_come_in(tmp_path):
    text = "source,grade,why\nEvening Journal,b2,often right\nthe court,A,\nnobody,Z9,\n"
    batch = read(tmp_path, "a.csv", text)
    assert [(one.name, one.grade, one.why) for one in batch.sources] == [
        ("Evening Journal", "B2", "often right"),
        ("the court", "A", ""),
    ]
    assert "a letter A to F" in refusals(batch)[0]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (f"{ASKED},ana,2024-01-02,nan", "no prob"),
        (f"{ASKED},ana,2024-01-02,inf", "prob 'inf' cannot be used"),
        (f"{ASKED},ana,2024-01-02,1.4", "prob '1.4' cannot be used"),
        (f"{ASKED},ana,,0.4", "no made_at"),
        (f"{ASKED},,2024-01-02,0.4", "no forecaster"),
        (f"{ASKED},ana,2024-01-02 10:00,0.4", "a zone in the mapping"),
        ("q2,,2024-01-01,,,,ana,2024-01-02,0.4", "no scheduled_close_time"),
        ("q2,What?,2024-01-01,2024-01-31,maybe,,ana,2024-01-02,0.4", "resolution 'maybe'"),
        ("q1,Will the pot boil?,2024-01-01,2024-01-31,,,ana,2024-01-04,0.4", "give one for each"),
    ],
)
def test_what_cannot_be_used_is_refused_and_the_rest_comes_in(tmp_path, row, fault):
    good = [f"{ASKED},bo,2024-01-0{day},0.{day}" for day in range(2, 8)]
    mapping = None
    if "1.4" in row or "2024-01-02 10" in row:
        from forecast.exchange.mapping import Mapping

        mapping = Mapping({name: name for name in HEAD.split(",")})
    batch = read(tmp_path, "a.csv", lines(*good, row), mapping)
    assert len(batch.forecasts) >= 6
    assert fault in " ".join(refusals(batch))


def test_one_question_with_two_titles_is_refused_wherever_they_stand(tmp_path):
    other = "q1,Will the pot boil?,2024-01-01,2024-01-31,,,ana,2024-01-04,0.4"
    for rows in ((f"{ASKED},bo,2024-01-02,0.3", other), (other, f"{ASKED},bo,2024-01-02,0.3")):
        batch = read(tmp_path, "a.csv", lines(*rows))
        assert not batch.questions


def test_a_table_without_questions_is_refused(tmp_path):
    with pytest.raises(BadFile, match="no column was found that names a question"):
        read(tmp_path, "a.csv", "a,b\n1,2\n")


def test_a_mapping_for_another_table_is_refused(tmp_path):
    from forecast.exchange.mapping import Mapping

    with pytest.raises(BadFile, match="no column 'p', which the mapping names for prob"):
        read(tmp_path, "a.csv", lines(f"{ASKED},ana,2024-01-02,0.4"), Mapping({"prob": "p"}))


@pytest.mark.parametrize(("text", "outcome"), [("1", YES), ("0.0", NO), ("True", YES), ("n", NO)])
def test_answers_are_known_by_many_words(tmp_path, text, outcome):
    row = f"q1,Will it boil?,2024-01-01,2024-01-31,{text},2024-01-20,ana,2024-01-02,0.4"
    assert read(tmp_path, "a.csv", lines(row)).resolutions[0].outcome == outcome


def test_an_open_question_has_no_answer(tmp_path):
    row = "q1,Will it boil?,2024-01-01,2024-01-31,-1,,ana,2024-01-02,0.4"
    assert not read(tmp_path, "a.csv", lines(row)).resolutions
