"""Metaculus' download: what each column means, and what its faults come to."""

from datetime import UTC, datetime

import pytest

from forecast.exchange.formats.metaculus import all_options, zero_point
from forecast.exchange.kinds import Range, kind_of
from forecast.exchange.records import Person
from questions.errors import BadFile, BadInput
from questions.records import Date, Discrete, MultipleChoice, Numeric
from questions.values import Cdf, Chosen, Moment, Number, Probability, Shares, Void
from tests.forecast.exchange.samples import asked, metaculus, read, refusals, said

OPTIONS = {"Question Type": "multiple_choice", "MC Options (All)": "['Red', \"D'Or\", 'Other']"}
POINTS = [round(at / 200, 6) for at in range(201)]
RANGE = {"Lower Bound": 0, "Upper Bound": 100, "Open Upper Bound": "True"}


def day(number: int) -> datetime:
    return datetime(2024, 1, number, tzinfo=UTC)


def test_questions_keep_their_own_id_their_post_and_their_address(tmp_path):
    (one,) = metaculus(tmp_path, [asked()]).questions
    assert (one.origin.question, one.post) == ("7", "107")
    assert one.url == "https://metaculus.example/questions/107/comet/"
    assert (one.open_time, one.scheduled_close_time) == (day(1), day(11))
    assert one.resolution_criteria == f"As Metaculus resolves it: {one.url}"


def test_a_question_of_a_group_has_its_label_in_its_title(tmp_path):
    (one,) = metaculus(tmp_path, [asked(Label="in Ulm")]).questions
    assert one.title == "Will the comet be seen by the naked eye? (in Ulm)"


def test_a_forecast_keeps_who_when_and_until_when(tmp_path):
    ended = {"End Time": "2024-01-05 00:00:00+00:00", "Probability Yes": 0.123}
    (one,) = metaculus(tmp_path, [asked()], [said(**ended)]).forecasts
    assert (one.by, one.value) == (Person("alma", "17"), Probability(0.123))
    assert (one.made_at, one.ended_at) == (day(2), day(5))
    assert one.origin.place == "download.zip/forecast_data.csv line 2"


def test_bots_are_told_from_people(tmp_path):
    (one,) = metaculus(tmp_path, [asked()], [said(**{"Is Bot": "True"})]).forecasts
    assert one.by.bot


def test_the_id_of_a_post_is_no_id_of_a_question(tmp_path):
    batch = metaculus(tmp_path, [asked()], [said(107)])
    assert not batch.forecasts
    assert "that is the id of a post" in refusals(batch)[0]


def test_an_aggregation_is_a_crowd_and_nobodys_forecast(tmp_path):
    rows = [
        said(**{"Forecaster ID": "", "Forecaster Username": "unweighted", **count})
        for count in ({"Forecaster Count": 3},)
    ]
    batch = metaculus(tmp_path, [asked()], rows)
    (crowd,) = batch.crowds
    assert not batch.forecasts
    assert (crowd.name, crowd.quotes[0].n) == ("unweighted", 3)


def test_options_that_were_added_midway_have_no_share_before(tmp_path):
    row = said(**{"Probability Yes Per Category": "[0.4, None, 0.6]"})
    batch = metaculus(tmp_path, [asked(**OPTIONS)], [row])
    assert batch.questions[0].kind == MultipleChoice(("Red", "D'Or", "Other"))
    assert batch.forecasts[0].value == Shares((("Red", 0.4), ("Other", 0.6)))


def test_lists_of_numpy_are_lists(tmp_path):
    row = said(**{"Probability Yes Per Category": "[np.float64(0.4), None, np.float64(0.6)]"})
    (one,) = metaculus(tmp_path, [asked(**OPTIONS)], [row]).forecasts
    assert one.value == Shares((("Red", 0.4), ("Other", 0.6)))


def test_a_numeric_question_is_read_with_its_scale(tmp_path):
    points = [1e10 ** (at / 200) for at in range(201)]
    row = asked(
        **{
            "Question Type": "numeric",
            "Lower Bound": 1,
            "Upper Bound": 1e10,
            "Continuous Range": points,
        }
    )
    (one,) = metaculus(tmp_path, [row]).questions
    assert isinstance(one.kind, Numeric)
    assert one.kind.zero_point == pytest.approx(0, abs=1e-4)


def test_a_distribution_is_read_point_by_point(tmp_path):
    batch = metaculus(
        tmp_path,
        [asked(**{"Question Type": "numeric", **RANGE, "Resolution": "above_upper_bound"})],
        [said(**{"Continuous CDF": POINTS})],
    )
    assert batch.forecasts[0].value == Cdf(tuple(POINTS))
    assert batch.resolutions[0].outcome == Number(float("inf"))


def test_a_discrete_question_has_as_many_bins_as_its_forecasts(tmp_path):
    bounds = {"Lower Bound": -0.5, "Upper Bound": 3.5, "Resolution": "2"}
    batch = metaculus(
        tmp_path,
        [asked(**{"Question Type": "discrete", **bounds})],
        [said(**{"Continuous CDF": [0, 0.25, 0.5, 0.75, 1]})],
    )
    assert batch.questions[0].kind == Discrete(-0.5, 3.5, 4)
    assert batch.resolutions[0].outcome == Number(2)


