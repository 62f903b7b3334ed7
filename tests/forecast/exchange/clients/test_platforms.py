"""Each platform's interface as its documents have it: pages, faults, one's own data alone."""

import pytest

from forecast.exchange.clients import cultivate, fatebook, manifold, metaculus, predictionbook
from forecast.exchange.clients.calling import Line
from forecast.exchange.clients.secrets import Key, Secret
from questions.errors import BadFile, BadInput, NotFound, Unanswered, Unavailable
from tests.forecast.exchange.stub import PAGE, Clock, Reply, served, wire

TOKEN = Key(Secret("t0psecret"), "header", "Token")


def post(number, **more):
    question = {"id": number + 7000, "type": "binary", "my_forecasts": {"history": []}}
    return {"id": number, "title": f"Post {number}", "question": question, **more}


class Metaculus:
    """A few posts that account 7 forecast on, in pages of two whatever is asked for."""

    def __init__(self, numbers=(11, 12, 13), short=2):
        self.numbers, self.short = numbers, short

    def __call__(self, asked):
        match asked.path.split("/")[2:]:
            case ["users", "me", ""]:
                return Reply({"id": 7, "username": "ana"})
            case ["posts", ""]:
                return self.listed(int(asked.query["offset"]))
            case ["posts", number, ""] if int(number) in self.numbers:
                return Reply(post(int(number)))
        return Reply({"detail": "Not found."}, status=404)

    def listed(self, offset):
        some = self.numbers[offset : offset + self.short]
        more = offset + self.short < len(self.numbers)
        following = "http://elsewhere.test/api/posts/?offset=2" if more else None
        listed = [{"id": number} for number in some]
        return Reply({"next": following, "previous": None, "results": listed})


def metaculus_at(stub, **more):
    return Line(metaculus.service(f"{stub.url}/api").with_key(TOKEN), wire(**more))


def test_a_history_is_every_post_of_ones_own_account_whole():
    told = []
    with served(Metaculus()) as stub, metaculus_at(stub) as line:
        found = metaculus.history(line, told=lambda done, of: told.append((done, of)))
    assert [one["id"] for one in found["results"]] == [11, 12, 13]
    assert found["results"][0]["question"]["id"] == 7011
    lists = [one for one in stub.asked if one.path == "/api/posts/"]
    assert [one.query["forecaster_id"] for one in lists] == ["7", "7"]
    assert {one.headers["authorization"] for one in stub.asked} == {"Token t0psecret"}
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_account_that_was_named_is_not_asked_for():
    with served(Metaculus()) as stub, metaculus_at(stub) as line:
        metaculus.history(line, account=7)
    assert "GET /api/users/me/" not in stub.paths


def test_a_back_end_without_accounts_gives_what_one_forecast_on_alone():
    usual = Metaculus()
    said = {"history": [{"start_time": 1}]}

    def answer(asked):
        if "users" in asked.path:
            return Reply({"detail": "Not found."}, status=404)
        if asked.path.endswith("/12/"):
            return Reply(post(12, question={"id": 7012, "my_forecasts": said}))
        return usual(asked)

    with served(answer) as stub, metaculus_at(stub) as line:
        assert [one["id"] for one in metaculus.history(line)["results"]] == [12]
        assert [one["id"] for one in metaculus.history(line, account=7)["results"]] == [11, 12, 13]


def test_a_post_that_is_gone_meanwhile_stays_as_the_list_had_it():
    usual = Metaculus()
    gone = Reply({"detail": "Not found."}, status=404)
    answer = lambda asked: gone if asked.path.endswith("/12/") else usual(asked)  # noqa: E731
    with served(answer) as stub, metaculus_at(stub) as line:
        found = metaculus.history(line)["results"]
    assert [one["id"] for one in found] == [11, 12, 13]
    assert found[1] == {"id": 12}


@pytest.mark.parametrize(
    "held",
    [
        {"question": {"my_forecasts": {"latest": {"start_time": 1}}}},
        {"group_of_questions": {"questions": [{"id": 1}, {"my_forecasts": {"history": [1]}}]}},
        {"conditional": {"question_yes": {}, "question_no": {"my_forecasts": {"history": [1]}}}},
    ],
)
def test_a_post_of_any_shape_shows_whether_one_forecast_on_it(held):
    def answer(asked):
        if asked.path == "/api/posts/":
            return Reply({"next": None, "results": [{"id": 1, **held}, {"id": 2, "notebook": {}}]})
        return Reply({}, status=404)

    with served(answer) as stub, metaculus_at(stub) as line:
        assert [one["id"] for one in metaculus.history(line)["results"]] == [1]


