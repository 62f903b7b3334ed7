"""A server on loopback that answers like one of the OpenAI protocol, as a test tells it to."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What the server sends: a status and bytes, whole or in slow pieces."""

    body: bytes
    status: int = 200
    kind: str = "application/json"
    pause_seconds: float = 0.0
    pieces: int = 1


@dataclass
class Stub:
    """The server: what it was asked, with which headers."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def said(content: Any, finish: str = "stop", refusal: str | None = None) -> Reply:
    """An answer whose message has this content; anything but text is sent as JSON."""
    text = content if isinstance(content, str) or content is None else json.dumps(content)
    message = {"role": "assistant", "content": text, "refusal": refusal}
    choice = {"index": 0, "finish_reason": finish, "message": message}
    whole = {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": "stub",
        "choices": [choice],
    }
    return Reply(json.dumps(whole).encode())


def failed(status: int, words: str = "no") -> Reply:
    """An HTTP error as such servers give it."""
    return Reply(json.dumps({"error": {"message": words}}).encode(), status)


@contextmanager
def served(answer: Callable[[dict[str, Any], int], Reply]) -> Iterator[Stub]:
    """The server while a test runs; ``answer`` gets the request and its number, from 0."""
    stub = Stub("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            stub.asked.append(json.loads(self.rfile.read(length)))
            stub.headers.append({name.lower(): value for name, value in self.headers.items()})
            self._send(answer(stub.asked[-1], len(stub.asked) - 1))

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            size = -(-len(reply.body) // reply.pieces)
            try:
                for start in range(0, len(reply.body), size):
                    time.sleep(reply.pause_seconds)
                    self.wfile.write(reply.body[start : start + size])
                    self.wfile.flush()
            except OSError:
                self.close_connection = True

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
