"""Calibration, comparison and the leaderboard: of the store, or of files."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli import setting, skills
from forecast.cli.output import emit, form, print_json
from forecast.cli.scored import (
    BlindOnly,
    Forecasts,
    Questions,
    Seed,
    answered,
    earned,
    of_team,
    own_name,
    warn_of_disputes,
)
from forecast.cli.teams import Team

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from forecast.histories.history import History
    from forecast.histories.targets import Target
    from forecast.scoring.calibration import Calibration
    from forecast.scoring.comparison import Comparison
    from forecast.scoring.duels import Party
    from forecast.scoring.leaderboard import Standing

ENOUGH = 30
"""Questions below which an order is mostly luck."""


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (calibrate, leaderboard, compare):
        app.command()(command)
    skills.register(app)


def calibrate(
    by: Annotated[
        str | None,
        typer.Option("--by", help="Each tag, forecaster, horizon or type alone.", metavar="PART"),
    ] = None,
    ranges: Annotated[
        bool, typer.Option("--ranges", help="Numbers and dates: how many fell within intervals.")
    ] = False,
    due: Annotated[
        bool, typer.Option("--due", help="Leave out what was answered before its time ran out.")
    ] = False,
    forecasts: Forecasts = None,
    questions: Questions = None,
    blind_only: BlindOnly = False,
    seed: Seed = 1,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Show how well probabilities agreed with what happened.

    Example: tidings calibrate --by tag
    """
    from dataclasses import asdict

    from numpy.random import PCG64, Generator

    from forecast.scoring.calibration import calibration_of, is_due
    from forecast.scoring.groups import calibrations
    from forecast.scoring.pit import spread

    rng = Generator(PCG64(seed))
    clock = (setting.time_of(as_of, what="--as-of") or setting.clock()) if due else None
    listed = answered((forecasts, questions), db, as_of, who, blind=blind_only)
    held = [one for one in listed if is_due(one.target, clock)]
    if ranges:
        measured = [one for one in held if one.target.grid is not None]
        found = asdict(spread(measured, rng=rng))
        print_json(found) if json else _ranges(found)
        return
    if by is not None:
        parts = calibrations([one for one in held if one.target.grid is None], by, rng=rng)
        rows = [{by: name, **asdict(part)} for name, part in parts]
        print_json(rows) if json else _parts(rows, by)
        return
    whole = calibration_of(_binary(held), rng=rng)
    print_json(asdict(whole)) if json else _calibration(whole)


def _binary(held: "Sequence[History]") -> "list[History]":
    return [one for one in held if one.target.type == "binary"]


def _calibration(found: "Calibration") -> None:
    from dataclasses import asdict

    from forecast.show.terminal import Column, counted, percent, print_lines, print_table

    lines = [
        f"{counted(found.n_forecasts, 'last forecast')} on "
        f"{counted(found.n_questions, 'question')}",
        f"Brier {found.brier:.4f} = miscalibration {found.miscalibration:.4f} - "
        f"discrimination {found.discrimination:.4f} + uncertainty {found.uncertainty:.4f}",
        f"a calibrated forecaster would show a miscalibration from {found.null_low:.4f} to "
        f"{found.null_high:.4f} (95 %)",
        f"sharpness {found.sharpness:.2f} (0 always 50%, 1 always certain); {_lean(found)}",
    ]
    if found.n_early:
        was = "question was" if found.n_early == 1 else "questions were"
        lines.append(
            f"{found.n_early} {was} answered before the scheduled close: where only a yes can come "
            "early, this leans toward yes (--due leaves them out until their time has run out)"
        )
    print_lines(lines)
    columns = [
        Column("forecast", lambda row: f"{percent(row['low'])} to {percent(row['high'])}"),
        Column("n", lambda row: row["n"], "right"),
        Column("mean", lambda row: percent(row["mean_forecast"]), "right"),
        Column("happened", lambda row: percent(row["observed_frequency"]), "right"),
    ]
    rows = [asdict(one) for one in found.bins if one.n]
    print_table(rows, columns, nothing="no forecasts")


def _lean(found: "Calibration") -> str:
    """Whether the forecasts were too bold or too timid, if that is more than noise."""
    if found.p_value >= 0.05:
        return f"neither too bold nor too timid beyond chance (p = {found.p_value:.2f})"
    lean = "too bold" if found.z > 0 else "too timid"
    return f"{lean} (p = {found.p_value:.3f})"


