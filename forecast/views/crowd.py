"""What a team says together, and what each said, as plain dictionaries."""

from collections.abc import Collection, Sequence
from datetime import datetime

from forecast.belief.dossier import Dossier, active
from forecast.crowd.aggregate import pooled_at, taught_by
from forecast.crowd.learned import Lesson
from forecast.crowd.methods import LEARNED
from forecast.crowd.past import answered
from forecast.desk.believing import dossiers
from forecast.desk.scoring import resolved
from forecast.exchange.origins import outsiders
from forecast.histories.history import History, histories
from forecast.histories.targets import Target, target_of
from forecast.people.roster import forecasts
from forecast.people.sight import blinds
from forecast.probability import logit
from forecast.records import Forecast
from forecast.scoring.points import peer
from forecast.views.elsewhere import elsewhere
from forecast.views.sheets import Sheet, density_sheet, distance, short, value_sheet
from forecast.writing.values import format_value
from questions.errors import Conflict
from questions.records import Binary, Kind, MultipleChoice, Tracked
from questions.store import shelf
from questions.store.envelope import plain
from questions.store.reading import Reading
from questions.values import Cdf, Probability, Value

DEFAULT_METHOD = "log_odds_mean"
HIDDEN = "hidden"
"""What stands for the crowd in few words where the reader may not see it."""


def default_method(kind: Kind) -> str:
    """How forecasts are pooled where nobody says how: numbers and dates by the linear pool."""
    return DEFAULT_METHOD if isinstance(kind, Binary | MultipleChoice) else "mean"


def crowd_view(
    tracked: Tracked,
    dossier: Dossier,
    method: str,
    at: datetime,
    lesson: Lesson | None = None,
    *,
    outside: Collection[str] = (),
) -> Sheet:
    """The crowd's value as of an instant; once the question has closed, the last before that.

    A method that learns needs its ``lesson``; those ``outside`` are no part of the crowd.

    Raises:
        BadInput: a method that is not known.
    """
    history = _history(tracked, dossier, outside)
    pooled, kind = pooled_at(history, method, at, lesson), tracked.question.kind
    said = format_value(kind, pooled.value) if pooled.value else "-"
    value = value_sheet(kind, pooled.value) if pooled.value or _is_binary(kind) else {}
    told: Sheet = {"says": said, "short": short(kind, pooled.value)}
    if isinstance(pooled.value, Cdf):
        told["density"] = density_sheet(kind, pooled.value)
    return {"method": method, "at": at, "n": pooled.n, **value, **told}


def _history(tracked: Tracked, dossier: Dossier, outside: Collection[str]) -> History:
    return histories([target_of(tracked)], dossier.forecasts, outside)[0]


def _is_binary(kind: Kind) -> bool:
    return isinstance(kind, Binary)


def crowd_of(read: Reading, reference: str, method: str | None, at: datetime) -> Sheet:
    """What the crowd says of the question that a reference names.

    Raises:
        NotFound: no question of that id or title.
        BadInput: several questions, or a method that is not known.
        Conflict: the question is blind, and hides it from the reader.
    """
    tracked = shelf.find_question(read, reference, at)
    question = tracked.question.id
    if question in read.veil.hidden:
        right = "`tidings predict` first; `tidings reveal` shows it all the same"
        raise Conflict(f"{question} hides what others say until you have forecast it", right)
    dossier = dossiers(read, at, only=question)[question]
    chosen = method or default_method(tracked.question.kind)
    outside = outsiders(read)
    history = _history(tracked, dossier, outside)
    lesson = _learned(read, history, chosen, at) if chosen in LEARNED else None
    return {
        "question": question,
        **crowd_view(tracked, dossier, chosen, at, lesson, outside=outside),
        "elsewhere": elsewhere(read, tracked.question, at),
    }


def _learned(read: Reading, history: History, method: str, at: datetime) -> Lesson:
    """What a method had learned by an instant from the answers that were known by then."""
    over = resolved(read, at)
    past = answered(histories(over, _said_of(read, over)), peer)
    return taught_by(past, method, [history], [at])[0]


def _said_of(read: Reading, targets: Sequence[Target]) -> list[Forecast]:
    wanted = {one.id for one in targets}
    return [one for one in forecasts(read) if one.question in wanted]


def apart(read: Reading, question: str, member: str, at: datetime) -> Sheet:
    """The crowd of a question with how far it lies from what a member holds of it.

    ``points`` and ``log_odds`` say by how much the member is higher, of a probability;
    ``distance`` says it of anything, from 0 to 1. The crowd has the member in it.
    """
    found = crowd_of(read, question, None, at)
    tracked = shelf.find_question(read, question, at)
    dossier = dossiers(read, at, only=question)[question]
    mine = next(one.value for one in active(dossier.forecasts, at) if one.member == member)
    crowd = pooled_at(_history(tracked, dossier, outsiders(read)), found["method"], at).value
    return {"crowd": found, "from_crowd": None if crowd is None else _apart(mine, crowd)}


def _apart(mine: Value, crowd: Value) -> Sheet:
    far: Sheet = {"distance": distance(mine, crowd)}
    if isinstance(mine, Probability) and isinstance(crowd, Probability):
        odds = 0.0 if mine == crowd else logit(mine.yes) - logit(crowd.yes)
        far |= {"points": mine.yes - crowd.yes, "log_odds": odds}
    return far


def blind_view(read: Reading, question: str) -> Sheet | None:
    """Until when a question is blind, and whether it hides something from the reader."""
    found = blinds(read, question)
    hidden = question in read.veil.hidden
    return {"until": found[-1].until, "hidden": hidden} if found else None


def forecast_rows(dossier: Dossier, at: datetime) -> list[Sheet]:
    """Everything that was forecast on a question, oldest first; ``active`` marks what holds."""
    holding = {one.id for one in active(dossier.forecasts, at)}
    return [
        {
            **plain(one),
            **value_sheet(dossier.kind, one.value),
            "says": format_value(dossier.kind, one.value),
            "active": one.id in holding,
        }
        for one in dossier.forecasts
    ]
