"""Scores from pandas to pandas: tables are checked once, at the door.

The columns are those of the files (``tidings score --help``). What cannot be used is told in
one line with the labels of the rows; nothing is passed over in silence.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import numpy as np

from forecast.histories.history import History
from forecast.histories.outcomes import settled
from forecast.histories.panel import histories_in, panel_of
from forecast.histories.targets import Target
from forecast.records import Score
from forecast.scoring.calibration import Calibration, calibration_of
from forecast.scoring.comparison import Comparison
from forecast.scoring.comparison import compare as compared
from forecast.scoring.leaderboard import Standing, ranked_by
from forecast.scoring.leaderboard import leaderboard as ranked
from forecast.scoring.panels import rows_of, score_panel
from forecast.scoring.score import rules_named
from forecast.scoring.score import score as scored
from forecast.scoring.tables import checked, columns_in, outside_in, records_in, targets_in

if TYPE_CHECKING:
    import pandas as pd

RULES: Final = "brier,log,baseline,peer"


def score(
    forecasts: "pd.DataFrame", questions: "pd.DataFrame", rules: str | Sequence[str] = RULES
) -> "pd.DataFrame":
    """One row a question, forecaster and rule: question_id, forecaster, rule, score, coverage.

    Args:
        forecasts: question_id, forecaster, made_at (times with a zone), prob (P(yes), a number
            from 0 to 1) or probs or cdf (lists), ended_at, in_crowd.
        questions: question_id, open_time, scheduled_close_time, resolution; type where not all
            are binary; the further columns of a file of questions.
        rules: their names, as a list or with commas between them.

    Raises:
        BadFile: a column that is missing or of another kind, times without a zone, rows that
            repeat one another, a value or outcome that the question cannot have.
        BadInput: a rule that is not known.

    >>> import pandas as pd
    >>> said = pd.DataFrame({"question_id": ["a"], "forecaster": ["Ana"], "prob": [0.9],
    ...                      "made_at": [pd.Timestamp("2025-01-01", tz="UTC")]})
    >>> asked = pd.DataFrame({"question_id": ["a"], "open_time": ["2025-01-01"],
    ...                       "scheduled_close_time": ["2025-01-31"], "resolution": ["yes"]})
    >>> score(said, asked, "brier")["score"].round(9).tolist()
    [0.01]
    """
    import pandas as pd

    rows = _scores(forecasts, questions, rules)
    return pd.DataFrame([asdict(row) for row in rows], columns=list(Score.__slots__))


def leaderboard(
    forecasts: "pd.DataFrame", questions: "pd.DataFrame", rule: str = "peer", *, seed: int = 1
) -> "pd.DataFrame":
    """One row a forecaster, best first; see :mod:`forecast.scoring.leaderboard`.

    Raises:
        BadFile, BadInput: as :func:`score`; a rule that cannot rank.
    """
    import pandas as pd

    by = ranked_by(rule)
    standings = ranked(_scores(forecasts, questions, (by, "brier")), rule=by, rng=_chance(seed))
    return pd.DataFrame([asdict(one) for one in standings], columns=list(Standing.__slots__))


def compare(
    forecasts: "pd.DataFrame",
    questions: "pd.DataFrame",
    first: str,
    second: str,
    rule: str = "brier",
    *,
    seed: int = 1,
) -> Comparison:
    """Two forecasters on their common questions.

    Raises:
        BadFile, BadInput, NotFound: as :func:`score` and
            :func:`forecast.scoring.comparison.compare`.
    """
    found = _scores(forecasts, questions, (rule,))
    return compared(found, first, second, rule=rule, rng=_chance(seed))


def calibrate(
    forecasts: "pd.DataFrame", questions: "pd.DataFrame", *, seed: int = 1
) -> Calibration:
    """Calibration of the last active forecast of each pair on the resolved binary questions.

    Raises:
        BadFile, BadInput: as :func:`score`; nothing to calibrate on.
    """
    targets = [one for one in targets_in(questions) if one.type == "binary" and settled(one)]
    return calibration_of(_histories(forecasts, questions, targets), rng=_chance(seed))


def _chance(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def _scores(
    forecasts: "pd.DataFrame", questions: "pd.DataFrame", rules: str | Sequence[str]
) -> list[Score]:
    """Scores in the order of the questions, by the panel where they are binary."""
    names = rules_named(rules if isinstance(rules, str) else ",".join(rules))
    known = targets_in(questions)
    said = checked(forecasts, known)
    answered = [one for one in known if settled(one)]
    binary = [one for one in answered if one.type == "binary"]
    others = [one for one in answered if one.type != "binary"]
    panel = panel_of(columns_in(said, binary), binary)
    found = list(rows_of(panel, score_panel(panel, names)))
    if not others:
        return found
    found += scored(others, records_in(said, others), names, outside=outside_in(said))
    place = {target.id: number for number, target in enumerate(known)}
    return sorted(found, key=lambda row: place[row.question_id])


def _histories(
    forecasts: "pd.DataFrame", questions: "pd.DataFrame", targets: Sequence[Target]
) -> list[History]:
    said = checked(forecasts, targets_in(questions))
    return list(histories_in(panel_of(columns_in(said, targets), targets)))
