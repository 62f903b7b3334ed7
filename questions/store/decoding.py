"""Rows become records again: the other half of :func:`questions.store.envelope.plain`."""

from collections.abc import Mapping
from typing import Any, assert_never

from questions.instants import iso, parse_instant
from questions.records import (
    Article,
    Bearing,
    Binary,
    Date,
    Discrete,
    Draft,
    Finding,
    Kind,
    MultipleChoice,
    Numeric,
    Question,
    Quotation,
    ReferenceClass,
    Report,
    Resolution,
)
from questions.values import Chosen, Moment, Number, Outcome, Void, value_from_json

Row = Mapping[str, Any]


def kind_to_json(kind: Kind) -> dict[str, Any]:
    """A question's kind as a JSON object with its tag.

    >>> kind_to_json(MultipleChoice(("a", "b")))
    {'kind': 'multiple_choice', 'options': ['a', 'b']}
    """
    match kind:
        case Binary():
            return {"kind": "binary"}
        case MultipleChoice(options):
            return {"kind": "multiple_choice", "options": list(options)}
        case Numeric():
            names = Numeric.__slots__
            return {"kind": "numeric", **{name: getattr(kind, name) for name in names}}
        case Discrete():
            names = Discrete.__slots__
            return {"kind": "discrete", **{name: getattr(kind, name) for name in names}}
        case Date(low, high, open_low, open_high):
            return {
                "kind": "date",
                "range_min": iso(low),
                "range_max": iso(high),
                "open_lower_bound": open_low,
                "open_upper_bound": open_high,
            }
    assert_never(kind)


def kind_from_json(data: Row) -> Kind:
    """The kind that :func:`kind_to_json` wrote.

    Raises:
        ValueError: a tag that is none of ours.
    """
    fields = {key: value for key, value in data.items() if key != "kind"}
    match data["kind"]:
        case "binary":
            return Binary()
        case "multiple_choice":
            return MultipleChoice(tuple(fields["options"]))
        case "numeric":
            return Numeric(**fields)
        case "discrete":
            return Discrete(**fields)
        case "date":
            low, high = parse_instant(fields["range_min"]), parse_instant(fields["range_max"])
            return Date(low, high, fields["open_lower_bound"], fields["open_upper_bound"])
        case other:
            raise ValueError(f"no question has the kind {other!r}")


def _quotation(data: Row | None) -> Quotation | None:
    return Quotation(**data) if data else None


def _reference_class(data: Row | None) -> ReferenceClass | None:
    return ReferenceClass(**data) if data else None


def _roles(data: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((role, name) for role, name in data)


def article(row: Row) -> Article:
    """An article of the ``articles`` table."""
    names = Article.__slots__
    return Article(**{name: row[name] for name in names})


def draft(row: Row) -> Draft:
    """A draft of the ``drafts`` table."""
    return Draft(
        id=row["id"],
        title=row["title"],
        family=row["family"],
        roles=_roles(row["roles"]),
        open_time=row["open_time"],
        scheduled_close_time=row["scheduled_close_time"],
        deadline_reason=row["deadline_reason"],
        resolution_criteria=row["resolution_criteria"],
        fine_print=row["fine_print"],
        quotation=Quotation(**row["quotation"]),
        problems=tuple(Finding(**finding) for finding in row["problems"]),
        reference_class=_reference_class(row["reference_class"]),
        type=row["type"],
        rank=row["rank"],
        article=row["article"],
    )


def question(row: Row) -> Question:
    """A question of the ``questions`` table."""
    return Question(
        id=row["id"],
        title=row["title"],
        kind=kind_from_json(row["kind"]),
        open_time=row["open_time"],
        scheduled_close_time=row["scheduled_close_time"],
        resolution_criteria=row["resolution_criteria"],
        fine_print=row["fine_print"],
        background=row["background"],
        tags=tuple(row["tags"]),
        family=row["family"],
        roles=_roles(row["roles"]),
        quotation=_quotation(row["quotation"]),
        reference_class=_reference_class(row["reference_class"]),
        article=row["article"],
        draft=row["draft"],
        asked_by=row["asked_by"],
    )


def outcome(data: Row) -> Outcome:
    """An outcome as it was written.

    Raises:
        ValueError: a value that is no outcome.
    """
    value = value_from_json(data)
    if not isinstance(value, Chosen | Number | Moment | Void):
        raise ValueError(f"{value!r} is no outcome")
    return value


def resolution(row: Row) -> Resolution:
    """A resolution of the ``resolutions`` table."""
    return Resolution(
        question=row["question"],
        outcome=outcome(row["outcome"]),
        resolved_at=row["resolved_at"],
        source=row["source"],
        recorded_at=row["recorded_at"],
        by=row["actor"],
    )


def report(row: Row) -> Report:
    """A report of the ``reports`` table."""
    return Report(**{name: row[name] for name in Report.__slots__})


def bearing(row: Row) -> Bearing:
    """A bearing of the ``bearings`` table."""
    return Bearing(**{name: row[name] for name in Bearing.__slots__})
