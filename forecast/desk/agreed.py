"""What a team has agreed on for its store: settings, each changed by an entry with its reason."""

from dataclasses import dataclass
from typing import Final

from forecast.desk.desk import Receipt, once, receipt
from questions.errors import BadInput, NotFound
from questions.store.log import Entry
from questions.store.reading import Reading
from questions.store.tables import SETTINGS

SECOND: Final = "second-resolver"
BLIND: Final = "blind"
AGENTS_JUDGE: Final = "agents-judge"
AGENTS_RESOLVE: Final = "agents-resolve"


@dataclass(frozen=True, slots=True)
class Setting:
    """What can be agreed on: the values it can have, the first of which holds at the start."""

    values: tuple[str, ...]
    meaning: str


KNOWN: Final = {
    SECOND: Setting(
        ("off", "on"),
        "a resolution holds once a second person, who did not forecast on the question, agrees",
    ),
    BLIND: Setting(
        ("off", "on"),
        "a new question hides what others forecast from a member who has not forecast it yet",
    ),
    AGENTS_JUDGE: Setting(
        ("off", "on"),
        "a program at `tidings mcp` may judge reports itself, in place of suggesting it",
    ),
    AGENTS_RESOLVE: Setting(
        ("off", "on"),
        "a program at `tidings mcp` may resolve questions itself, in place of proposing it",
    ),
}


def agreed(read: Reading, name: str) -> str:
    """The value of a setting as it is on record."""
    rows = read.rows(SETTINGS, name=name)
    return str(rows[-1]["value"]) if rows else KNOWN[name].values[0]


@once
def change(entry: Entry, name: str, value: str, *, why: str = "") -> Receipt:
    """Put a setting's value on record.

    Raises:
        NotFound: no setting of that name.
        BadInput: a value that it cannot have.
    """
    wanted, chosen = name.strip().lower(), value.strip().lower()
    if wanted not in KNOWN:
        raise NotFound("setting", name, KNOWN, "`tidings settings` lists them")
    if chosen not in KNOWN[wanted].values:
        raise BadInput(wanted, value, " or ".join(KNOWN[wanted].values))
    record = {"name": wanted, "value": chosen, "why": why}
    return receipt(wanted, record, entry.append("setting.changed", record))
