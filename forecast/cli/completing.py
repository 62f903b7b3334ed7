"""What the shell completes beside commands and options: the ids of questions, with titles."""

from typing import Any, Final

QUESTIONS: Final = ("question", "questions")
"""What arguments and options are called that take a question."""


def completing(command: Any) -> Any:
    """A command whose arguments that take a question complete its id."""
    for one in command.params if command else ():
        if one.name in QUESTIONS:
            one._custom_shell_complete = question_ids
    return command


def question_ids(ctx: Any, _: Any, incomplete: str) -> list[Any]:
    """The questions that are not resolved whose ids begin as what is typed; none without a store.

    Nothing is said of what goes wrong: the shell would show it in the middle of a line.
    """
    from typer._click.shell_completion import CompletionItem

    from forecast.cli import setting
    from questions.errors import TidingsError
    from questions.store import shelf

    place = ctx.params.get("db") or (ctx.parent and ctx.parent.params.get("db"))
    try:
        with setting.reading(place) as (read, at):
            asked = [one.question for one in shelf.questions(read, at) if one.status != "resolved"]
    except TidingsError:
        return []
    begun = incomplete.upper()
    return [CompletionItem(one.id, help=one.title) for one in asked if one.id.startswith(begun)]
