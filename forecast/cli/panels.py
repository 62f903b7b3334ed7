"""In which panel of the help each command stands, and in which order: along the chain."""

from collections.abc import Iterable, Mapping
from typing import Final

PANELS: Final[Mapping[str, tuple[str, ...]]] = {
    panel: tuple(names.split())
    for panel, names in {
        "Ask": "draft drafts accept reject ask questions show lint clarify tag",
        "News and evidence": "read inbox judge retract story source rule suggestion match",
        "Belief": "prior update fit link unlink links",
        "Forecast and team": "predict confirm withdraw crowd reveal agenda comment note member",
        "Resolve": "resolve propose decline dispute reopen",
        "Score": "score calibrate leaderboard compare habits skill groups aggregate backtest",
        "Share and exchange": "digest plot report table import export submission send",
        "Store and set-up": "init settings check audit backup redact admit demo mcp",
    }.items()
}
"""The commands of the group, by panel; those of a noun (``member add``) stand as the noun."""


OTHERS: Final = "Commands"
"""Where a command stands that has no panel, and the verbs of a noun."""


def panel_of(name: str) -> str:
    """The panel of a command of the group.

    >>> panel_of("predict")
    'Forecast and team'
    """
    return next((panel for panel, held in PANELS.items() if name in held), OTHERS)


def panelled(names: Iterable[str]) -> dict[str, list[str]]:
    """The names that stand in each panel, in its order; the others come last.

    >>> panelled(["predict", "later", "ask"])
    {'Ask': ['ask'], 'Forecast and team': ['predict'], 'Commands': ['later']}
    """
    given = list(names)
    order = [*(one for held in PANELS.values() for one in held if one in given), *given]
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(order):
        found.setdefault(panel_of(name), []).append(name)
    return found
