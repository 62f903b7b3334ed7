"""One task for a model: it is asked, and once more where its answer cannot be read."""

from collections.abc import Callable
from typing import Any

from questions.modelled.prompt import Message, repair
from questions.modelled.records import Answered, Service, Trouble, Turn
from questions.modelled.service import Form, ask

type Reader[T] = Callable[[str], tuple[list[T], list[str]]]
"""The text of an answer becomes what can be used of it, and what is wrong with the rest."""


def answered[T](
    service: Service, messages: list[Message], schema: dict[str, Any], read: Reader[T]
) -> Answered[T]:
    """Ask a model for an answer of a form.

    A server without a schema mode is asked in JSON mode; an answer that cannot be read is
    shown to the model once, to be put right. Whatever goes wrong is a line in ``trouble``.
    """
    form: Form = "schema"
    turn = ask(service, messages, form, schema)
    if isinstance(turn, Trouble) and turn.of_the_form:
        form = "json"
        turn = ask(service, messages, form, schema)
    if isinstance(turn, Trouble):
        return Answered(trouble=turn.what)
    turns = [turn]
    found, problems = read(turn.answer)
    if problems:
        again = ask(service, [*messages, *repair(turn.answer, problems[0])], "json", schema)
        if isinstance(again, Turn):
            turns.append(again)
            better, left = read(again.answer)
            found, problems = (better, left) if len(better) >= len(found) else (found, problems)
    if problems and not found:
        unusable = f"the answer of {service.model} cannot be used: {problems[0]}"
        return Answered(turns=tuple(turns), trouble=unusable)
    return Answered(tuple(found), tuple(turns), tuple(problems))
