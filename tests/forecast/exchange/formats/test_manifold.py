"""Manifold: a price path is a crowd, a bet is nobody's forecast."""

from datetime import UTC, datetime

import pytest

from questions.values import NO, YES, Probability, Void
from tests.forecast.exchange.samples import read, refusals, tree, written

OPEN = 1704067200000
DAY = 86_400_000


def market(**more):
    return {
        "id": "m1",
        "question": "Will the kettle boil?",
        "url": "https://manifold.example/alma/kettle",
        "creatorUsername": "alma",
        "outcomeType": "BINARY",
        "createdTime": OPEN,
        "closeTime": OPEN + 30 * DAY,
        **more,
    }


def bet(number, before, after, **more):
    return {
        "id": f"b{number}",
        "contractId": "m1",
        "userId": "u1",
        "createdTime": OPEN + number * DAY,
        "probBefore": before,
        "probAfter": after,
        **more,
    }


def day(number):
    return datetime(2024, 1, number, tzinfo=UTC)


def test_milliseconds_are_read_and_bets_make_a_path_in_order_of_time(tmp_path):
    batch = tree(tmp_path, market(bets=[bet(2, 0.6, 0.7), bet(1, 0.5, 0.6)]))
    (crowd,) = batch.crowds
    assert crowd.name == "market"
    assert [(one.at, one.value.yes) for one in crowd.quotes] == [
        (day(1), 0.5),
        (day(2), 0.6),
        (day(3), 0.7),
    ]
    assert not batch.forecasts


def test_bets_in_a_file_of_their_own_find_their_market(tmp_path):
    import json

    from forecast.exchange.choosing import batch_of
    from forecast.exchange.files import documents_at

    written(tmp_path, "market.json", json.dumps(market()))
    strange = bet(3, 0.7, 0.8, contractId="m9")
    written(tmp_path, "bets.json", json.dumps([bet(1, 0.5, 0.6), strange]))
    (crowd,) = batch_of(documents_at(tmp_path)).crowds
    assert len(crowd.quotes) == 2


def test_redemptions_move_no_price(tmp_path):
    path = [bet(1, 0.5, 0.6), bet(2, 0.6, 0.9, isRedemption=True)]
    (crowd,) = tree(tmp_path, market(bets=path)).crowds
    assert [one.value.yes for one in crowd.quotes] == [0.5, 0.6]


def test_a_market_without_bets_has_the_price_that_it_shows(tmp_path):
    shown = market(probability=0.4, lastUpdatedTime=OPEN + DAY)
    (crowd,) = tree(tmp_path, [shown]).crowds
    assert [(one.at, one.value) for one in crowd.quotes] == [(day(2), Probability(0.4))]


@pytest.mark.parametrize(
    ("word", "outcome"),
    [("YES", YES), ("NO", NO), ("MKT", Void("ambiguous")), ("CANCEL", Void("annulled"))],
)
def test_a_market_ends(tmp_path, word, outcome):
    ended = {"resolution": word, "resolutionTime": OPEN + 5 * DAY, "resolutionProbability": 0.3}
    (one,) = tree(tmp_path, market(**ended)).resolutions
    assert (one.outcome, one.resolved_at) == (outcome, day(6))
    assert ("resolved to 0.3" in one.source) == isinstance(outcome, Void)


def test_each_answer_is_a_question_with_its_own_path(tmp_path):
    answers = [{"id": "a1", "text": "Tea"}, {"id": "a2", "text": "Soup"}]
    path = [bet(1, 0.5, 0.6, answerId="a1"), bet(2, 0.5, 0.2, answerId="a2")]
    several = market(
        outcomeType="MULTIPLE_CHOICE",
        answers=answers,
        bets=path,
        resolution="a1",
        resolutionTime=OPEN + 5 * DAY,
    )
    batch = tree(tmp_path, several)
    assert [one.title for one in batch.questions] == [
        "Will the kettle boil? (Tea)",
        "Will the kettle boil? (Soup)",
    ]
    assert [one.outcome for one in batch.resolutions] == [YES, NO]
    assert [one.quotes[-1].value.yes for one in batch.crowds] == [0.6, 0.2]


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        (market(outcomeType="PSEUDO_NUMERIC"), "other prices are no probabilities"),
        (market(closeTime=None), "no closeTime"),
        (market(resolution="YES"), "no resolutionTime"),
        (market(resolution="HALF", resolutionTime=OPEN), "YES, NO, MKT or CANCEL"),
        (market(bets=[bet(1, 0.5, 1.5)]), "probAfter '1.5' cannot be used"),
        (market(createdTime="soon"), "createdTime 'soon' cannot be used"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path, item, fault):
    assert fault in refusals(tree(tmp_path, [item]))[0]


def test_half_an_answer_is_refused(tmp_path):
    from questions.errors import BadFile

    with pytest.raises(BadFile, match=r"half.json: line 1: it ends in the middle"):
        read(tmp_path, "half.json", '{"id": "m1", "question": "Will the')
