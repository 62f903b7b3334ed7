"""A server on loopback that answers what a test tells it to, and a network that reaches it."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from questions.articles.network import Network

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """What is found at which path, and who asked for what."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "news.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def put(
        self,
        path: str,
        body: bytes = b"",
        kind: str = "text/html; charset=utf-8",
        status: int = 200,
        **headers: str,
    ) -> str:
        """Have a body at a path; returns its address."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            if kind:
                handler.send_header("Content-Type", kind)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = answer
        return self.url(path)

    def network(self, **changes: object) -> Network:
        """A network in which every name of example is this site, and loopback is let in."""
        given = {
            "resolve": lambda host, port: ["127.0.0.1"],
            "allowed": lambda address: address == "127.0.0.1",
            "seconds": 5.0,
        }
        return Network(**(given | changes))  # type: ignore[arg-type]


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append((self.headers["Host"], self.path))
            try:
                here.answers.get(self.path, lambda one: one.send_error(404))(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

    server = Server(("127.0.0.1", 0), Handler)
    here = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield here
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def no_real_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test of articles looks up a name or leaves the machine."""
    look_up = socket.getaddrinfo

    def guarded(host: str, *others: object, **named: object) -> object:
        assert host == "127.0.0.1", f"a test looked up {host}"
        return look_up(host, *others, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", guarded)
