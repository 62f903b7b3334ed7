"""Forecasts go out to platforms."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.output import print_json, say, write
from questions.errors import BadInput, Conflict, TidingsError, Unavailable

if TYPE_CHECKING:
    from forecast.desk.desk import Desk, Receipt
    from forecast.desk.sending import Outgoing
    from forecast.exchange.clients.calling import Line


def register(app: typer.Typer) -> None:
    """Add the command of this noun."""
    app.command()(send)


def send(
    platform: Annotated[str, typer.Argument(help="metaculus.")],
    questions: Annotated[
        list[str] | None,
        typer.Argument(help="Ids or parts of titles; all that came from there without one."),
    ] = None,
    who: setting.As = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be sent, and send nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Send without asking.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Send also what may have arrived already.")
    ] = False,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Send your forecasts to the platform that has the questions. Withdrawals too.

    Its rules are checked beforehand, each request stands in the log before it goes out and
    after, and nothing is sent twice. The token is METACULUS_TOKEN, or kept by the keyring.

    Example: tidings send metaculus --as Ana --dry-run
    """
    from forecast.desk.sending import PLATFORM, outgoing

    if platform.strip().lower() != PLATFORM:
        raise BadInput("platform", platform, PLATFORM)
    name = setting.member(who)
    with setting.desk(db, who=who, at=at) as desk:
        with desk.reading() as read:
            found = outgoing(read, name, desk.now, questions or (), again=again)
        ready = [one for one in found if one.body is not None]
        _tell(found, quiet=json)
        if dry_run:
            return print_json(_bodies(ready))
        if desk.store.label == "replay":
            raise Conflict("this store is a replay: nothing goes out of it", "use --dry-run")
        _see_that_it_may(ready, yes=yes)
        made = _delivered(desk, ready)
    if json:
        print_json([one.record | {"head": one.head} for one in made])
    if problems := [one for one in found if one.problem]:
        raise Conflict(f"{len(problems)} not sent", "see the lines above")
    return None


def _bodies(ready: Sequence["Outgoing"]) -> dict[str, list[Any]]:
    """The bodies of the requests, word for word, by what they do."""
    return {
        "forecasts": [one.body for one in ready if one.what == "forecast"],
        "withdrawals": [one.body for one in ready if one.what == "withdrawal"],
    }


def _tell(found: Sequence["Outgoing"], *, quiet: bool) -> None:
    """Say what is ready, what is not needed and what cannot be sent, with the reason."""
    for one in found:
        if one.problem:
            say(f"not sent: {one.problem}")
        elif one.note and not quiet:
            say(f"nothing to send of {one.question}: {one.note}")
    if not quiet and not any(one.body for one in found):
        say("nothing to send")


def _see_that_it_may(ready: Sequence["Outgoing"], *, yes: bool) -> None:
    """Ask whoever sits there whether it may go out.

    Raises:
        BadInput: nobody can be asked, and --yes was not given.
        Conflict: the answer is no.
    """
    from forecast.cli.keyboard import at_a_terminal
    from forecast.show.terminal import clean

    if yes or not ready:
        return
    if not at_a_terminal():
        raise BadInput("confirmation", "", "--yes to send, or --dry-run to see what would go out")
    for one in ready:
        write(f"{one.question} -> {one.theirs}  {one.what} {one.forecast}  {clean(one.title)}\n")
    if not typer.confirm(f"send {len(ready)} to Metaculus?"):
        raise Conflict("nothing was sent", "answer yes to send")


def _delivered(desk: "Desk", ready: Sequence["Outgoing"]) -> list["Receipt"]:
    """Send one after the other; what is refused is passed over, what cannot be reached ends it.

    Raises:
        TidingsError: the first that failed, once the others went out.
    """
    from forecast.cli.services import line_to
    from forecast.desk import sending

    made: list[Receipt] = []
    failed: list[TidingsError] = []
    if not ready:
        return made
    with line_to(sending.PLATFORM) as line:
        for one in ready:
            now = setting.clock() if desk.store.label == "live" else desk.now
            try:
                made.append(sending.send(replace(desk, now=now), one, _deliverer(line)))
                say(f"sent: {one.what} {one.forecast} on {one.question}")
            except TidingsError as error:
                failed.append(error.at(one.question))
                if isinstance(error, Unavailable):
                    break
    for other in failed[1:]:
        say(f"not sent: {other}")
    if failed:
        raise failed[0]
    return made


def _deliverer(line: "Line") -> "Callable[[Outgoing], None]":
    """What takes a request to Metaculus; of options it looks first which there are by now."""
    from forecast.exchange.clients import metaculus
    from forecast.exchange.sendable import outdated

    def deliver(one: "Outgoing") -> None:
        body = one.body or {}
        if one.what == "withdrawal":
            return metaculus.withdraw(line, [body])
        if one.post and "probability_yes_per_category" in body:
            now = metaculus.question(line, int(one.theirs), int(one.post))
            if problem := outdated(body, now):
                raise Conflict(problem, "nothing was sent of it")
        return metaculus.send(line, [body])

    return deliver
