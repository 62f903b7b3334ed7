"""What a desk shows is as of its hour, for who sits there, and ready for scoring."""

import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

import forecast
from tests.forecast.python.test_pooling import ASKED, SAID

PNG = b"\x89PNG"


def test_a_question_is_shown_as_it_was(desk):
    forecast.resolve(forecast.seat(desk, now="2030-03-05"), "Q1", "yes", source="its clerk")
    late = forecast.seat(desk, now="2030-03-06")
    assert forecast.question(late, "ferry")["status"] == "resolved"
    assert forecast.question(late, "Q1", as_of="2030-03-02")["status"] == "open"


def test_the_tables_of_a_store_can_be_scored(desk):
    forecast.predict(desk, "Q1", 0.8)
    late = forecast.seat(desk, now="2030-03-05")
    forecast.resolve(late, "Q1", "yes", source="its clerk")
    scores = forecast.score(*forecast.tables(late), "brier")
    assert scores[["forecaster", "score"]].to_numpy().tolist() == [
        ["Ana", pytest.approx(0.04, abs=1e-12)]
    ]


def test_the_tables_of_an_empty_store_have_their_columns(tmp_path):
    with forecast.open_desk(tmp_path / "new.db", now="2030-01-01", create="replay") as desk:
        said, asked = forecast.tables(desk)
    assert forecast.score(said, asked, "brier").empty
    assert "points" in forecast.leaderboard(said, asked)


def test_a_question_is_drawn(desk):
    figure = forecast.plot(desk, "Q1")
    assert figure.axes


def test_a_notebook_shows_a_picture_where_nobody_has_loaded_pyplot(desk):
    drawn, _ = DisplayFormatter().format(forecast.plot(desk, "Q1"), include={"image/png"})
    assert drawn["image/png"].startswith(PNG)


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (lambda: forecast.leaderboard(SAID, ASKED), "leads"),
        (lambda: forecast.backtest(SAID, ASKED, ["mean", "median"]), "Brier"),
        (lambda: forecast.calibrate(SAID, ASKED), "miscalibration"),
    ],
)
def test_what_was_found_is_drawn(found, title):
    figure = forecast.draw(found())
    assert title in str(figure.get_label())
    assert figure._repr_png_().startswith(PNG)


def test_a_table_of_something_else_is_not_drawn():
    with pytest.raises(ValueError, match="leaderboard"):
        forecast.draw(pd.DataFrame({"question_id": ["a"]}))


def test_nobody_is_not_drawn():
    with pytest.raises(ValueError, match="nobody to rank"):
        forecast.draw(forecast.leaderboard(SAID.iloc[:0], ASKED))