def test_a_list_that_repeats_itself_comes_to_an_end():
    class Stuck(Metaculus):
        def listed(self, offset):
            return super().listed(0)

    with served(Stuck()) as stub, metaculus_at(stub) as line:
        found = metaculus.history(line)
    assert [one["id"] for one in found["results"]] == [11, 12]


@pytest.mark.parametrize(
    ("path", "reply", "said"),
    [
        ("/api/posts/", Reply({"results": None}), "/posts/ gives no list of results"),
        ("/api/posts/", Reply({"items": []}), "/posts/ gives no list of results"),
        ("/api/posts/", Reply([]), "/posts/ gives no list of results"),
        ("/api/posts/", Reply({"results": [{"pk": 1}]}), "gives a post without an id"),
        ("/api/posts/12/", Reply({"id": 99}), "/posts/12/ gives no post 12"),
        ("/api/users/me/", Reply({"user": 7}), "/users/me/ names no account"),
    ],
)
def test_a_changed_field_is_told_with_its_address(path, reply, said):
    usual = Metaculus()
    changed = lambda asked: reply if asked.path == path else usual(asked)  # noqa: E731
    with (
        served(changed) as stub,
        metaculus_at(stub) as line,
        pytest.raises(BadFile, match=said),
    ):
        metaculus.history(line)


def test_a_guard_in_the_middle_of_a_history_is_told():
    usual = Metaculus()
    guarded = lambda asked: PAGE if asked.path.endswith("/13/") else usual(asked)  # noqa: E731
    with (
        served(guarded) as stub,
        metaculus_at(stub) as line,
        pytest.raises(Unavailable, match="with a page"),
    ):
        metaculus.history(line)


def test_a_post_that_is_gone_is_named():
    with (
        served(Metaculus()) as stub,
        metaculus_at(stub) as line,
        pytest.raises(NotFound, match="no entry at Metaculus 'post 99'"),
    ):
        metaculus.post(line, 99)


def test_forecasts_and_withdrawals_go_out_as_lists():
    with served(lambda _: Reply({}, status=201)) as stub, metaculus_at(stub) as line:
        metaculus.send(line, [{"question": 7011, "probability_yes": 0.35}])
        metaculus.withdraw(line, [{"question": 7011}])
    assert stub.paths == ["POST /api/questions/forecast/", "POST /api/questions/withdraw/"]
    assert [one.json for one in stub.asked] == [
        [{"question": 7011, "probability_yes": 0.35}],
        [{"question": 7011}],
    ]
    assert stub.asked[0].headers["content-type"] == "application/json"


def test_a_forecast_that_may_have_arrived_is_in_doubt():
    with (
        served(lambda _: Reply(drop=True)) as stub,
        metaculus_at(stub) as line,
        pytest.raises(Unanswered, match="it may have been taken"),
    ):
        metaculus.send(line, [{"question": 7011, "probability_yes": 0.35}])
    assert len(stub.asked) == 1


def test_fatebook_is_read_page_by_page_until_nothing_new_comes():
    items = [{"id": f"q{n}", "title": f"Question {n}"} for n in range(5)]

    def answer(asked):
        start = int(asked.query.get("cursor", 0))
        return Reply({"items": items[start : start + 2]})

    with served(answer) as stub:
        key = Key(Secret("k3y"), "query", "apiKey")
        with Line(fatebook.service(stub.url).with_key(key), wire()) as line:
            assert fatebook.history(line) == {"items": items}
    assert [one.query.get("cursor") for one in stub.asked] == [None, "2", "4", "5"]
    assert {one.query["apiKey"] for one in stub.asked} == {"k3y"}


def test_fatebook_that_knows_no_pages_is_read_once_over():
    items = [{"title": "One"}, {"title": "Two"}]
    answer = Reply({"items": items})
    with served(lambda _: answer) as stub, Line(fatebook.service(stub.url), wire()) as line:
        assert fatebook.history(line) == {"items": items}


@pytest.mark.parametrize("body", [{"questions": []}, {"items": {}}, {"items": ["q1"]}, None])
def test_fatebook_with_another_answer_is_told(body):
    with (
        served(lambda _: Reply(body)) as stub,
        Line(fatebook.service(stub.url), wire()) as line,
        pytest.raises(BadFile, match="interface may have changed"),
    ):
        fatebook.history(line)


def test_predictionbook_is_read_until_a_page_is_empty():
    pages = {"1": [{"id": 1}, {"id": 2}], "2": [{"id": 3}]}

    def answer(asked):
        return Reply({"user": {"id": 9}, "predictions": pages.get(asked.query["page"], [])})

    with served(answer) as stub, Line(predictionbook.service(stub.url), wire()) as line:
        found = predictionbook.history(line)
    assert found == {"predictions": [{"id": 1}, {"id": 2}, {"id": 3}]}
    assert [one.query["page"] for one in stub.asked] == ["1", "2", "3"]
    assert stub.asked[0].path == "/api/my_predictions"


