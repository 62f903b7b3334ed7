"""A mapping says which column holds what; its TOML gives it back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.exchange.mapping import ROLES, Mapping, from_toml, to_toml
from questions.errors import BadFile, BadInput

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
pairs = st.dictionaries(st.sampled_from(sorted(ROLES)), words, max_size=6)


@given(
    st.builds(Mapping, pairs, pairs, st.sampled_from([1.0, 100.0]), words, words, st.just("csv"))
)
def test_a_mapping_that_was_written_is_read_back(mapping):
    assert from_toml("m.toml", to_toml(mapping, ["a comment"])) == mapping


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("scale = ", "not TOML"),
        ("scale = 10", "1 or 100"),
        ('colour = "red"', "one of columns, constants"),
        ('[columns]\ncolour = "red"', "role in columns 'colour'"),
        ("columns = 3", "a table, such as"),
    ],
)
def test_what_no_mapping_has_is_refused(text, fault):
    with pytest.raises(BadFile, match=fault):
        from_toml("m.toml", text)


def at(mapping, text, **more):
    return mapping.time({"when": text}, "made_at", **more)


def test_times_are_read_as_the_mapping_says():
    columns = {"made_at": "when"}
    plain = Mapping(columns)
    noon = datetime(2024, 3, 4, 12, tzinfo=UTC)
    assert at(plain, "2024-03-04T12:00Z") == noon
    assert at(plain, "1709553600") == noon
    assert at(plain, "2024-03-04") == datetime(2024, 3, 4, tzinfo=UTC)
    assert at(plain, "2024-03-04", closing=True) == datetime(2024, 3, 5, tzinfo=UTC)
    assert at(Mapping(columns, zone="Europe/Berlin"), "2024-03-04 13:00") == noon
    slashes = Mapping(columns, time_format="%d/%m/%Y %H:%M", zone="UTC")
    assert at(slashes, "04/03/2024 12:00") == noon
    assert at(plain, "") is None
    assert at(slashes, "04/03/2024", closing=True) == datetime(2024, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("mapping", "text", "fault"),
    [
        (Mapping({"made_at": "when"}), "2024-03-04 12:00", "a zone in the mapping"),
        (Mapping({"made_at": "when"}), "04/03/2024", "%d/%m/%Y has the day first"),
        (Mapping({"made_at": "when"}), "2024-13-03", "a date and time that there are"),
        (Mapping({"made_at": "when"}), "0001-01-01T00:00+14:00", "made_at '0001-01-01"),
        (Mapping({"made_at": "when"}, zone="Mars"), "2024-03-04 12:00", "zone 'Mars'"),
        (
            Mapping({"made_at": "when"}, zone="Europe/Berlin"),
            "2024-03-31 02:30",
            "clocks in Europe/Berlin left that hour out",
        ),
        (
            Mapping({"made_at": "when"}, time_format="%d/%m/%Y"),
            "2024.03.04",
            "a time written as %d/%m/%Y",
        ),
    ],
)
def test_a_time_that_the_mapping_does_not_fit_is_refused(mapping, text, fault):
    with pytest.raises(BadInput, match=fault):
        at(mapping, text)


def test_a_constant_stands_where_no_column_does():
    mapping = Mapping({"prob": "p"}, {"forecaster": "Ana", "prob": "0.5"})
    assert mapping.cell({"p": "0.3"}, "forecaster") == "Ana"
    assert [mapping.cell({"p": text}, "prob") for text in ("0.3", "")] == ["0.3", "0.5"]