def _parts(rows: list[dict[str, Any]], by: str) -> None:
    from forecast.show.terminal import Column, print_table

    columns = [
        Column(by, lambda row: row[by]),
        Column("questions", lambda row: row["n_questions"], "right"),
        Column("forecasts", lambda row: row["n_forecasts"], "right", spare=True),
        Column("Brier", lambda row: f"{row['brier']:.3f}", "right"),
        Column("miscalibration", lambda row: f"{row['miscalibration']:.3f}", "right"),
        Column("by chance", lambda row: f"{row['null_low']:.3f} to {row['null_high']:.3f}"),
        Column("discrimination", lambda row: f"{row['discrimination']:.3f}", "right", spare=True),
        Column("sharpness", lambda row: f"{row['sharpness']:.2f}", "right", spare=True),
    ]
    print_table(rows, columns, nothing="nothing to calibrate on")


def _ranges(found: dict[str, Any]) -> None:
    from forecast.show.terminal import Column, counted, percent, print_lines, print_table

    print_lines(
        [
            f"{counted(found['n_forecasts'], 'last forecast')} on "
            f"{counted(found['n_questions'], 'question')}",
            f"outcomes in each tenth of what was said: "
            f"{', '.join(percent(round(one, 3)) for one in found['tenths'])}",
        ]
    )
    columns = [
        Column("interval", lambda row: percent(row["level"]), "right"),
        Column("held", lambda row: percent(round(row["share"], 3)), "right"),
        Column(
            "95% interval",
            lambda row: (
                f"{percent(round(row['ci_low'], 3))} to {percent(round(row['ci_high'], 3))}"
            ),
        ),
    ]
    print_table(found["coverage"], columns, nothing="no intervals")


