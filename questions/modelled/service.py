"""The model is asked over the network: an edge, the only importer of the openai client."""

import json
from collections.abc import Iterable
from time import monotonic
from typing import Any, Final, Literal

from questions.modelled.prompt import Message
from questions.modelled.reading import UNKEPT
from questions.modelled.records import Service, Trouble, Turn

Form = Literal["schema", "json"]

INSTALL: Final = "the openai client is not installed: pip install 'tidings[model]'"
_MOST_BYTES: Final = 2_000_000
_SHOWN: Final = 160


class _Slow(Exception):
    """An answer that takes longer than it may."""


class _Huge(Exception):
    """An answer that is larger than it may be."""


def ask(
    service: Service, messages: list[Message], form: Form, schema: dict[str, Any]
) -> Turn | Trouble:
    """Ask once, in a form; the key appears in nothing that comes back."""
    try:
        import openai
    except ImportError:
        return Trouble(INSTALL)
    try:
        body = _sent(service, messages, _wanted(form, schema))
    except (openai.APITimeoutError, _Slow):
        return _slow(service)
    except _Huge:
        return Trouble(f"{service.model} sent more than {_MOST_BYTES} bytes")
    except openai.APIStatusError as error:
        return _refused(service, error.status_code, _hidden(service, _words(error.body)))
    except openai.APIConnectionError:
        return Trouble(f"{service.base_url} cannot be reached; is the address right?")
    except Exception as error:
        # The client lets errors of its transport through while an answer is being read.
        if "Timeout" in type(error).__name__:
            return _slow(service)
        return Trouble(f"the answer of {service.model} broke off ({type(error).__name__})")
    return _read(service, messages, _hidden(service, body))


def _wanted(form: Form, schema: dict[str, Any]) -> dict[str, Any]:
    """How the protocol writes the form of an answer."""
    if form == "json":
        return {"type": "json_object"}
    return {
        "type": "json_schema",
        "json_schema": {"name": "answer", "strict": True, "schema": schema},
    }


def _sent(service: Service, messages: list[Message], wanted: dict[str, Any]) -> str:
    from openai import OpenAI

    ends = monotonic() + service.timeout_seconds
    client: Any = OpenAI(
        # A server of one's own wants no key, but the client wants some text.
        api_key=service.key or "none",
        base_url=service.base_url,
        timeout=service.timeout_seconds,
        max_retries=0,
    )
    with (
        client,
        client.chat.completions.with_streaming_response.create(
            model=service.model, messages=messages, response_format=wanted
        ) as response,
    ):
        return _bounded(response.iter_bytes(), ends).decode("utf-8", "replace")


def _bounded(pieces: Iterable[bytes], ends: float) -> bytes:
    """The bytes of an answer, as long as they come in time and are not too many."""
    body = b""
    for piece in pieces:
        body += piece
        if monotonic() > ends:
            raise _Slow
        if len(body) > _MOST_BYTES:
            raise _Huge
    return body


def _hidden(service: Service, text: str) -> str:
    """A text of the server without the key, should it hold it."""
    return text.replace(service.key, "[key]") if service.key else text


def _slow(service: Service) -> Trouble:
    return Trouble(f"{service.model} did not answer within {service.timeout_seconds:g} s")


def _words(body: object) -> str:
    """What a server says of an error."""
    said = body.get("message") if isinstance(body, dict) else body
    return "no reason given" if said is None else str(said)


def _refused(service: Service, status: int, said: str) -> Trouble:
    match status:
        case 401 | 403:
            return Trouble(
                f"{service.base_url} does not accept the key (HTTP {status}); set OPENAI_API_KEY"
            )
        case 404:
            return Trouble(f"{service.base_url} knows no model {service.model!r} (HTTP 404)")
        case 429:
            return Trouble(f"{service.base_url} asks to wait (HTTP 429); try again later")
    short = " ".join(said.split())[:_SHOWN]
    return Trouble(
        f"{service.base_url} answered HTTP {status}: {short}", of_the_form=status in (400, 422, 501)
    )


def _read(service: Service, messages: list[Message], body: str) -> Turn | Trouble:
    """The text of an answer, or that the model refused to give one."""
    try:
        choice = json.loads(body)["choices"][0]
        message = choice["message"]
        refusal, content = message.get("refusal"), message.get("content")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return Trouble(f"{service.base_url} sent something that is no answer of a model")
    if refusal or choice.get("finish_reason") == "content_filter":
        short = " ".join(str(refusal or "no reason given").split())[:_SHOWN]
        return Trouble(f"{service.model} refused: {short}")
    if choice.get("finish_reason") == "length":
        return Trouble(f"the answer of {service.model} was cut off: it allows too few tokens")
    if not isinstance(content, str) or not content.strip():
        return Trouble(f"{service.model} gave an empty answer")
    asked = json.dumps(messages, ensure_ascii=False)
    return Turn(service.model, asked, UNKEPT.sub("\ufffd", content))