def test_a_date_question_is_read_by_its_days(tmp_path):
    bounds = {"Lower Bound": "2024-01-01", "Upper Bound": "2024-07-01"}
    row = asked(
        **{
            "Question Type": "date",
            **bounds,
            "Resolution": "2024-01-05T12:00:00+00:00",
            "Resolution Known Time": "2024-01-06 00:00:00+00:00",
        }
    )
    batch = metaculus(tmp_path, [row])
    july = datetime(2024, 7, 1, tzinfo=UTC)
    assert batch.questions[0].kind == Date(day(1), july, False, False)
    assert batch.resolutions[0].outcome == Moment(datetime(2024, 1, 5, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("yes", Chosen("yes")),
        ("no", Chosen("no")),
        ("annulled", Void("annulled")),
        ("ambiguous", Void("ambiguous")),
    ],
)
def test_a_resolution_has_its_time_and_its_source(tmp_path, text, outcome):
    known = {"Resolution": text, "Resolution Known Time": "2024-01-09 06:00:00+00:00"}
    (one,) = metaculus(tmp_path, [asked(**known)]).resolutions
    assert one.outcome == outcome
    assert one.resolved_at == datetime(2024, 1, 9, 6, tzinfo=UTC)
    assert one.source == "Metaculus, https://metaculus.example/questions/107/comet/"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (said(**{"Probability Yes": "nan"}), "Probability Yes 'nan' cannot be used"),
        (said(**{"Probability Yes": "inf"}), "Probability Yes 'inf' cannot be used"),
        (said(**{"Probability Yes": "1.2"}), "'1.2' cannot be used; give a number from 0 to 1"),
        (said(start="2024-01-02 00:00:00"), "an offset with the time of day"),
        (said(start="yesterday"), "Start Time 'yesterday' cannot be used"),
        (said(**{"Question ID": "8"}), "Question ID '8' cannot be used"),
        (said(**{"End Time": "2023-01-01 00:00:00+00:00"}), "a time after the start"),
    ],
)
def test_a_fault_of_a_row_is_told_with_its_line_and_the_rest_comes_in(tmp_path, row, fault):
    batch = metaculus(tmp_path, [asked()], [said(), row])
    (told,) = refusals(batch)
    assert told.startswith("download.zip/forecast_data.csv line 3: ")
    assert fault in told
    assert len(batch.forecasts) == 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"Question Type": "essay"}, "one of binary, multiple_choice"),
        ({"Open Time": ""}, "no Open Time"),
        ({"Question Type": "multiple_choice"}, "two or more different options"),
        ({"Question Type": "numeric", "Lower Bound": 5, "Upper Bound": 5}, "a bound above 5"),
        ({"Resolution": "perhaps"}, "Resolution 'perhaps' cannot be used"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(tmp_path, change, fault):
    assert fault in refusals(metaculus(tmp_path, [asked(**change)]))[0]


def test_a_download_in_another_encoding_is_refused(tmp_path):
    text = "Question ID,Question Title,Question Type,Open Time\n7,Köln?,binary,\n"
    with pytest.raises(BadFile, match=r"line 2: not text in UTF-8; save it again as UTF-8"):
        read(tmp_path, "question_data.csv", text.encode("latin-1"))


def test_half_a_zip_is_refused(tmp_path):
    metaculus(tmp_path, [asked()])
    whole = (tmp_path / "download.zip").read_bytes()
    with pytest.raises(BadFile, match="it is no whole zip archive"):
        read(tmp_path, "half.zip", whole[: len(whole) // 2])


def test_a_log_scale_of_dates_is_refused():
    with pytest.raises(BadInput, match="dates are taken on an even scale alone"):
        kind_of("date", [], Range("2024-01-01", "2025-01-01", False, False, zero=5.0))


def test_an_even_range_has_no_zero_point():
    assert zero_point(list(range(201)), 0, 200) is None
    assert zero_point(list(range(200)), 0, 199) is None


@pytest.mark.parametrize("count", [200, 201])
def test_a_zero_point_is_told_by_the_points(count):
    low, high, zero = 10.0, 2000.0, -5.0
    ratio = (high - zero) / (low - zero)
    places = [at / (count - 1) for at in range(count)]
    points = [low + (high - low) * (ratio**at - 1) / (ratio - 1) for at in places]
    assert zero_point(points, low, high) == pytest.approx(zero)


def test_spot_scores_look_when_the_community_is_revealed_if_that_is_later(tmp_path):
    shown = [
        metaculus(tmp_path, [asked(**{"CP Reveal Time": f"2024-01-0{at} 00:00:00+00:00"})])
        for at in (1, 5)
    ]
    assert [one.questions[0].spot_scoring_time for one in shown] == [None, day(5)]


def test_options_keep_the_order_in_which_they_came_with_the_catch_all_last():
    history = [[None, ["A", "B", "Other"]], ["2024-01-05", ["B", "C", "Other"]]]
    assert all_options(history, []) == ["A", "B", "C", "Other"]