def leaderboard(
    rule: Annotated[
        str, typer.Option("--rule", help="peer, or a score such as brier.", metavar="RULE")
    ] = "peer",
    tag: Annotated[list[str] | None, typer.Option("--tag", help="Questions with it.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="Answered from then on.", metavar="TIME")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="Answered before then.", metavar="TIME")
    ] = None,
    imported: Annotated[
        bool, typer.Option("--imported", help="Count forecasts brought in from elsewhere too.")
    ] = False,
    blind_only: BlindOnly = False,
    team: Team = None,
    forecasts: Forecasts = None,
    questions: Questions = None,
    who: setting.As = None,
    seed: Seed = 1,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """Rank forecasters by what they gained on one another. It says how little that may mean.

    Example: tidings leaderboard --rule brier --tag ukraine
    """
    from dataclasses import asdict

    from numpy.random import PCG64, Generator

    from forecast.scoring.leaderboard import leaderboard as ranked
    from forecast.scoring.leaderboard import ranked_by

    wanted, by = form(json=json, jsonl=jsonl, csv=csv), ranked_by(rule)
    edges = (setting.time_of(since, what="--since"), setting.time_of(until, what="--until"))
    found = earned(
        [by, "brier"],
        files=(forecasts, questions),
        db=db,
        as_of=as_of,
        who=who,
        imported=imported,
        blind=blind_only,
    )
    kept = {one.id for one in chosen(found.targets, tag or [], *edges)}
    scores = of_team(found.scores, team, db, who)
    scores = [one for one in scores if one.question_id in kept]
    warn_of_disputes(found, kept)
    board = ranked(scores, rule=by, rng=Generator(PCG64(seed)))
    rows = [asdict(one) for one in board]
    emit(rows, wanted, lambda: print_standings(board, own_name(who), by))


def chosen(
    targets: "Sequence[Target]",
    tags: Sequence[str],
    since: "datetime | None",
    until: "datetime | None",
) -> "list[Target]":
    """The questions with any of the tags that were answered in a period."""
    from forecast.histories.targets import close_of

    def answered_in(target: "Target") -> bool:
        when = target.resolved_at or close_of(target)
        return (since is None or since <= when) and (until is None or when < until)

    wanted = {one.casefold() for one in tags}
    return [
        one
        for one in targets
        if answered_in(one) and (not wanted or wanted & {tag.casefold() for tag in one.tags})
    ]


def print_standings(board: "Sequence[Standing]", me: str = "", rule: str = "peer") -> None:
    """Print a leaderboard, one's own place first, with a word on what it is worth."""
    from forecast.scoring.leaderboard import noise_share
    from forecast.show.terminal import Column, print_lines, print_table

    digits = 2 if rule == "peer" else 4

    def brier(row: Mapping[str, Any]) -> str:
        return "-" if row["mean_brier"] is None else f"{row['mean_brier']:.3f}"

    def amount(name: str) -> Any:
        return lambda row: f"{row[name]:+.{digits}f}"

    columns = [
        Column("", lambda row: row["rank"], "right"),
        Column("forecaster", lambda row: row["forecaster"]),
        Column("points", amount("points"), "right"),
        Column(
            "95% interval",
            lambda row: f"{row['ci_low']:+.{digits}f} to {row['ci_high']:+.{digits}f}",
        ),
        Column("ranks", lambda row: f"{row['rank_low']}-{row['rank_high']}"),
        Column("questions", lambda row: row["n_questions"], "right"),
        Column("coverage", lambda row: f"{row['coverage']:.1f}", "right"),
        Column("mean Brier", brier, "right", spare=True),
    ]
    rows = [{name: getattr(one, name) for name in one.__slots__} for one in board]
    for row in rows:
        if row["forecaster"].casefold() == me.casefold():
            place = f"rank {row['rank']} of {len(rows)} ({row['rank_low']} to {row['rank_high']})"
            print_lines([f"{row['forecaster']}: {place}, {row['points']:+.{digits}f} points", ""])
    print_table(rows, columns, nothing="nothing is resolved and forecast by two people yet")
    if (share := noise_share(board)) == share:
        print_lines([f"{share:.0%} of the differences in points is what noise alone would show"])
    if rows and max(row["n_questions"] for row in rows) < ENOUGH:
        print_lines(["fewer than thirty questions each: the order is mostly luck"])


def compare(
    first: Annotated[
        str, typer.Argument(help="A forecaster, a team, or crowd: everybody.", metavar="FIRST")
    ],
    second: Annotated[str, typer.Argument(help="Another one.", metavar="SECOND")],
    rule: Annotated[str, typer.Option("--rule", help="The rule.", metavar="RULE")] = "brier",
    method: Annotated[
        str | None, typer.Option("--method", help="How a team or crowd is pooled; as suits it.")
    ] = None,
    forecasts: Forecasts = None,
    questions: Questions = None,
    seed: Seed = 1,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Compare two forecasters on the questions that both answered. It says if that is noise.

    Either may be a team or the crowd, which is pooled without the other and compared over the
    time in which both stood.

    Example: tidings compare Ana Bo --rule peer

    Example: tidings compare Ana crowd
    """
    from dataclasses import asdict

    from numpy.random import PCG64, Generator

    from forecast.scoring.comparison import compare as compared
    from forecast.scoring.duels import duel_scores
    from forecast.scoring.score import rule_named

    files = (forecasts, questions)
    one, other = (_party(name, files, db, who) for name in (first, second))
    if all({*(party.members or ())} == {party.name} for party in (one, other)):
        scores = earned([rule], files=files, db=db, as_of=as_of, who=who).scores
    else:
        held = answered(files, db, as_of, who)
        scores = duel_scores(held, one, other, rule_named(rule), method)
    rng = Generator(PCG64(seed))
    result = compared(scores, one.name, other.name, rule=rule, rng=rng)
    print_json(asdict(result)) if json else _comparison(result)


def _party(
    name: str, files: "tuple[Path | None, Path | None]", db: str | None, who: str | None
) -> "Party":
    """A forecaster, the crowd, or a team of the store."""
    from forecast.people.roster import CROWD, known_team, teams
    from forecast.scoring.duels import Party

    if name.strip().casefold() == CROWD:
        return Party(CROWD, None)
    if files == (None, None):
        with setting.reading(db, None, who) as (read, _):
            known = {team.casefold(): team for team in teams(read)}
            if (team := known.get(name.strip().casefold())) is not None:
                return Party(team, frozenset(known_team(read, team)))
    return Party(name, frozenset({name}))


def _comparison(result: "Comparison") -> None:
    from forecast.show.terminal import counted, print_lines

    verdict = f"{result.better} is better" if result.better else "the difference is noise"
    print_lines(
        [
            f"{result.first} - {result.second}, {result.rule}: {result.difference:+.4f} over "
            f"{counted(result.n_questions, 'question')}",
            f"95% interval {result.ci_low:+.4f} to {result.ci_high:+.4f}; "
            f"p = {result.p_value:.3f}: {verdict}",
            _always(result),
        ]
    )


def _always(result: "Comparison") -> str:
    """The interval for somebody who looks again and again, and might stop where it pleases."""
    from math import isinf

    if isinf(result.always_low) and isinf(result.always_high):
        return "too few questions for an interval that holds however often one looks"
    return f"however often one looks: {result.always_low:+.4f} to {result.always_high:+.4f}"
