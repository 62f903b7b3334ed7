"""What a team says together, and what each said, as plain dictionaries."""

from datetime import datetime

from forecast.belief.dossier import Dossier, active
from forecast.crowd.aggregate import pooled_at
from forecast.desk.believing import dossiers
from forecast.histories.history import histories
from forecast.histories.targets import target_of
from forecast.views.sheets import Sheet, density_sheet, short, value_sheet
from forecast.writing.values import format_value
from questions.records import Binary, Kind, MultipleChoice, Tracked
from questions.store import shelf
from questions.store.envelope import plain
from questions.store.reading import Reading
from questions.values import Cdf

DEFAULT_METHOD = "log_odds_mean"


def default_method(kind: Kind) -> str:
    """How forecasts are pooled where nobody says how: numbers and dates by the linear pool."""
    return DEFAULT_METHOD if isinstance(kind, Binary | MultipleChoice) else "mean"


def crowd_view(tracked: Tracked, dossier: Dossier, method: str, at: datetime) -> Sheet:
    """The crowd's value as of an instant; once the question has closed, the last before that.

    Raises:
        BadInput: a method that is not known.
    """
    history = histories([target_of(tracked)], dossier.forecasts)[0]
    pooled, kind = pooled_at(history, method, at), tracked.question.kind
    said = format_value(kind, pooled.value) if pooled.value else "-"
    value = value_sheet(kind, pooled.value) if pooled.value or _is_binary(kind) else {}
    told: Sheet = {"says": said, "short": short(kind, pooled.value)}
    if isinstance(pooled.value, Cdf):
        told["density"] = density_sheet(kind, pooled.value)
    return {"method": method, "at": at, "n": pooled.n, **value, **told}


def _is_binary(kind: Kind) -> bool:
    return isinstance(kind, Binary)


def crowd_of(read: Reading, reference: str, method: str | None, at: datetime) -> Sheet:
    """What the crowd says of the question that a reference names.

    Raises:
        NotFound: no question of that id or title.
        BadInput: several questions, or a method that is not known.
    """
    tracked = shelf.find_question(read, reference, at)
    question = tracked.question.id
    dossier = dossiers(read, at, only=question)[question]
    chosen = method or default_method(tracked.question.kind)
    return {"question": question, **crowd_view(tracked, dossier, chosen, at)}


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
