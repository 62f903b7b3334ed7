"""Views of questions that are not yes or no, of ladders and of sources, for their pictures."""

from datetime import UTC, datetime, timedelta

from questions.records import Date, Discrete, MultipleChoice, Numeric
from questions.store.decoding import kind_to_json

AT = datetime(2024, 5, 11, tzinfo=UTC)
HOSTILE = (
    "Will <script>alert(1)</script> $x_1$ the \x1b[31mbridge\u202e עברית العربية cost $5 & $6? "
)
LONG = "an extraordinarily longwinded option that nobody can read to its very end " * 3


def shape(low, high, inside=(0.1, 0.2, 0.4, 0.2, 0.05), below=0.0, above=0.05):
    span = (high - low) / len(inside)
    edges = [low + place * span for place in range(len(inside) + 1)]
    return {
        "low": low,
        "high": high,
        "edges": edges,
        "inside": list(inside),
        "below": below,
        "above": above,
    }


def measured(kind, low, high, **more):
    """A view of a number or date between two ends, with a crowd and two members."""
    at = {level: low + (high - low) * share for level, share in LEVELS.items()}
    held = {"ci_low": at["p10"], "ci_high": at["p90"], "ci_prob": 0.9, "at": AT}
    plain = {
        "id": "Q1",
        "title": "How much, or when?",
        "type": "numeric",
        "kind": kind_to_json(kind),
        "resolution": None,
        "belief": {"quantiles": at, "density": shape(low, high), **held},
        "crowd": {
            "n": 2,
            "quantiles": at,
            "short": "some",
            "density": shape(low, high, (0.2, 0.2, 0.2, 0.2, 0.2), 0, 0),
        },
        "forecasts": [
            {"member": "Ana", "active": True, "quantiles": at},
            {"member": "Bo", "active": False, "quantiles": at},
        ],
    }
    return {**plain, **more}


LEVELS = {"p10": 0.2, "p25": 0.3, "p50": 0.45, "p75": 0.6, "p90": 0.8}
NUMBER = measured(Numeric(0, 200, "mm", open_upper_bound=True), 0.0, 200.0)
COUNT = measured(Discrete(-0.5, 4.5, 5), -0.5, 4.5)
DAY = measured(Date(AT, AT + timedelta(days=300)), AT, AT + timedelta(days=300))


def chosen(options, *, members=("Ana", "Bo"), **more):
    """A view of a choice among options, each as likely as its place from the end."""
    total = sum(range(1, len(options) + 1))
    probs = {name: (len(options) - place) / total for place, name in enumerate(options)}
    low, high = ({name: share * by for name, share in probs.items()} for by in (0.5, 1.4))
    plain = {
        "id": "Q2",
        "title": "Who will win?",
        "type": "multiple_choice",
        "kind": kind_to_json(MultipleChoice(tuple(options))),
        "resolution": None,
        "belief": {"probs": probs, "ci_low": low, "ci_high": high, "ci_prob": 0.9, "at": AT},
        "crowd": {"n": 2, "probs": probs, "short": "A 50%"},
        "forecasts": [{"member": name, "active": True, "probs": probs} for name in members],
    }
    return {**plain, **more}


CHOICE = chosen(["Alder", "Birch", "Cedar"])
BLIND = {name: value for name, value in NUMBER.items() if name != "crowd"} | {"forecasts": []}


def rung(number, title, prob, **said):
    return {
        "id": f"Q{number}",
        "title": title,
        "prob": prob,
        "ci_low": prob / 2,
        "ci_high": (1 + prob) / 2,
        "said": said,
    }


LADDER = {
    "id": "L1",
    "title": "Will the ferry stop?",
    "at": AT,
    "rungs": [
        rung(1, "Will the ferry stop by 30 June 2024?", 0.2, Ana=0.1, Bo=0.3),
        rung(2, "Will the ferry stop by 30 September 2024?", 0.3, Ana=0.2),
        rung(3, "Will the ferry stop by 31 December 2024?", 0.5, Ana=0.4, Bo=0.1),
    ],
    "holders": [
        {"who": "belief", "probs": {}, "coherent": True, "nearest": None},
        {
            "who": "Bo",
            "probs": {"Q1": 0.3, "Q3": 0.1},
            "coherent": False,
            "nearest": {"Q1": 0.2, "Q3": 0.2},
        },
    ],
}


def source(name, counts, *, resolved=3, low=None, high=None, fit="M1"):
    return {
        "name": name,
        "counts": counts,
        "ci_low": low,
        "ci_high": high,
        "grade": "B",
        "reports": 7,
        "resolved": resolved,
        "fit": fit,
    }


SOURCES = [
    source("wire", 0.8, low=0.6, high=1.1),
    source("radio", 0.1, low=-0.2, high=0.4),
    source("gazette", 0.4, resolved=0, low=-0.1, high=0.9),
]
WHY = [
    {"cause": "reference class", "reference": "", "nats": 0.4, "title": ""},
    {"cause": "time", "reference": "", "nats": -0.9, "title": ""},
    {"cause": "story", "reference": "S1", "nats": 1.2, "title": "The bridge is closed"},
]
REASONS = {
    "id": "Q1",
    "title": "Will the bridge open?",
    "belief": {"prob": 0.668, "why": WHY, "why_of": {"event": "yes", "prob": 0.668}, "at": AT},
}