def manifold_stub(asked):
    bets = [{"id": f"b{n}", "probAfter": n / 10} for n in (5, 4, 3, 2, 1)]
    match asked.path:
        case "/slug/will-it-rain" | "/slug/rain" | "/market/M1x":
            return Reply({"id": "M1x", "question": "Will it rain?", "outcomeType": "BINARY"})
        case "/bets":
            before = asked.query.get("before")
            start = next((n + 1 for n, one in enumerate(bets) if one["id"] == before), 0)
            return Reply(bets[start : start + 2])
    return Reply({"message": "not found"}, status=404)


@pytest.mark.parametrize(
    "name", ["M1x", "will-it-rain", "rain", "https://manifold.markets/a/will-it-rain"]
)
def test_a_market_comes_with_all_its_bets(name):
    with served(manifold_stub) as stub, Line(manifold.service(stub.url), wire()) as line:
        found = manifold.market(line, name)
    assert [one["id"] for one in found["bets"]] == ["b5", "b4", "b3", "b2", "b1"]
    assert found["question"] == "Will it rain?"
    first = next(one for one in stub.asked if one.path == "/bets")
    assert first.query == {"contractId": "M1x", "limit": "1000"}


def test_manifold_is_asked_five_hundred_times_a_minute_at_most():
    clock = Clock()
    with served(manifold_stub) as stub, Line(manifold.service(stub.url), wire(clock)) as line:
        manifold.market(line, "M1x")
    assert clock.now == pytest.approx((len(stub.asked) - 1) * 0.12)


@pytest.mark.parametrize("name", ["", "..", "a b", "é"])
def test_what_can_be_no_market_is_not_asked_for(name):
    with pytest.raises(BadInput, match="its id, its slug or its address"):
        manifold.named(name)


def test_a_market_that_is_not_there_is_named():
    with (
        served(manifold_stub) as stub,
        Line(manifold.service(stub.url), wire()) as line,
        pytest.raises(NotFound, match="'market M2'"),
    ):
        manifold.market(line, "M2")


class Cultivate:
    """A site with three questions and two members; its pages count from ``first``."""

    def __init__(self, first, header):
        self.first, self.header = first, header
        self.said = [
            {"id": 50, "question_id": 2, "membership_id": 5},
            {"id": 51, "question_id": 3, "membership_id": 5},
            {"id": 52, "question_id": 3, "membership_id": 6},
        ]
        self.questions = [{"id": number, "name": f"Question {number}"} for number in (1, 2, 3)]

    def __call__(self, asked):
        if asked.path == "/oauth/token":
            return Reply({"access_token": "b4b4", "token_type": "bearer", "expires_in": 7200})
        if asked.headers.get("authorization") != "Bearer b4b4":
            return Reply({}, status=401)
        name = asked.path.rpartition("/")[2]
        every = self.said if name == "prediction_sets" else self.questions
        page = max(int(asked.query["page"]) - self.first, 0)
        headers = {self.header: "2"} if self.header else {}
        return Reply({name: every[2 * page : 2 * page + 2]}, headers=headers)


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("header", ["X-Total-Pages", "Total-Pages", ""])
def test_a_site_gives_one_members_forecasts_and_their_questions(first, header):
    with served(Cultivate(first, header)) as stub:
        site = cultivate.service(stub.url)
        site = cultivate.log_in(site, wire(), email="ana@example.org", password=Secret("pass word"))
        with Line(site, wire()) as line:
            found = cultivate.history(line, 5)
    assert [one["id"] for one in found["prediction_sets"]] == [50, 51]
    assert [one["id"] for one in found["questions"]] == [2, 3]
    assert stub.asked[0].body == b"grant_type=password&email=ana%40example.org&password=pass+word"
    assert "b4b4" not in repr(site)


def test_a_wrong_password_is_told_and_not_repeated():
    refused = lambda _: Reply({"error": "invalid_grant for hunter2"}, status=401)  # noqa: E731
    with served(refused) as stub:
        site, password = cultivate.service(stub.url), Secret("hunter2")
        with pytest.raises(BadFile, match="not accepted") as caught:
            cultivate.log_in(site, wire(), email="ana@example.org", password=password)
    assert "hunter2" not in str(caught.value)


def test_a_site_that_gives_no_token_is_told():
    with served(lambda _: Reply({"token": "x"})) as stub:
        site, password = cultivate.service(stub.url), Secret("p")
        with pytest.raises(BadFile, match="gives no token"):
            cultivate.log_in(site, wire(), email="a@b.c", password=password)
