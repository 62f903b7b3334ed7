"""Who is who: the accounts of a platform and the members they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from forecast.exchange.plan import Choices, Known, Plan
from forecast.exchange.records import Person
from questions.errors import BadInput
from questions.store.texts import check_text

Members = dict[Person, str | BadInput]
"""The member whom each person is, or why that is not known."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account: its id, where it has one, and every name that it is seen under."""

    id: str
    names: tuple[str, ...]
    """In order of the alphabet; none of whoever's own data it is."""

    @property
    def called(self) -> str:
        """What it is called in a message or a file."""
        return self.names[0] if self.names else self.id


def members_of(people: Iterable[Person], known: Known, choices: Choices, plan: Plan) -> Members:
    """The member whom each person is; those who are new go into the plan.

    Said by the one who imports, else known from an earlier import, else of the same name or
    alias. One account under two names is one person; two accounts of one name are two people
    until somebody says otherwise.
    """
    everybody = sorted(set(people), key=lambda one: (one.name.casefold(), one.name, one.id))
    accounts = _accounts(everybody)
    sharing: dict[str, set[str]] = defaultdict(set)
    for account in accounts.values():
        for name in account.names:
            sharing[name.casefold()].add(account.id or account.called)
    members: dict[Account, str | BadInput] = {}
    for account in sorted(set(accounts.values()), key=lambda one: (one.names, one.id)):
        rivals = {one for name in account.names for one in sharing[name.casefold()]}
        try:
            for name in account.names:
                check_text("forecaster", name)
            members[account] = _member(account, known, choices, plan, rivals)
        except BadInput as error:
            members[account] = error
            if account.names:
                plan.strangers.append(Person(account.called, account.id))
    found = {person: members[accounts[person]] for person in everybody}
    _keep_handles(found, known, plan)
    return found


def _accounts(everybody: Iterable[Person]) -> dict[Person, Account]:
    """The account of each person; one without an id is the account of that name, if there is one.

    Two people of one name without ids cannot be told apart.
    """
    names: dict[str, set[str]] = defaultdict(set)
    owners: dict[str, set[str]] = defaultdict(set)
    for one in everybody:
        if one.id:
            names[one.id].update({one.name} - {""})
            owners[one.name].add(one.id)
    found = {}
    for one in everybody:
        identity = one.id or (next(iter(owners[one.name])) if len(owners[one.name]) == 1 else "")
        named = tuple(sorted(names[identity])) if identity else (one.name,) * bool(one.name)
        found[one] = Account(identity, named)
    return found


def _member(account: Account, known: Known, choices: Choices, plan: Plan, rivals: set[str]) -> str:
    if (told := _told(account, choices, rivals)) is not None:
        return _existing(told, known, choices, plan)
    for one in known.handles:
        same = one.id == account.id if one.id and account.id else one.name in account.names
        if same and (account.names or account.id):
            return one.member
    if not account.names:
        return _me(account, known, choices, plan)
    if len(rivals) > 1:
        lines = ", ".join(f"`{one} = NAME`" for one in sorted(rivals))
        raise BadInput("forecaster", account.called, f"who each is: several are called so; {lines}")
    members = {known.members.get(one.casefold(), "") for one in account.names} - {""}
    if len(members) > 1:
        right = f"`{account.called} = NAME`: its names are {' and '.join(sorted(members))} here"
        raise BadInput("forecaster", account.called, right)
    if members:
        return _same_account(account, members.pop(), known)
    if choices.add_members:
        return _added(account.called, plan)
    line = f"`{account.called} = NAME` in a file for --members, or --add-members"
    raise BadInput("forecaster", account.called, f"a member: {line}")


def _told(account: Account, choices: Choices, rivals: set[str]) -> str | None:
    """The member whom the one who imports has named, by id or by a name that is one account's."""
    if account.id and account.id in choices.members:
        return choices.members[account.id]
    if len(rivals) > 1:
        return None
    return next((choices.members[one] for one in account.names if one in choices.members), None)


def _existing(name: str, known: Known, choices: Choices, plan: Plan) -> str:
    member = known.members.get(name.casefold())
    if member is not None or name in plan.members:
        return member or name
    if choices.add_members:
        return _added(name, plan, shared=True)
    raise BadInput("member", name, "a member's name, or --add-members")


def _me(account: Account, known: Known, choices: Choices, plan: Plan) -> str:
    member = known.members.get(choices.me.casefold())
    if member is None and choices.me and choices.add_members:
        return _added(choices.me, plan, shared=True)
    if member is None:
        given = choices.me or (f"account {account.id}" if account.id else "")
        raise BadInput("forecaster", given, "whose forecasts these are: --as NAME, a member")
    return member


def _same_account(account: Account, member: str, known: Known) -> str:
    """A member, once it is seen that the member is not known as another account there."""
    others = [one.id for one in known.handles if one.member == member and one.id]
    if account.id and others and account.id not in others:
        right = f"`{account.id} = {member}` if the same person has accounts {others[0]} and this"
        raise BadInput("forecaster", account.called, right)
    return member


def _added(name: str, plan: Plan, *, shared: bool = False) -> str:
    """A new member; one that is only alike in name to another new one has to be told apart."""
    plain = " ".join(name.split())
    if not plain.isprintable():
        raise BadInput("forecaster", name, "a name of printable characters")
    for one in plan.members:
        if one.casefold() == plain.casefold():
            if shared:
                return one
            raise BadInput("forecaster", name, f"`{name} = NAME`: another is called so too")
    plan.members.append(plain)
    return plain


def _keep_handles(found: Members, known: Known, plan: Plan) -> None:
    """Put down what each account is called there, its id, and whether it is a bot."""
    have = {("", "", member) for member in found.values() if isinstance(member, str)}
    have |= {(one.name, one.id, one.member) for one in known.handles}
    for person, member in found.items():
        if isinstance(member, str) and (person.name, person.id, member) not in have:
            plan.handles.append((person, member))
