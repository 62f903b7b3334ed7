"""Who is who: the people of a platform and the members they are."""

from collections import defaultdict
from collections.abc import Iterable

from forecast.exchange.plan import Choices, Known, Plan
from forecast.exchange.records import Person
from questions.errors import BadInput

Members = dict[Person, str | BadInput]
"""The member whom each person is, or why that is not known."""


def members_of(people: Iterable[Person], known: Known, choices: Choices, plan: Plan) -> Members:
    """The member whom each person is; those who are new go into the plan.

    Said by the one who imports, else known from an earlier import, else of the same name or
    alias. Two accounts of one name are two people until somebody says otherwise.
    """
    everybody = sorted(set(people), key=lambda one: (one.name.casefold(), one.name, one.id))
    found: Members = {}
    alike = _alike(everybody)
    for person in everybody:
        try:
            found[person] = _member(person, known, choices, plan, alike)
        except BadInput as error:
            found[person] = error
            if person.name:
                plan.strangers.append(person)
    _keep_handles(found, known, plan)
    return found


def _alike(people: Iterable[Person]) -> dict[str, set[str]]:
    """By name in small letters, the accounts that have it."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in people:
        found[one.name.casefold()].add(one.id or one.name)
    return found


def _member(
    person: Person, known: Known, choices: Choices, plan: Plan, alike: dict[str, set[str]]
) -> str:
    accounts = alike[person.name.casefold()]
    if (told := _told(person, choices, accounts)) is not None:
        return _existing(told, known, choices, plan)
    for one in known.handles:
        same = one.id == person.id if one.id and person.id else one.name == person.name
        if same and (person.name or person.id):
            return one.member
    if not person.name:
        return _me(person, known, choices, plan)
    if len(accounts) > 1:
        lines = ", ".join(f"`{one} = NAME`" for one in sorted(accounts))
        raise BadInput("forecaster", person.name, f"who each is: several are called so; {lines}")
    member = known.members.get(person.name.casefold())
    if member is not None:
        _same_account(person, member, known)
        return member
    if choices.add_members:
        return _added(person.name, plan)
    line = f"`{person.name} = NAME` in a file for --members, or --add-members"
    raise BadInput("forecaster", person.name, f"a member: {line}")


def _told(person: Person, choices: Choices, accounts: set[str]) -> str | None:
    """The member whom the one who imports has named, by id or by a name that is one person's."""
    if person.id and person.id in choices.members:
        return choices.members[person.id]
    return choices.members.get(person.name) if len(accounts) == 1 and person.name else None


def _existing(name: str, known: Known, choices: Choices, plan: Plan) -> str:
    member = known.members.get(name.casefold())
    if member is not None or name in plan.members:
        return member or name
    if choices.add_members:
        return _added(name, plan)
    raise BadInput("member", name, "a member's name, or --add-members")


def _me(person: Person, known: Known, choices: Choices, plan: Plan) -> str:
    member = known.members.get(choices.me.casefold())
    if member is None and choices.me and choices.add_members:
        return _added(choices.me, plan)
    if member is None:
        given = choices.me or ("" if not person.id else f"account {person.id}")
        raise BadInput("forecaster", given, "whose forecasts these are: --as NAME, a member")
    return member


def _same_account(person: Person, member: str, known: Known) -> None:
    """See that a member is not known as another account of the platform."""
    others = [one.id for one in known.handles if one.member == member and one.id]
    if person.id and others and person.id not in others:
        right = f"`{person.id} = {member}` if the same person has accounts {others[0]} and this"
        raise BadInput("forecaster", person.name, right)


def _added(name: str, plan: Plan) -> str:
    plain = " ".join(name.split())
    if not plain.isprintable():
        raise BadInput("forecaster", name, "a name of printable characters")
    if plain not in plan.members:
        if plain.casefold() in {one.casefold() for one in plan.members}:
            raise BadInput("forecaster", name, f"`{name} = NAME`: another is called so too")
        plan.members.append(plain)
    return plain


def _keep_handles(found: Members, known: Known, plan: Plan) -> None:
    """Put down who is called otherwise there, or has an id there, or is a bot."""
    have = {(one.name, one.id, one.member) for one in known.handles}
    for person, member in found.items():
        if isinstance(member, str) and (person.name, person.id, member) not in have:
            plan.handles.append((person, member))
