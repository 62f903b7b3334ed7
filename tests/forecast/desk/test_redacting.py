"""Texts are erased on request: the entry stays, and the store still vouches for itself."""

import pytest
import sqlalchemy as sa

from forecast.desk.judging import judge
from forecast.desk.predicting import add_alias, add_member, correct
from forecast.desk.redacting import redact
from forecast.ledger import FORECASTS, KINDS
from forecast.people.roster import forecasts, members
from questions.errors import BadInput, Conflict, NotFound
from questions.store.checking import check
from questions.store.envelope import plain
from questions.store.texts import ERASED
from tests.forecast.desk.conftest import report

SECRET = "a source in the ministry said so"


def everything(office) -> str:
    """All that the file holds of any table, as text."""
    tables = ("log", "texts", "persons", "members", "forecasts", "evidence", "aliases", "reports")
    with office.store.reading() as read:
        rows = [
            str(row)
            for table in tables
            for row in read.connection.execute(sa.text(f"SELECT * FROM {table}"))
        ]
    return "\n".join(rows)


def sound(office) -> list[str]:
    with office.store.reading() as read:
        return check(read, KINDS)


def test_a_rationale_is_erased_and_the_forecast_stays(office):
    office.said(1, 0.4, why=SECRET)
    before = office.head()
    made = redact(office.on(2), "F1", "asked by its author")
    assert SECRET not in everything(office)
    assert office.rows(FORECASTS)[0]["why"] == ERASED
    assert sound(office) == []
    with office.store.reading() as read:
        (forecast,) = forecasts(read)
        assert forecast.value.yes == 0.4
        assert before in {event.hash for event in read.events()}
        assert read.head() == made.head


@pytest.mark.parametrize("named", ["F1", "F2", "f3"])
def test_a_rationale_is_erased_from_all_that_a_forecast_was_and_became(office, named):
    office.said(1, 0.4, why=SECRET)
    for prob in (0.04, 0.05):
        correct(office.on(1), "Q1", prob, member="Ana")
    office.said(1, 0.6, member="Bo", why="another's reason")
    redact(office.on(2), named, "asked by its author")
    assert SECRET not in everything(office)
    assert "another's reason" in everything(office)
    assert sound(office) == []


def test_a_name_is_erased_everywhere_and_its_forecasts_stay(office):
    office.said(1, 0.4)
    add_alias(office.on(1), "the Annalist", "Ana")
    redact(office.on(2, actor="Bo"), "Ana", "left the team")
    assert "Annalist" not in everything(office)
    assert "'Ana'" not in everything(office)
    assert sound(office) == []
    with office.store.reading() as read:
        (forecast,) = forecasts(read)
        assert forecast.member.startswith("P")
        assert forecast.member in members(read)


def test_two_erased_names_are_still_two_people(office):
    office.said(1, 0.4)
    office.said(1, 0.6, member="Bo")
    for name in ("Ana", "Bo"):
        redact(office.on(2, actor=""), name, "left the team")
    with office.store.reading() as read:
        assert len({forecast.member for forecast in forecasts(read)}) == 2


def test_a_judgements_reason_and_a_reports_text_are_erased(office):
    with office.on(1).writing() as entry:
        entry.append("report.read", {**plain(report(text=SECRET)), "id": "R1", "story": "S1"})
    judge(office.on(1), "R1", "Q1", "weighed", 1.0, why=SECRET)
    redact(office.on(2), "R1/Q1", "names a source")
    redact(office.on(2), "R1", "its publisher asked")
    assert SECRET not in everything(office)
    assert sound(office) == []


def test_what_is_erased_cannot_be_erased_again(office):
    office.said(1, 0.4, why=SECRET)
    redact(office.on(2), "F1", "asked")
    head = office.head()
    with pytest.raises(Conflict, match="the text of F1 is erased already"):
        redact(office.on(3), "F1", "asked")
    assert office.head() == head


def test_a_reference_to_nothing_is_refused(office):
    with pytest.raises(NotFound, match="no text of 'F9'; name an article"):
        redact(office.on(1), "F9", "asked")


def test_a_text_that_was_changed_behind_the_store_is_found(office):
    office.said(1, 0.4, why=SECRET)
    with office.store.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER texts_keep_on_UPDATE")
        connection.execute(
            sa.text("UPDATE texts SET text = 'another' WHERE text = :was"), {"was": SECRET}
        )
    assert "does not follow" in sound(office)[0]


def test_a_text_that_has_gone_without_a_redaction_is_found(office):
    office.said(1, 0.4, why=SECRET)
    with office.store.writer.begin() as connection:
        connection.execute(
            sa.text("UPDATE texts SET text = NULL, salt = NULL WHERE text = :was"),
            {"was": SECRET},
        )
    assert "does not follow" in sound(office)[0]


def test_a_text_can_be_erased_but_not_changed(office):
    office.said(1, 0.4, why=SECRET)
    with (
        pytest.raises(sa.exc.IntegrityError, match="erased, not changed"),
        office.store.writer.begin() as connection,
    ):
        connection.execute(sa.text("UPDATE texts SET text = 'another'"))


def test_nobody_can_take_the_name_of_somebody_erased(office):
    redact(office.on(1, actor="Bo"), "Ana", "left the team")
    with pytest.raises(BadInput, match="this is what erased names are called"):
        add_member(office.on(2, actor="Bo"), "P1")
