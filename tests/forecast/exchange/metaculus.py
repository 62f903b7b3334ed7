"""A small Metaculus: posts of every kind, whose forecasts it keeps and whose rules it holds to."""

from datetime import UTC, datetime
from itertools import pairwise

from tests.forecast.exchange.stub import Asked, Reply

TOKEN = "t0psecret"
MADE = datetime(2025, 3, 1, tzinfo=UTC).timestamp()
GRID = [0.0005 + 0.999 * at / 200 for at in range(201)]
EVEN = [at / 200 for at in range(201)]
QUESTIONS = {
    101: {"type": "binary", "title": 'Will =SUM(A1) be "printed"\nby 2090? \u2603'},
    102: {
        "type": "multiple_choice",
        "title": "Who wins?",
        "options": ["@Reds", "Blues", "Other"],
        "all_options_ever": ["@Reds", "Blues", "Other"],
        "options_history": [["0001-01-01T00:00:00", ["@Reds", "Blues", "Other"]]],
    },
    103: {
        "type": "numeric",
        "title": "How many?",
        "scaling": {"range_min": 0, "range_max": 500, "zero_point": None},
        "open_upper_bound": True,
    },
    104: {
        "type": "numeric",
        "title": "How much?",
        "scaling": {"range_min": 1, "range_max": 10000, "zero_point": 0},
    },
    105: {
        "type": "date",
        "title": "When?",
        "scaling": {"range_min": 1767225600, "range_max": 3786912000, "zero_point": None},
        "open_upper_bound": True,
    },
    106: {
        "type": "discrete",
        "title": "How many goals?",
        "scaling": {"range_min": -0.5, "range_max": 10.5, "inbound_outcome_count": 11},
        "inbound_outcome_count": 11,
    },
}
FIRST = {
    101: [0.7, 0.3],
    102: [0.2, 0.3, 0.5],
    103: [at * 0.99 / 200 for at in range(201)],
    104: EVEN,
    105: [at * 0.99 / 200 for at in range(201)],
    106: [at / 11 for at in range(12)],
}
"""What account 7 said of each in March 2025."""


class Metaculus:
    """Answers as the platform; ``clock`` gives the epoch seconds of what is forecast."""

    def __init__(self, clock):
        self.clock = clock
        self.said = {
            number: [{"start_time": MADE, "end_time": None, "forecast_values": values}]
            for number, values in FIRST.items()
        }

    def __call__(self, asked: Asked) -> Reply:
        if asked.headers.get("authorization") != f"Token {TOKEN}":
            return Reply({"detail": "Invalid token."}, status=401)
        match asked.method, *asked.path.strip("/").split("/")[1:]:
            case "GET", "users", "me":
                return Reply({"id": 7, "username": "ana"})
            case "GET", "posts":
                start = int(asked.query["offset"])
                some = sorted(QUESTIONS)[start : start + 4]
                more = start + 4 < len(QUESTIONS) or None
                return Reply({"next": more, "results": [{"id": one - 90} for one in some]})
            case "GET", "posts", number:
                return Reply(self.post(int(number) + 90))
            case "POST", "questions", "forecast":
                return self.forecast(asked.json)
            case "POST", "questions", "withdraw":
                for one in asked.json:
                    self.said[one["question"]][-1]["end_time"] = self.clock()
                return Reply({}, status=201)
        return Reply({"detail": "Not found."}, status=404)

    def post(self, number):
        history = [{"question_id": number, "author_id": 7, **one} for one in self.said[number]]
        question = {
            "id": number,
            "post_id": number - 90,
            "status": "open",
            "resolution_criteria": "+1 if so.\r\n-1 if not.",
            "fine_print": "",
            "description": "",
            "open_time": "2025-01-01T00:00:00Z",
            "scheduled_close_time": "2090-01-01T00:00:00Z",
            "scheduled_resolve_time": "2090-01-01T00:00:00Z",
            "resolution": None,
            "options": None,
            "open_lower_bound": False,
            "open_upper_bound": False,
            "my_forecasts": {"history": history, "latest": history[-1], "score_data": {}},
            "aggregations": {},
            **QUESTIONS[number],
        }
        return {"id": number - 90, "title": question["title"], "question": question}

    def forecast(self, bodies):
        for body in bodies:
            if fault := self.fault(body):
                return Reply([{"non_field_errors": [fault]}], status=400)
        for body in bodies:
            number, now = body["question"], self.clock()
            self.said[number][-1]["end_time"] = now
            step = {"start_time": now, "end_time": None, "forecast_values": values_of(body)}
            self.said[number].append(step)
        return Reply({}, status=201)

    def fault(self, body):
        """What the platform's own rules say against a forecast."""
        asked = QUESTIONS[body["question"]]
        if asked["type"] == "binary":
            return "" if 0.001 <= body["probability_yes"] <= 0.999 else "out of range"
        if asked["type"] == "multiple_choice":
            shares = body["probability_yes_per_category"]
            right = set(shares) == set(asked["options"]) and abs(sum(shares.values()) - 1) < 1e-6
            return "" if right else "wrong options"
        points = body["continuous_cdf"]
        count = asked.get("inbound_outcome_count", 200)
        steps = [round(after - before, 10) for before, after in pairwise(points)]
        is_open = asked.get("open_upper_bound", False)
        sound = (
            len(points) == count + 1
            and min(steps) >= 0.01 / count
            and max(steps) <= 0.2 * 200 / count
            and points[0] == 0
            and (points[-1] <= 0.999 if is_open else points[-1] == 1)
        )
        return "" if sound else "wrong distribution"


def values_of(body):
    """A forecast as its own interface tells it back."""
    if "probability_yes" in body:
        return [1 - body["probability_yes"], body["probability_yes"]]
    if "probability_yes_per_category" in body:
        return [*body["probability_yes_per_category"].values()]
    return body["continuous_cdf"]
