"""Teams: groups of members whose scores and crowd can be looked at alone."""

from collections.abc import Sequence

from forecast.desk.desk import Receipt, once_each, receipt
from forecast.people.roster import CROWD, known_member, members, teams
from questions.errors import BadInput, Conflict
from questions.store.log import Entry


@once_each
def change_team(
    entry: Entry, name: str, names: Sequence[str], *, remove: bool = False
) -> list[Receipt]:
    """Put members into a team, which is made by its first, or take them out; all or none.

    Raises:
        NotFound: no such member.
        BadInput: no name, or one that a member has.
        Conflict: they are in it already, or none of those to go is.
    """
    known = teams(entry)
    team = _team_name(entry, name, list(known))
    who = list(dict.fromkeys(known_member(entry.everything(), one) for one in names))
    changes = [one for one in who if (one in known.get(team, ())) == remove]
    if not changes:
        held = ", ".join(known.get(team, ())) or "nobody"
        raise Conflict(f"in {team} is {held}", "there is nothing to change")
    found = []
    for one in changes:
        record = {"team": team, "member": one, "stands": not remove}
        found.append(receipt(f"{team}/{one}", record, entry.append("team.changed", record)))
    return found


def _team_name(entry: Entry, said: str, known: Sequence[str]) -> str:
    """A team's name as it is known, or a new one that nobody else has."""
    name = " ".join(said.split())
    if not name or not name.isprintable():
        raise BadInput("team name", said, "a name of printable characters")
    taken = {one.casefold() for one in members(entry.everything())} | {CROWD}
    if name.casefold() in taken:
        raise BadInput("team name", name, "another name: this is what somebody else is called")
    return next((one for one in known if one.casefold() == name.casefold()), name)
