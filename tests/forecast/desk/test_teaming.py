"""Teams are made of members."""

import pytest

from forecast.desk.predicting import add_alias, add_member
from forecast.desk.teaming import change_team
from forecast.people.roster import known_team, teams
from questions.errors import BadInput, Conflict, NotFound


def held(office):
    with office.store.reading() as read:
        return teams(read)


def test_members_join_and_leave_a_team(office):
    add_member(office.on(1), "Cleo")
    add_alias(office.on(1), "am", "Ana")
    made = change_team(office.on(1), "the  north", ["am", "Bo", "ana"])
    assert [one.id for one in made] == ["the north/Ana", "the north/Bo"]
    change_team(office.on(2), "The North", ["Cleo", "Bo"])
    change_team(office.on(3), "the north", ["Bo"], remove=True)
    assert held(office) == {"the north": ("Ana", "Cleo")}
    with office.store.reading() as read:
        assert known_team(read, "THE NORTH") == ("Ana", "Cleo")
        with pytest.raises(NotFound, match="no team 'the west'"):
            known_team(read, "the west")


def test_a_team_without_members_is_none(office):
    change_team(office.on(1), "north", ["Bo"])
    change_team(office.on(2), "north", ["Bo"], remove=True)
    assert held(office) == {}


def test_a_team_is_changed_once_for_a_key(office):
    desk = office.on(1)
    assert change_team(desk, "north", ["Bo"]) == change_team(desk, "north", ["Bo"])


@pytest.mark.parametrize(
    ("name", "who", "remove", "error", "right"),
    [
        ("north", ["Dan"], False, NotFound, "no member 'Dan'"),
        ("ana", ["Bo"], False, BadInput, "this is what somebody else is called"),
        ("Crowd", ["Bo"], False, BadInput, "this is what somebody else is called"),
        ("a\nb\x07", ["Bo"], False, BadInput, "printable characters"),
        ("north", ["Bo"], True, Conflict, "in north is nobody; there is nothing to change"),
    ],
)
def test_what_makes_no_team_is_refused(office, name, who, remove, error, right, nothing_written):
    with pytest.raises(error, match=right):
        change_team(office.on(1), name, who, remove=remove)
