"""What a program may see and do: what its member may, and no more than the team lets it."""

import pytest

from forecast.agents import deeds
from forecast.desk.agreed import change
from forecast.ledger import EVIDENCE, FORECASTS, SUGGESTIONS
from questions.errors import BadInput, Conflict, NotFound
from tests.forecast.agents.conftest import OPEN, TRAP


def rows(desk, table):
    with desk.store.reading() as read:
        return read.rows(table)


def test_questions_are_listed_by_status_and_tag(desk):
    found = deeds.list_questions(desk(), status="open", tag="oslo", limit=2)
    assert [one["id"] for one in found["questions"]] == ["Q1", "Q2"]
    assert found["more"] == 2
    assert deeds.list_questions(desk(), tag="nowhere")["questions"] == []


def test_a_question_as_of_an_earlier_time_shows_what_was_known(desk):
    then = deeds.read_question(desk(), "Q1", as_of="2023-03-15T12:00Z")
    assert [one["member"] for one in then["forecasts"]] == ["Ana"]
    assert len(deeds.read_question(desk(), "Q1")["forecasts"]) == 2


def test_the_future_is_not_read(desk):
    found = deeds.read_question(desk(), "Q1", as_of="2080-01-01")
    assert found["at"] == "2023-03-23T00:00:00Z"


def test_a_blind_question_shows_others_only_once_one_has_forecast(desk):
    before = deeds.read_question(desk(), "Q4")
    listed = deeds.list_questions(desk())["questions"][3]
    assert (before["forecasts"], "crowd" in before, "joint" in before) == ([], False, False)
    assert (listed["crowd"], listed["n_forecasters"]) == (None, None)
    deeds.log_forecast(desk(), "Q4", "40%", "clouds")
    after = deeds.read_question(desk(11), "Q4")
    assert {one["member"] for one in after["forecasts"]} == {"Bo", "Robot"}
    assert after["crowd"]["n"] == 2


def test_what_others_wrote_stands_apart_from_what_the_store_says(desk):
    found = deeds.read_report(desk(), "R1")
    assert found["by_others"] == {"title": "Clouds over Oslo", "text": TRAP, "next_offset": None}
    assert found["bears_on"] == [{"question": "Q1", "relevance": 0.9}]
    assert not [value for name, value in found.items() if name != "by_others" and value == TRAP]
    assert "article" in deeds.read_question(desk(), "Q1")["by_others"]


def test_a_long_text_comes_in_pieces(desk):
    whole, offset = "", 0
    while offset is not None:
        piece = deeds.read_article(desk(), "a1", offset=offset)["by_others"]
        whole, offset = whole + piece["text"], piece["next_offset"]
    assert whole == "Long. " * 8000


def test_reports_wait_until_this_member_has_judged_them(desk):
    found = deeds.list_reports(desk())
    assert [(one["report"], one["question"]) for one in found["reports"]] == [("R1", "Q1")]
    assert deeds.list_reports(desk(), question="q2")["reports"] == []


def test_a_forecast_is_logged_under_ones_own_name(desk):
    made = deeds.log_forecast(desk(), "Q1", "35%", "the wire says so")
    assert (made["member"], made["value"]) == ("Robot", {"kind": "probability", "yes": 0.35})
    assert rows(desk(), FORECASTS)[-1]["member"] == "Robot"


@pytest.mark.parametrize(
    ("question", "value"),
    [("Q2", "Reds=.3,Blues=.7"), ("Q3", "p10=10,p50=20,p90=30"), ("rain in Oslo", "7/20")],
)
def test_every_kind_of_question_takes_what_people_write(desk, question, value):
    made = deeds.log_forecast(desk(), question, value, "because")
    assert "points" not in made["value"]


