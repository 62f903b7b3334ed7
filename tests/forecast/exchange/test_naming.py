"""Who is who: names that are two people, people with two names."""

from datetime import UTC, datetime

from forecast.exchange.naming import members_of
from forecast.exchange.plan import Choices, Handle, Known, Plan
from forecast.exchange.records import ME, Person
from questions.errors import BadInput

NOW = datetime(2024, 3, 1, tzinfo=UTC)
TEAM = {"ana": "Ana", "bo": "Bo", "bobby": "Bo"}


def named(people, choices=None, known=None):
    plan = Plan("metaculus")
    known = known or Known(NOW, members=TEAM)
    found = members_of(people, known, choices or Choices(), plan)
    told = {one: str(who) if isinstance(who, BadInput) else who for one, who in found.items()}
    return told, plan


def test_a_name_or_alias_is_a_member_whatever_its_case():
    ana, bobby = Person("ANA", "1"), Person("Bobby", "2")
    assert named([ana, bobby])[0] == {ana: "Ana", bobby: "Bo"}


def test_a_stranger_is_refused_with_the_line_that_would_allow_them():
    (told,), plan = (lambda pair: (list(pair[0].values()), pair[1]))(named([Person("Cleo", "3")]))
    assert "`Cleo = NAME` in a file for --members, or --add-members" in told
    assert plan.strangers == [Person("Cleo", "3")]


def test_strangers_become_members_where_that_is_wanted():
    cleo = Person("Cleo", "3")
    told, plan = named([cleo], Choices(add_members=True))
    assert (told[cleo], plan.members) == ("Cleo", ["Cleo"])


def test_two_accounts_of_one_name_are_two_people_until_somebody_says_otherwise():
    one, other = Person("ana", "1"), Person("Ana", "2")
    told, _ = named([one, other])
    assert all("`1 = NAME`, `2 = NAME`" in said for said in told.values())
    told, _ = named([one, other], Choices(members={"1": "Ana", "2": "Bo"}))
    assert told == {one: "Ana", other: "Bo"}


def test_a_name_in_the_file_of_members_does_not_decide_between_two_accounts():
    one, other = Person("sam", "1"), Person("sam", "2")
    told, _ = named([one, other], Choices(members={"sam": "Ana"}))
    assert all("several are called so" in said for said in told.values())


def test_one_account_under_two_names_is_one_person():
    old, new = Person("ana", "1"), Person("ana_b", "1")
    told, plan = named([old, new])
    assert told == {old: "Ana", new: "Ana"}
    assert not plan.members


def test_two_accounts_can_be_one_person_where_somebody_says_so():
    one, other = Person("ana", "1"), Person("a.b.", "2")
    told, _ = named([one, other], Choices(members={"a.b.": "Ana"}))
    assert told == {one: "Ana", other: "Ana"}


def test_who_was_known_under_an_id_stays_that_member_under_a_new_name():
    known = Known(NOW, members=TEAM, handles=(Handle("ana", "1", "Ana"),))
    renamed = Person("comet_girl", "1")
    assert named([renamed], known=known)[0] == {renamed: "Ana"}


def test_another_account_of_a_members_name_is_not_taken_for_the_member():
    known = Known(NOW, members=TEAM, handles=(Handle("ana", "1", "Ana"),))
    other = Person("Ana", "9")
    told, _ = named([other], known=known)
    assert "`9 = Ana` if the same person has accounts 1 and this" in told[other]


def test_ones_own_data_is_the_importers():
    assert named([ME], Choices(me="bo"))[0] == {ME: "Bo"}
    assert "--as NAME" in named([ME])[0][ME]
    told, plan = named([ME], Choices(me="Dan", add_members=True))
    assert (told[ME], plan.members) == ("Dan", ["Dan"])


def test_a_person_without_an_id_is_the_account_of_that_name():
    plain, full = Person("Ana"), Person("Ana", "1")
    told, _ = named([plain, full])
    assert told == {plain: "Ana", full: "Ana"}


def test_names_alike_but_for_their_case_are_not_both_added():
    told, plan = named([Person("Eve"), Person("EVE")], Choices(add_members=True))
    assert not plan.members
    assert all("several are called so" in said for said in told.values())


def test_a_member_who_is_named_has_to_be_there():
    told, _ = named([Person("x")], Choices(members={"x": "Zoe"}))
    assert "a member's name, or --add-members" in told[Person("x")]


def test_a_name_with_control_characters_is_no_member():
    told, plan = named([Person("a\x07b")], Choices(add_members=True))
    assert not plan.members
    assert "a name of printable characters" in next(iter(told.values()))


def test_handles_are_kept_once():
    known = Known(NOW, members=TEAM, handles=(Handle("ana", "1", "Ana"),))
    bot = Person("bo", "7", bot=True)
    _, plan = named([Person("ana", "1"), bot], known=known)
    assert plan.handles == [(bot, "Bo")]
