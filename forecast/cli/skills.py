"""What models say of skill: of people who answered different questions, and of two groups."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.output import print_json, say
from forecast.cli.scored import Forecasts, Questions, Seed, answered, earned


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (skill, groups):
        app.command()(command)


def skill(
    rule: Annotated[str, typer.Option("--rule", help="The rule.", metavar="RULE")] = "brier",
    forecasts: Forecasts = None,
    questions: Questions = None,
    seed: Seed = 1,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Estimate everybody's skill and each question's difficulty. Both at once, with shrinkage.

    Example: tidings skill --rule last_brier
    """
    from dataclasses import asdict

    from forecast.scoring.score import rule_named
    from forecast.skill.difficulty import skills

    name = rule_named(rule).name
    found = earned([name], files=(forecasts, questions), db=db, as_of=as_of, who=who)
    setting.quiet_samplers()
    result = asdict(skills(found.scores, rule=name, seed=seed))
    _doubts(result)
    print_json(result) if json else _skills(result)


def _skills(found: dict[str, Any]) -> None:
    from forecast.show.terminal import Column, percent, print_lines, print_table

    columns = [
        Column("forecaster", lambda row: row["forecaster"]),
        Column(found["rule"], lambda row: f"{row['score']['mean']:.4f}", "right"),
        Column("95% interval", lambda row: _interval(row["score"])),
        Column("plain mean", lambda row: f"{row['plain']:.4f}", "right"),
        Column("questions", lambda row: row["n_questions"], "right"),
        Column("the best", lambda row: percent(round(row["best"], 3)), "right"),
    ]
    print_table(found["forecasters"], columns, nothing="nobody")
    spreads = [found[f"spread_of_{name}"]["mean"] for name in ("skill", "difficulty", "noise")]
    names = ("skill", "difficulty", "noise")
    said = ", ".join(f"{name} {one:.4f}" for name, one in zip(names, spreads, strict=True))
    print_lines([f"standard deviations: {said}"])


def groups(
    control: Annotated[
        str, typer.Option("--control", help="Forecasters or teams, with commas between them.")
    ],
    treatment: Annotated[
        str, typer.Option("--treatment", help="Those who are compared with them.")
    ],
    forecasts: Forecasts = None,
    questions: Questions = None,
    seed: Seed = 1,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Split one group's edge over another: bias, information, noise.

    Example: tidings groups --control Ana,Bo --treatment Cleo,Dan
    """
    from dataclasses import asdict

    from forecast.skill.groups import compare_groups, said_by

    binary = [
        one
        for one in answered((forecasts, questions), db, as_of, who)
        if one.target.type == "binary"
    ]
    known = _teams(db, who) if (forecasts, questions) == (None, None) else {}
    said = said_by(binary, _names(control, known), _names(treatment, known))
    setting.quiet_samplers()
    result = asdict(compare_groups(said, seed=seed))
    _doubts(result)
    print_json(result) if json else _groups(result)


def _teams(db: str | None, who: str | None) -> dict[str, tuple[str, ...]]:
    """The members of each team of the store, by its name in one case."""
    from forecast.people.roster import teams

    with setting.reading(db, None, who) as (read, _):
        return {team.casefold(): held for team, held in teams(read).items()}


def _names(text: str, teams: Mapping[str, Sequence[str]]) -> list[str]:
    """The forecasters that are named, one by one or by their team; each once."""
    named = [name.strip() for name in text.split(",") if name.strip()]
    return list(dict.fromkeys(one for name in named for one in teams.get(name.casefold(), (name,))))


def _groups(found: dict[str, Any]) -> None:
    from forecast.show.terminal import Column, print_lines, print_table

    rows = [
        {"part": part, "control": one, "treatment": other, "gain": found["contributions"][part]}
        for part, (one, other) in found["parts"].items()
    ]
    rows.append(
        {
            "part": "expected Brier",
            "control": found["brier"][0],
            "treatment": found["brier"][1],
            "gain": found["gain"],
        }
    )

    def shown(name: str) -> Any:
        return lambda row: f"{row[name]['mean']:+.4f} ({_interval(row[name])})"

    columns = [
        Column("", lambda row: row["part"]),
        *(Column(name, shown(name)) for name in ("control", "treatment")),
        Column("gained by it", shown("gain")),
    ]
    print_table(rows, columns, nothing="nothing")
    print_lines([f"{found['n_questions']} questions; 95% intervals; what is gained is in Brier"])


def _interval(estimate: dict[str, float]) -> str:
    return f"{estimate['ci_low']:+.4f} to {estimate['ci_high']:+.4f}"


def _doubts(found: dict[str, Any]) -> None:
    """Say where the sampling did not converge."""
    if found["r_hat_max"] > 1.01 or found["ess_bulk_min"] < 400 or found["divergences"]:
        say(
            f"note: the sampling is not to be relied on: r-hat {found['r_hat_max']:.3f}, effective "
            f"sample {found['ess_bulk_min']:.0f}, {found['divergences']} divergences"
        )
