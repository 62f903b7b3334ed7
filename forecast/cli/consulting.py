"""``--model`` beside a person's judgement: a language model is asked first, and decides nothing."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli.output import say
from questions.errors import TidingsError

if TYPE_CHECKING:
    from forecast.desk.consulting import Pair
    from forecast.desk.desk import Desk

Second = Annotated[
    str | None,
    typer.Option("--model", help="Ask this language model for a second judgement.", metavar="NAME"),
]


def consult(desk: "Desk", pairs: "Iterable[Pair]", model: str | None, base_url: str | None) -> None:
    """Ask a model about reports and yes-or-no questions of which it has suggested nothing yet.

    What goes wrong is told and stops nothing but the asking.

    Raises:
        BadInput: an address of the model that is none.
        NotFound: no such report or question.
    """
    from forecast.cli.modelling import service_of
    from forecast.desk.consulting import asked_already, keep
    from questions.modelled.weighing import weigh
    from questions.records import Binary
    from questions.store import shelf

    service = service_of(model, base_url) if model is not None else None
    if service is None:
        return
    with desk.reading() as read:
        before = asked_already(read, desk, service.model)
        asked = [
            (
                shelf.find_report(read, report),
                shelf.find_question(read, question, desk.now).question,
            )
            for report, question in pairs
        ]
    new = [
        (report, question)
        for report, question in asked
        if isinstance(question.kind, Binary) and (report.id, question.id) not in before
    ]
    for place, (report, question) in enumerate(new, start=1):
        say(f"asking {service.model}: {report.id} on {question.id} ({place} of {len(new)})")
        said = weigh(report, question, service)
        try:
            keep(desk, (report.id, question.id), said, service.model)
        except TidingsError as error:
            say(f"note: {error}")
        if said.trouble:
            say(f"note: {report.id} on {question.id}: no suggestion: {said.trouble}")
        if not said.turns:
            return
