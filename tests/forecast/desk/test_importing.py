"""A history comes in: once, in any order, counted from its claimed time, all of it or nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecast.desk.asking import ask
from forecast.desk.desk import Desk
from forecast.desk.importing import bring_in, preview
from forecast.desk.predicting import Said, add_member, predict
from forecast.desk.scoring import scores
from forecast.desk.settling import reopen, resolve
from forecast.exchange.origins import origins, outsiders, quotes
from forecast.exchange.plan import Choices, Known
from forecast.exchange.planning import plan_of
from forecast.exchange.records import (
    ME,
    Batch,
    Origin,
    Person,
    PlatformComment,
    PlatformCrowd,
    PlatformForecast,
    PlatformQuestion,
    PlatformResolution,
    PlatformSource,
    Quote,
)
from forecast.ledger import COMMENTS, FORECASTS, IMPORTS, KINDS
from forecast.people.roster import forecasts, members
from forecast.people.sources import register
from questions.records import Binary, MultipleChoice
from questions.store import shelf
from questions.store.checking import check
from questions.store.store import open_store
from questions.store.tables import PROPOSALS
from questions.values import NO, YES, Cdf, Probability, Void

OPEN = datetime(2024, 1, 1, tzinfo=UTC)
NOW = datetime(2024, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)
ALMA, BEN = Person("alma", "1"), Person("ben", "2")
EVERYBODY = Choices(add_members=True)


def origin(question="7", place="line 1"):
    return Origin("metaculus", question, place)


def asked(question="7", title="Will the comet be seen?", **more):
    record = PlatformQuestion(
        origin=origin(question),
        title=title,
        kind=Binary(),
        open_time=OPEN,
        scheduled_close_time=OPEN + 10 * DAY,
        url=f"https://metaculus.example/{question}",
        post=f"10{question}",
    )
    return replace(record, **more)


def said(prob=0.3, day=1.0, by=ALMA, question="7", ended=None, place="line 1", **more):
    until = None if ended is None else OPEN + ended * DAY
    made = OPEN + day * DAY
    where = origin(question, place)
    return PlatformForecast(where, by, Probability(prob), made, until, **more)


def ended(outcome=YES, day=9.0, question="7"):
    return PlatformResolution(origin(question), outcome, OPEN + day * DAY, "Metaculus, its page")


def batch(*items, platform="metaculus"):
    kinds = {
        "questions": PlatformQuestion,
        "forecasts": PlatformForecast,
        "resolutions": PlatformResolution,
        "crowds": PlatformCrowd,
        "comments": PlatformComment,
        "sources": PlatformSource,
    }
    parts = {
        name: tuple(one for one in items if isinstance(one, kind)) for name, kind in kinds.items()
    }
    return Batch(platform, **parts)


class Office:
    """A store and its clock."""

    def __init__(self, place, label="live"):
        place = Path(place) / "a.db" if isinstance(place, str | Path) else place
        self.store = open_store(place, KINDS, create_with=(label, OPEN))
        self.turn = 0

    def desk(self, now=NOW):
        self.turn += 1
        return Desk(self.store, now, "", f"turn {self.turn}")

    def bring(self, *items, choices=EVERYBODY, now=NOW):
        return bring_in(self.desk(now), batch(*items), choices, "a.zip").plan

    def read(self, look):
        with self.store.reading() as read:
            return look(read)

    def forecasts(self):
        return self.read(forecasts)

    def tracked(self, question="Q1"):
        found = self.read(lambda read: shelf.questions(read, NOW, only=question))
        return found[0]

    def entries(self):
        return self.read(lambda read: sum(1 for _ in read.events()))

    def sound(self):
        return self.read(lambda read: check(read, KINDS)) == []


@pytest.fixture
def office(tmp_path):
    found = Office(tmp_path)
    yield found
    found.store.close()


def refused(plan):
    return [f"{one.place}: {one.what}; give {one.right}" for one in plan.refused]


def test_what_comes_in_is_marked_and_counts_from_its_claimed_time(office):
    office.bring(asked(), said(why="a hunch"), ended())
    (one,) = office.forecasts()
    assert one.imported
    assert (one.made_at, one.recorded_at, one.why) == (OPEN + DAY, NOW, "a hunch")
    assert office.tracked().status == "resolved"
    assert office.tracked().resolution.source == "Metaculus, its page"
    assert office.sound()


def test_a_question_keeps_its_origin(office):
    office.bring(asked())
    (kept,) = office.read(lambda read: origins(read, "Q1"))
    assert kept == {
        "platform": "metaculus",
        "theirs": "7",
        "post": "107",
        "url": "https://metaculus.example/7",
    }


def test_a_dry_run_writes_nothing(office):
    before = office.entries()
    plan = preview(office.desk(), batch(asked(), said(), ended()), EVERYBODY).plan
    assert plan.counts()["forecasts"] == 1
    assert office.entries() == before


def test_the_same_again_adds_nothing(office):
    history = (asked(), said(), said(0.4, 2, ended=3), said(0.2, 1.5, BEN), ended())
    first = office.bring(*history)
    entries = office.entries()
    again = office.bring(*history)
    assert first.counts()["forecasts"] == 3
    assert not any(again.counts().values())
    assert again.already == 5
    assert office.entries() == entries


def test_a_longer_history_adds_only_what_is_new(office):
    office.bring(asked(), said())
    plan = office.bring(asked(), said(ended=2), said(0.4, 2), ended())
    assert {name: count for name, count in plan.counts().items() if count} == {
        "forecasts": 1,
        "resolutions": 1,
    }
    assert [(one.value.yes, one.ended_at) for one in office.forecasts()] == [
        (0.3, None),
        (0.4, None),
    ]


def test_a_standing_forecast_ends_once_the_platform_says_when(office):
    office.bring(asked(), said())
    plan = office.bring(asked(), said(ended=4))
    assert plan.counts()["endings"] == 1
    (one,) = office.forecasts()
    assert one.ended_at == OPEN + 4 * DAY
    assert not any(office.bring(asked(), said(ended=4)).counts().values())
    assert office.sound()


def test_a_forecast_that_is_to_expire_holds_until_then(office):
    office.bring(asked(), said(ended=90))
    (one,) = office.forecasts()
    assert one.ended_at == OPEN + 90 * DAY > NOW


def test_an_end_where_the_next_begins_is_no_end(office):
    office.bring(asked(), said(ended=2), said(0.4, 2, ended=5))
    assert [one.ended_at for one in office.forecasts()] == [None, OPEN + 5 * DAY]


def test_a_forecast_before_the_opening_comes_in(office):
    office.bring(asked(), said(day=-1), ended())
    (one,) = office.read(lambda read: scores(office.store, read, NOW, ["brier"]))
    assert one.score == pytest.approx(0.49)


def test_a_forecast_to_come_is_refused(office):
    plan = office.bring(asked(), said(day=90))
    assert "a time that has come" in refused(plan)[0]


def test_two_values_at_one_instant_are_both_refused(office):
    plan = office.bring(asked(), said(0.3, place="line 2"), said(0.4, place="line 3"))
    assert sorted(line[:6] for line in refused(plan)) == ["line 2", "line 3"]
    assert not office.forecasts()


def test_another_value_than_on_record_is_refused(office):
    office.bring(asked(), said())
    assert "what is on record as F1" in refused(office.bring(asked(), said(0.9)))[0]


def test_a_refused_question_takes_its_forecasts_with_it(office):
    bad = asked(scheduled_close_time=OPEN)
    plan = office.bring(bad, said())
    assert [line.partition(";")[0] for line in refused(plan)] == [
        "line 1: question '7' cannot be used",
        "line 1: scheduled close '2024-01-01T00:00:00Z' cannot be used",
    ]


def test_a_forecast_on_nothing_is_refused(office):
    assert "import the questions with it" in refused(office.bring(said()))[0]


@pytest.mark.parametrize(
    "bad",
    [
        (asked(title="No\x00where?"),),
        (asked(), said(why="half \ud800")),
        (asked(), said(by=Person("al\x00ma"))),
        (asked(), PlatformComment(origin(), ALMA, "\x00", OPEN)),
    ],
)
def test_text_that_no_engine_keeps_is_refused(office, bad):
    assert "text without NUL characters" in refused(office.bring(*bad))[0]
    assert office.sound()


def test_a_value_of_another_kind_is_refused(office):
    wrong = replace(said(), value=Cdf((0.0, 1.0)))
    assert "a number from 0 to 1" in refused(office.bring(asked(), wrong))[0]


def test_a_question_of_two_forms_is_refused(office):
    plan = office.bring(asked(), asked(title="Another?"))
    assert "one form of it" in refused(plan)[0]
    assert not plan.questions


def test_what_looks_like_a_question_on_record_is_told_until_somebody_decides(office):
    add_member(office.desk(), "alma")
    close = OPEN + 10 * DAY
    made = ask(office.desk(OPEN), "Will the comet be seen", closes=close, criteria="Seen.")
    plan = office.bring(asked(), said())
    assert "--onto 7=Q1 if it is Q1, --onto 7=new if not" in refused(plan)[0]
    other = office.bring(asked(), said(), choices=replace(EVERYBODY, onto={"7": "new"}))
    assert other.questions[0][0].id == "Q2"
    assert made.id == "Q1"


def test_a_history_can_join_a_question_that_was_asked_by_hand(office):
    close = OPEN + 10 * DAY
    ask(office.desk(OPEN), "Will the comet be seen", closes=close, criteria="Seen.")
    onto = replace(EVERYBODY, onto={"7": "Q1"})
    plan = office.bring(asked(), said(), ended(), choices=onto)
    assert (plan.joined[0][0], plan.counts()["questions"]) == ("Q1", 0)
    assert office.tracked().status == "closed"
    (waiting,) = office.read(lambda read: read.rows(PROPOSALS))
    assert waiting["outcome"] == {"kind": "chosen", "option": "yes"}
    again = office.bring(asked(), said(), ended())
    assert not any(again.counts().values())


def test_a_question_joins_only_one_of_its_kind(office):
    ask(office.desk(OPEN), "How?", closes=NOW, criteria="-", kind=MultipleChoice(("A", "B")))
    plan = office.bring(asked(), choices=replace(EVERYBODY, onto={"7": "Q1"}))
    assert "a question of the same kind" in refused(plan)[0]
    plan = office.bring(asked(), choices=replace(EVERYBODY, onto={"7": "Q9"}))
    assert "an id on record" in refused(plan)[0]


def test_a_resolution_that_changed_there_changes_here(office):
    office.bring(asked(), said(), ended(YES))
    plan = office.bring(asked(), said(), ended(NO))
    assert plan.reopened == ["Q1"]
    assert office.tracked().resolution.outcome == NO
    (one,) = office.read(lambda read: scores(office.store, read, NOW, ["brier"]))
    assert one.score == pytest.approx(0.09)


def test_what_a_person_resolved_is_not_overruled(office):
    office.bring(asked(), said())
    resolve(office.desk(), "Q1", "no", resolved_at=OPEN + 8 * DAY, source="the observatory")
    plan = office.bring(asked(), said(), ended(YES))
    assert "Q1 is no here" in refused(plan)[0]
    assert office.tracked().resolution.outcome == NO


def test_what_a_person_reopened_stays_open(office):
    office.bring(asked(), said(), ended(YES))
    reopen(office.desk(), "Q1", "the page was wrong")
    plan = office.bring(asked(), said(), ended(YES))
    assert "reopened here" in plan.notes[0]
    assert office.tracked().resolution is None


@pytest.mark.parametrize(
    ("end", "fault"),
    [
        (ended(day=-1), "a time after the opening"),
        (ended(day=99), "a time that has come"),
    ],
)
def test_a_resolution_at_an_impossible_time_is_refused(office, end, fault):
    assert fault in refused(office.bring(asked(), end))[0]


def test_a_void_question_scores_nobody(office):
    office.bring(asked(), said(), ended(Void("annulled")))
    assert office.read(lambda read: scores(office.store, read, NOW, ["brier"])) == []


def test_a_price_path_is_a_crowd_and_no_member(office):
    path = (Quote(OPEN, Probability(0.5)), Quote(OPEN + DAY, Probability(0.6), 4))
    crowd = PlatformCrowd(origin(), "market", path)
    office.bring(asked(), crowd)
    kept = office.read(lambda read: quotes(read, "Q1"))
    assert [(one["value"]["yes"], one["n"]) for one in kept] == [(0.5, None), (0.6, 4)]
    assert office.read(members) == []
    longer = PlatformCrowd(origin(), "market", (*path, Quote(OPEN + 2 * DAY, Probability(0.7))))
    assert office.bring(asked(), longer).counts()["quotes"] == 1


def test_bots_are_scored_against_the_crowd_and_are_no_part_of_it(office):
    bot = Person("robot", "9", bot=True)
    office.bring(asked(), said(0.5), said(0.5, by=BEN), said(0.9, by=bot), ended())
    assert office.read(outsiders) == {"robot"}
    found = office.read(lambda read: scores(office.store, read, NOW, ["peer"]))
    peers = {one.forecaster: one.score for one in found}
    assert peers["alma"] == peers["ben"] == pytest.approx(0)
    assert peers["robot"] > 50


def test_spot_scores_look_when_the_platform_did(office):
    office.bring(asked(spot_scoring_time=OPEN + 2 * DAY), said(0.5), said(0.9, 5), ended())
    (one,) = office.read(lambda read: scores(office.store, read, NOW, ["spot_baseline"]))
    assert one.score == pytest.approx(0)


def test_an_early_close_there_is_one_here(office):
    office.bring(asked(actual_close_time=OPEN + 4 * DAY), said(0.5), said(0.9, 5), ended())
    (one,) = office.read(lambda read: scores(office.store, read, NOW, ["brier"]))
    assert one.score == pytest.approx(0.25)


def test_comments_come_in_once_with_their_time(office):
    words = PlatformComment(origin(), ALMA, "It is cloudy.", OPEN + DAY)
    office.bring(asked(), words)
    office.bring(asked(), words)
    (row,) = office.read(lambda read: read.rows(COMMENTS))
    assert (row["id"], row["text"], row["effective_at"]) == ("C1", "It is cloudy.", OPEN + DAY)


def test_graded_sources_come_in_once(office):
    def graded(name, grade):
        return PlatformSource(origin(""), name, grade)

    office.bring(graded("Evening Journal", "B2"))
    plan = office.bring(graded("evening journal", "B2"), graded("the court", "A"))
    assert plan.counts()["sources"] == 1
    plan = office.bring(
        graded("Evening Journal", "C"), graded("the pub", "D"), graded("the pub", "E")
    )
    found = office.read(register)
    assert [one.grades[-1][1] for one in found.sources] == ["C", "A"]
    assert "one grade for one source" in refused(plan)[0]


def test_words_and_confidence_stay_with_a_forecast(office):
    office.bring(asked(), said(0.875, words="very likely", confidence="low"))
    (one,) = office.forecasts()
    assert (one.words, one.confidence) == ("very likely", "low")


def test_ones_own_data_needs_ones_name(office):
    assert "whose forecasts these are" in refused(office.bring(asked(), said(by=ME)))[0]
    choices = Choices(me="Ana", add_members=True)
    office.bring(asked(), said(by=ME), choices=choices)
    assert [one.member for one in office.forecasts()] == ["Ana"]


def test_a_live_forecast_and_an_imported_one_stand_beside_each_other(office):
    add_member(office.desk(OPEN), "alma")
    later = NOW + 5 * DAY
    office.bring(asked(scheduled_close_time=later), said())
    predict(office.desk(), [Said("alma", "Q1", 0.6)])
    plan = office.bring(asked(scheduled_close_time=later), said(ended=4))
    assert plan.counts()["endings"] == 1
    assert [one.ended_at for one in office.forecasts()] == [OPEN + 4 * DAY, None]


def test_what_an_import_did_is_on_record(office):
    office.bring(asked(), said(), said(0.4))
    (row,) = office.read(lambda read: read.rows(IMPORTS))
    assert (row["file"], row["counts"]["questions"], row["counts"]["refused"]) == ("a.zip", 1, 2)


def test_a_csv_id_that_means_another_question_is_refused(office):
    def of_csv(title):
        return replace(asked(title=title), origin=Origin("csv", "1", "line 2"))

    bring_in(office.desk(), batch(of_csv("One?"), platform="csv"), EVERYBODY)
    plan = bring_in(office.desk(), batch(of_csv("Two?"), platform="csv"), EVERYBODY).plan
    assert "Q1 came in under this id" in refused(plan)[0]


def test_a_title_that_changed_there_is_noted(office):
    office.bring(asked())
    plan = office.bring(asked(title="Will the comet be seen by eye?"))
    assert "Q1 reads otherwise at its source now" in plan.notes[0]


def test_a_failure_leaves_nothing_behind(office, monkeypatch):
    before = office.entries()
    monkeypatch.setattr("forecast.desk.importing._quotes", lambda plan: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        office.bring(asked(), said())
    assert office.entries() == before


def test_every_engine_takes_a_history_once(new_place):
    office = Office(new_place())
    crowd = PlatformCrowd(origin(), "market", (Quote(OPEN, Probability(0.5)),))
    words = PlatformComment(origin(), ALMA, "It is cloudy.", OPEN + DAY)
    history = (asked(), said(), said(0.4, 2, BEN), ended(), crowd, words)
    office.bring(*history)
    assert not any(office.bring(*history).counts().values())
    assert office.sound()
    found = office.read(lambda read: scores(office.store, read, NOW, ["brier"]))
    assert [one.forecaster for one in found] == ["alma", "ben"]
    office.store.close()


def test_a_replay_takes_a_history_too(tmp_path):
    office = Office(tmp_path, "replay")
    office.bring(asked(), said(), ended())
    (row,) = office.read(lambda read: read.rows(FORECASTS))
    assert row["mode"] == "import"
    office.store.close()


PEOPLE = st.sampled_from([ALMA, BEN, Person("cleo", "3"), Person("alma_b", "1"), Person("ben")])
histories = st.lists(
    st.builds(
        said,
        st.sampled_from([0.1, 0.5, 0.9]),
        st.sampled_from([-1.0, 1.0, 2.0, 5.0, 12.0]),
        PEOPLE,
        st.sampled_from(["7", "8", "9"]),
        st.sampled_from([None, 13.0, 14.0]),
    ),
    max_size=12,
)
quickly = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def told(items):
    """What an import would do, without the order in which it was read."""
    plan = plan_of(batch(*items), Known(NOW), EVERYBODY)
    rows = {
        (one.question, one.member, one.said.value, one.said.made_at, one.expires)
        for one in plan.forecasts
    }
    return rows, sorted(refused(plan)), plan.members, plan.counts()


@quickly
@given(histories)
def test_law_importing_twice_is_importing_once(history):
    with TemporaryDirectory() as folder:
        office = Office(folder)
        try:
            items = (asked("7"), asked("8", "And a second?"), *history, ended())
            first = office.bring(*items)
            entries = office.entries()
            again = office.bring(*items)
            assert office.entries() == entries
            assert len(again.refused) == len(first.refused)
        finally:
            office.store.close()


@given(histories, st.randoms(use_true_random=False))
def test_law_the_order_of_rows_changes_nothing(history, random):
    items = [asked("7"), asked("8", "And a second?"), *history, ended()]
    shuffled = list(items)
    random.shuffle(shuffled)
    assert told(shuffled) == told(items)


@quickly
@given(histories, st.integers(0, 12))
def test_law_a_history_in_two_parts_is_the_history(history, cut):
    """Of rows that do not contradict each other, by people of whom all is known."""
    asks = [asked("7"), asked("8", "And a second?")]
    kept = {(one.origin.question, one.by.id, one.made_at): one for one in history if one.by.id}
    rows = [one for one in kept.values() if one.ended_at is None]
    with TemporaryDirectory() as folder:
        office = Office(folder)
        try:
            office.bring(*asks, *rows[:cut])
            office.bring(*asks, *rows)
            found = sorted((one.question, one.made_at) for one in office.forecasts())
        finally:
            office.store.close()
    whole, *_ = told([*asks, *rows])
    assert found == sorted((question, made) for question, _, _, made, _ in whole)
