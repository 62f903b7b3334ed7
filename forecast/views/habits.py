"""How members and the crowd change their minds, and who moved when which report came."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dossier import Dossier, known_evidence
from forecast.belief.observations import observations
from forecast.crowd.paths import crowd_path
from forecast.desk.believing import dossiers
from forecast.histories.history import History, histories
from forecast.histories.targets import close_of, target_of
from forecast.people.roster import CROWD
from forecast.scoring.habits import Reaction, following, reactions_of, updating
from forecast.scoring.streams import crowd_streams, streams_of
from forecast.views.crowd import default_method
from forecast.views.sheets import Sheet
from questions.errors import BadInput
from questions.instants import micros
from questions.records import Binary
from questions.store import shelf
from questions.store.reading import Reading
from questions.store.tables import BEARINGS, REPORTS

WEEK: Final = timedelta(days=7)
Pair = tuple[str, str]
"""A report and a question."""
Stretch = tuple[int, int, float]
"""From when, until when, and P(yes); microseconds."""


def habit_rows(
    read: Reading,
    at: datetime,
    *,
    rng: np.random.Generator,
    window: timedelta = WEEK,
    to_outcome: bool = False,
    members: Collection[str] | None = None,
) -> list[Sheet]:
    """A row for each member and the crowd: movement for learning, and following of reports.

    The keys are those of :class:`forecast.scoring.habits.Updating`, and ``following`` those of
    :class:`forecast.scoring.habits.Following`. The crowd is the last row, of all members.
    """
    held = list(_histories(read, at))
    streams = streams_of([history for _, history in held], to_outcome=to_outcome)
    methods = [default_method(dossier.kind) for dossier, _ in held]
    crowd = crowd_streams([history for _, history in held], methods, to_outcome=to_outcome)
    reacted = _reactions(read, held, at, window)
    rows = [
        _row(name, own, reacted.get(name, []), rng)
        for name, own in streams.items()
        if members is None or name in members
    ]
    return [*rows, _row(CROWD, crowd, reacted.get(CROWD, []), rng)] if held else []


def _histories(read: Reading, at: datetime) -> Iterator[tuple[Dossier, History]]:
    """The questions that somebody forecast."""
    held = dossiers(read, at)
    for tracked in shelf.questions(read, at):
        dossier = held[tracked.question.id]
        if dossier.forecasts:
            yield dossier, histories([target_of(tracked)], dossier.forecasts)[0]


def _row(
    name: str,
    streams: Sequence[NDArray[np.float64]],
    reactions: Sequence[Reaction],
    rng: np.random.Generator,
) -> Sheet:
    followed = asdict(following(name, reactions, rng=rng))
    del followed["forecaster"]
    return {**asdict(updating(name, streams, rng=rng)), "following": followed}


def _reactions(
    read: Reading, held: Sequence[tuple[Dossier, History]], at: datetime, window: timedelta
) -> dict[str, list[Reaction]]:
    """What each forecaster, and the crowd, did after reports on yes-or-no questions."""
    found: dict[str, list[Reaction]] = {}
    came = _came(read)
    for dossier, history in held:
        if not isinstance(dossier.kind, Binary):
            continue
        rows = _arrivals(dossier, came, at)
        arrivals = [(micros(row["at"]), row["weight"]) for row in rows]
        end = micros(min(close_of(history.target), at))
        for name, said in _stretches(history).items():
            found.setdefault(name, []).extend(
                reactions_of(dossier.question, arrivals, said, window=_ticks(window), end=end)
            )
    return found


def _ticks(window: timedelta) -> int:
    return window // timedelta(microseconds=1)


def _stretches(history: History) -> dict[str, list[Stretch]]:
    """When each forecaster, and the crowd, held what of a yes-or-no question."""
    found: dict[str, list[Stretch]] = {}
    columns = (history.who, history.start, history.end, history.values)
    for who, *stretch in zip(*(one.tolist() for one in columns), strict=True):
        found.setdefault(history.forecasters[who], []).append(tuple(stretch))
    path = crowd_path(history, default_method(Binary()))
    edges = path.edges.tolist()
    found[CROWD] = [
        (start, end, prob)
        for start, end, n, prob in zip(
            edges[:-1], edges[1:], path.n.tolist(), path.values.tolist(), strict=True
        )
        if n
    ]
    return found


def _arrivals(dossier: Dossier, came: Mapping[Pair, datetime], at: datetime) -> list[Sheet]:
    """When the stories on a question came, with their judged weight (nats), in time's order.

    Of a story the reports' mean weight and first arrival count.
    """
    stories: dict[str, list[tuple[datetime, str, float]]] = {}
    for one in observations(known_evidence(dossier, at)):
        when = came.get((one.report, dossier.question), one.at)
        stories.setdefault(one.story, []).append((when, one.report, one.weight))
    rows = [
        {
            "at": min(told)[0],
            "story": story,
            "report": min(told)[1],
            "weight": sum(weight for _, _, weight in told) / len(told),
        }
        for story, told in stories.items()
    ]
    return sorted(rows, key=lambda row: row["at"])


def _came(read: Reading, **question: str) -> dict[Pair, datetime]:
    """When each report was first matched to a question; what never was came when judged."""
    found: dict[Pair, datetime] = {}
    for row in read.rows(BEARINGS, **question):
        found.setdefault((row["report"], row["question"]), row["recorded_at"])
    return found


def question_moves(
    read: Reading, reference: str, at: datetime, *, window: timedelta = WEEK
) -> list[Sheet]:
    """Who moved when which judged report came to a yes-or-no question, in time's order.

    ``members`` have P(yes) ``before`` and ``after`` the window, and the ``change`` of log odds;
    those who held no forecast at both ends are left out. The crowd is among them.

    Raises:
        NotFound: no such question.
        BadInput: several, or one of another kind.
    """
    tracked = shelf.find_question(read, reference, at)
    if not isinstance(tracked.question.kind, Binary):
        raise BadInput("question", tracked.question.id, "a yes-or-no question")
    question = tracked.question.id
    dossier = dossiers(read, at, only=question)[question]
    history = histories([target_of(tracked)], dossier.forecasts)[0]
    held = _stretches(history) if dossier.forecasts else {}
    end = min(close_of(history.target), at)
    titles = {row["id"]: row["title"] for row in read.rows(REPORTS)}
    return [
        {
            "question": question,
            **row,
            "title": titles[row["report"]],
            "members": list(_moved(held, row, min(row["at"] + window, end))),
        }
        for row in _arrivals(dossier, _came(read, question=question), at)
    ]


def _moved(
    held: Mapping[str, Sequence[Stretch]], row: Mapping[str, Any], until: datetime
) -> Iterator[Sheet]:
    start, end = micros(row["at"]), micros(until)
    for name, said in held.items():
        whole = reactions_of("", [(start, row["weight"])], said, window=end - start, end=end)
        if end > start and whole:
            yield {
                "member": name,
                "before": _prob_at(said, start - 1),
                "after": _prob_at(said, end - 1),
                "change": whole[0].change,
            }


def _prob_at(said: Sequence[Stretch], at: int) -> float | None:
    return next((prob for start, end, prob in said if start <= at < end), None)
