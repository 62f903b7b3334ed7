"""Forecasts and scores as commands take them: of two files, or of the store."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli import setting
from forecast.cli.output import say

if TYPE_CHECKING:
    from forecast.histories.history import History
    from forecast.histories.targets import Target
    from forecast.records import Score
    from forecast.scoring.files import Tables
    from questions.store.reading import Reading

Forecasts = Annotated[
    Path | None, typer.Option("--forecasts", help="A CSV file of forecasts.", metavar="FILE")
]
Questions = Annotated[
    Path | None, typer.Option("--questions", help="A CSV file of their questions.", metavar="FILE")
]
BlindOnly = Annotated[
    bool,
    typer.Option(
        "--blind-only", help="Only what each said first of a blind question, before seeing others."
    ),
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same intervals.")]


@dataclass(frozen=True, slots=True)
class Earned:
    """Scores, the questions that they are of, why some are infinite, and what is disputed."""

    scores: list["Score"]
    targets: list["Target"]
    reasons: list[str]
    disputed: tuple[str, ...] = ()
    """The questions whose resolution somebody disputes; they count all the same."""


def earned(
    rules: Sequence[str],
    *,
    files: tuple[Path | None, Path | None],
    db: str | None,
    as_of: str | None,
    who: str | None = None,
    imported: bool = True,
    blind: bool = False,
) -> Earned:
    """What everybody earned on the questions of two files, or else of the store.

    ``blind`` counts what each said first of a blind question, as though it had stood.

    Raises:
        BadInput: one file without the other, or files and ``blind``.
    """
    from forecast.desk import scoring

    if files != (None, None):
        _not_of_files(blind)
        return _of_files(rules, *files)
    which = scoring.Which(imported=imported, blind=blind)
    with setting.reader_desk(db, who) as here:
        at = setting.time_of(as_of, now=here.now, what="--as-of")
        with here.reading(at) as read:
            at = at or here.now
            found = scoring.scores(here.store, read, at, rules, which)
            why = scoring.reasons(read, at, found, which)
            return Earned(found, scoring.resolved(read, at), why, _disputed(read))


def _disputed(read: "Reading") -> tuple[str, ...]:
    from forecast.desk.disputing import disputes

    return tuple(one.question for one in disputes(read) if not one.settled)


def warn_of_disputes(found: Earned, questions: "Collection[str]") -> None:
    """Say which of some questions count by a resolution that is disputed."""
    if named := ", ".join(one for one in found.disputed if one in questions):
        say(f"note: counted as resolved, though disputed: {named}")


def _not_of_files(blind: bool) -> None:
    if blind:
        from questions.errors import BadInput

        right = "no files: a store knows what was said blind"
        raise BadInput("--blind-only", "with --forecasts", right)


def _of_files(rules: Sequence[str], forecasts: Path | None, questions: Path | None) -> Earned:
    from math import isinf

    from forecast.histories.history import histories
    from forecast.scoring.infinite import reasons
    from forecast.scoring.score import score as scored

    held = of_files(forecasts, questions)
    found = scored(held.targets, held.forecasts, rules, outside=held.outside)
    which = {one.question_id for one in found if isinf(one.score)}
    concerned = [one for one in held.targets if one.id in which]
    said = [one for one in held.forecasts if one.question in which]
    why = reasons(found, histories(concerned, said, held.outside))
    return Earned(found, list(held.targets), why)


def tables(
    forecasts: Path | None,
    questions: Path | None,
    db: str | None,
    as_of: str | None,
    who: str | None = None,
) -> "Tables":
    """The forecasts and questions of two files, or else of the store that nothing hides.

    Raises:
        BadInput: one file without the other.
    """
    from forecast.desk.scoring import tables as of_store
    from forecast.scoring.files import Tables

    if (forecasts, questions) != (None, None):
        return of_files(forecasts, questions)
    with setting.reading(db, as_of, who) as (read, at):
        targets, said = of_store(read, at)
        hidden = read.veil.hidden
    for target in targets:
        if target.id in hidden:
            say(f"note: {target.id} is blind, and left out")
    seen = tuple(one for one in targets if one.id not in hidden)
    return Tables(seen, tuple(said), frozenset(), ())


def of_files(forecasts: Path | None, questions: Path | None) -> "Tables":
    """What two files hold; what was passed over is said.

    Raises:
        BadInput: one file without the other.
    """
    from forecast.scoring.files import read_tables
    from questions.errors import BadInput

    if forecasts is None or questions is None:
        raise BadInput("files", forecasts or questions, "both --forecasts and --questions")
    found = read_tables(forecasts, questions)
    for note in found.notes:
        say(f"note: {note}")
    return found


def answered(
    files: tuple[Path | None, Path | None],
    db: str | None,
    as_of: str | None,
    who: str | None = None,
    *,
    blind: bool = False,
) -> list["History"]:
    """The histories of the resolved questions of two files, or else of the store.

    ``blind`` keeps what each said first of a blind question.

    Raises:
        BadInput: one file without the other, or files and ``blind``.
    """
    from forecast.desk import scoring
    from forecast.histories.history import histories
    from forecast.histories.outcomes import settled

    if files != (None, None):
        _not_of_files(blind)
        held = of_files(*files)
        return histories(filter(settled, held.targets), held.forecasts, held.outside)
    with setting.reader_desk(db, who) as here:
        at = setting.time_of(as_of, now=here.now, what="--as-of")
        with here.reading(at) as read:
            return scoring.answered(here.store, read, at or here.now, scoring.Which(blind=blind))


def of_team(
    scores: "Sequence[Score]", team: str | None, db: str | None, who: str | None
) -> "list[Score]":
    """The scores of a team's members; all where none is named.

    Raises:
        NotFound: the store has no such team.
    """
    if team is None:
        return list(scores)
    from forecast.people.roster import known_team

    with setting.reading(db, None, who) as (read, _):
        members = known_team(read, team)
    return [one for one in scores if one.forecaster in members]


def own_name(who: str | None) -> str:
    """Whose results stand first: as given, or as configured; empty for nobody's."""
    return str(who or setting.configuration().get("as") or "")
