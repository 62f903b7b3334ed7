"""A service on this machine that answers as a test says, faults and all."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np

from forecast.exchange.clients.wire import Wire


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    """What is answered; ``cut`` leaves out the end of what was announced, ``drop`` everything."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    drop: bool = False
    packed: bool = False

    @property
    def bytes(self) -> bytes:
        raw = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        return gzip.compress(raw) if self.packed else raw


PAGE = Reply(
    b"<!DOCTYPE html><html><body>Just a moment</body></html>",
    status=403,
    headers={"Content-Type": "text/html"},
)
"""What a guard in front of a service answers to programs."""


@dataclass
class Stub:
    """A running service: where it is, and what it was asked so far."""

    url: str
    asked: list[Asked] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [f"{one.method} {one.path}" for one in self.asked]


@contextmanager
def served(answer: Callable[[Asked], Reply]) -> Iterator[Stub]:
    """Serve what a function answers, on loopback, until the block ends."""
    stub = Stub("")

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            parts = urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            asked = Asked(
                self.command,
                parts.path,
                dict(parse_qsl(parts.query)),
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(size),
            )
            stub.asked.append(asked)
            reply = answer(asked)
            if reply.drop:
                self.close_connection = True
                return
            body = reply.bytes
            self.send_response_only(reply.status)
            if reply.packed:
                self.send_header("Content-Encoding", "gzip")
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) - reply.cut])
            self.close_connection = True

        do_GET = do_POST = handle_any  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    running = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    running.start()
    stub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        running.join()


def in_turn(*replies: Reply) -> Callable[[Asked], Reply]:
    """One reply after the other, the last of them for ever."""
    left = list(replies)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


@dataclass
class Clock:
    """A clock that only sleeping moves on; it notes how long each sleep was."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def wire(clock: Clock | None = None, **more: Any) -> Wire:
    """The network with a clock that a test owns."""
    held = clock or Clock()
    chance = np.random.Generator(np.random.PCG64(7))
    return Wire(chance, sleep=held.sleep, clock=held, **{"seconds": 5.0, **more})