@pytest.mark.parametrize(
    ("question", "value", "why", "kind"),
    [
        ("Q1", "1.2", "because", BadInput),
        ("Q1", "1", "because", BadInput),
        ("Q1", "35%", " ", BadInput),
        ("Q9", "35%", "because", NotFound),
        ("Oslo", "35%", "because", BadInput),
    ],
)
def test_what_people_may_not_log_a_program_may_not(desk, question, value, why, kind):
    with pytest.raises(kind):
        deeds.log_forecast(desk(), question, value, why)
    assert len(rows(desk(), FORECASTS)) == 3


def test_a_forecast_can_be_withdrawn_once(desk):
    deeds.log_forecast(desk(), "Q1", "35%", "because")
    assert deeds.withdraw_forecast(desk(11), "Q1")["question"] == "Q1"
    with pytest.raises(Conflict, match="no forecast on Q1 that stands"):
        deeds.withdraw_forecast(desk(12), "Q1")


def test_a_proposal_moves_nothing_until_a_person_judges(desk):
    before = deeds.read_question(desk(), "Q1")["belief"]["prob"]
    made = deeds.propose_report(desk(), "R1", "Q1", relevance=0.8, weight=1.1, why="rain is named")
    assert (made["id"], made["by"], made["waits_for"]) == ("G1", "Robot", "a person")
    assert deeds.read_question(desk(), "Q1")["belief"]["prob"] == before
    assert (len(rows(desk(), SUGGESTIONS)), rows(desk(), EVIDENCE)) == (1, [])


def test_a_program_judges_only_where_the_team_lets_it(desk):
    with pytest.raises(Conflict, match=r"not agreed that programs judge \(agents-judge\); use"):
        deeds.judge_report(desk(), "R1", "Q1", weight=1.0, why="rain")
    change(desk(actor="Ana"), "agents-judge", "on", why="a trial")
    deeds.judge_report(desk(), "R1", "Q1", weight=1.0, why="rain")
    assert rows(desk(), EVIDENCE)[-1]["judge"] == "Robot"
    change(desk(11, actor="Ana"), "agents-judge", "off", why="enough")
    with pytest.raises(Conflict, match="not agreed"):
        deeds.judge_report(desk(12), "R1", "Q1", weight=1.0, why="rain")


@pytest.mark.parametrize("weight", [7.1, -7.1, float("inf"), float("nan")])
def test_a_program_settles_nothing_by_a_weight(desk, weight):
    change(desk(actor="Ana"), "agents-judge", "on", why="a trial")
    with pytest.raises(BadInput, match="weight"):
        deeds.judge_report(desk(), "R1", "Q1", weight=weight, why="rain")


def test_a_program_resolves_only_where_the_team_lets_it(desk):
    answer = {"at": "2023-03-20", "source": "the weather service"}
    with pytest.raises(Conflict, match=r"programs resolve \(agents-resolve\); use propose_res"):
        deeds.resolve_question(desk(), "Q1", "yes", **answer)
    made = deeds.propose_resolution(desk(), "Q1", "yes", **answer, why="it rained")
    assert made["question"] == "Q1"
    assert deeds.read_question(desk(), "Q1")["status"] == "open"
    change(desk(actor="Ana"), "agents-resolve", "on", why="a trial")
    deeds.resolve_question(desk(), "Q1", "yes", **answer)
    assert deeds.read_question(desk(11), "Q1")["status"] == "resolved"


def test_a_list_has_an_end(desk):
    for limit in (0, 201):
        with pytest.raises(BadInput, match="limit"):
            deeds.list_questions(desk(), limit=limit)


def test_what_is_not_there_is_told(desk):
    with pytest.raises(NotFound, match="article 'A9'"):
        deeds.read_article(desk(), "A9")
    with pytest.raises(NotFound, match="report 'R9'"):
        deeds.read_report(desk(), "R9")
    with pytest.raises(BadInput, match="offset"):
        deeds.read_report(desk(), "R1", offset=-1)
    assert deeds.read_report(desk(), "R1", as_of="2023-03-20")["id"] == "R1"
    assert OPEN.year == 2023
