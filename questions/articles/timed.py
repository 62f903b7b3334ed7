"""Work and connections that keep one deadline, however slowly the other side speaks."""

import io
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

Clock = Callable[[], float]
"""Seconds that only rise, from any start."""


class Timed:
    """A socket for :mod:`http.client` whose every step must end before the deadline."""

    def __init__(self, plug: socket.socket, deadline: float, clock: Clock) -> None:
        self._plug, self._deadline, self._clock = plug, deadline, clock

    def _hurry(self) -> None:
        self._plug.settimeout(left(self._deadline, self._clock))

    def sendall(self, data: bytes) -> None:
        """Send all of the data.

        Raises:
            TimeoutError: the deadline passed first.
        """
        self._hurry()
        self._plug.sendall(data)

    def recv_into(self, buffer: Any) -> int:
        """Receive what is there, at least a byte unless the other side has closed.

        Raises:
            TimeoutError: the deadline passed first.
        """
        self._hurry()
        return self._plug.recv_into(buffer)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What is received, as a file to read."""
        if mode != "rb":
            raise ValueError(f"no file with mode {mode!r}")
        return io.BufferedReader(_Received(self))

    def close(self) -> None:
        """Let go of the socket: what is still to be received holds it."""

    def end(self) -> None:
        """Close the socket."""
        self._plug.close()


class _Received(io.RawIOBase):
    """What a socket receives, as raw input."""

    def __init__(self, plug: Timed) -> None:
        self._plug = plug

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Receive into a buffer."""
        return self._plug.recv_into(buffer)

    def close(self) -> None:
        """Close the socket too."""
        self._plug.end()
        super().close()


def left(deadline: float, clock: Clock) -> float:
    """The seconds until a deadline.

    Raises:
        TimeoutError: it has passed.
    """
    seconds = deadline - clock()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def within[T](work: Callable[[], T], deadline: float, clock: Clock) -> T:
    """What some work gives that cannot be told how long it may take, as looking up a name.

    Raises:
        TimeoutError: the deadline passed first; the work goes on, and nobody waits for it.
    """
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # whatever it is, it is raised where it is waited for
            done.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return done.result(timeout=left(deadline, clock))
