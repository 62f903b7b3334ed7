"""Independent tasks spread over processes, of this machine or of a cluster.

A task is a pure function of its input, and its key names both: whoever is killed over it, it is
done again by another, and the answer is the same. A pool that lost a worker is made anew for
what is left; Dask's scheduler does so itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from questions.errors import BadInput, Conflict

RETRIES: Final = 3
"""How often what a worker was killed over is tried again."""
PATIENCE: Final = 10.0
"""How long a cluster may take to answer, seconds."""


@dataclass(frozen=True, slots=True)
class Workers:
    """So many processes on this machine."""

    count: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """The scheduler of a Dask cluster, such as ``tcp://127.0.0.1:8786``."""

    address: str


Crew = Workers | Cluster


def spread[Task, Done](
    function: Callable[[Task], Done],
    tasks: Mapping[str, Task],
    crew: Crew,
    heard: Callable[[str], None] = lambda _: None,
) -> dict[str, Done]:
    """What a function makes of each task, by its key, in the order of the tasks.

    The function stands in a module that the workers can import; ``heard`` is told of each key as
    it is done.

    Raises:
        BadInput: no worker at all, or a cluster whose library is not installed.
        Conflict: a cluster that does not answer, or workers that die again and again.
    """
    match crew:
        case Workers(count):
            done = _over_pool(function, tasks, count, heard)
        case Cluster(address):
            done = _over_cluster(function, tasks, address, heard)
    return {key: done[key] for key in tasks}


def _over_pool[Task, Done](
    function: Callable[[Task], Done],
    tasks: Mapping[str, Task],
    count: int,
    heard: Callable[[str], None],
) -> dict[str, Done]:
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    if count < 1:
        raise BadInput("workers", count, "a number from 1")
    done: dict[str, Done] = {}
    for _ in range(1 + RETRIES):
        left = {key: task for key, task in tasks.items() if key not in done}
        with ProcessPoolExecutor(min(count, len(tasks)), get_context("spawn")) as pool:
            asked = {pool.submit(function, task): key for key, task in left.items()}
            try:
                for future in as_completed(asked):
                    done[asked[future]] = future.result()
                    heard(asked[future])
            except BrokenProcessPool:
                continue
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return done
    raise Conflict(f"{1 + RETRIES} pools lost a worker each", "use fewer, or leave out --workers")


def _over_cluster[Task, Done](
    function: Callable[[Task], Done],
    tasks: Mapping[str, Task],
    address: str,
    heard: Callable[[str], None],
) -> dict[str, Done]:
    try:
        from distributed import as_completed
    except ImportError:
        right = "--workers, or install the extra: pip install 'tidings[cluster]'"
        raise BadInput("cluster", address, right) from None
    done: dict[str, Done] = {}
    with _client(address) as client:
        asked = [
            client.submit(function, task, key=key, retries=RETRIES) for key, task in tasks.items()
        ]
        for future in as_completed(asked, loop=client.loop):  # type: ignore[no-untyped-call]
            done[future.key] = future.result()
            heard(future.key)
    return done


def _client(address: str) -> Any:
    """A client of the cluster at an address."""
    from distributed import Client

    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        right = "start one: dask scheduler --host 127.0.0.1 --no-dashboard"
        raise Conflict(f"no cluster answers at {address!r} ({said})", right) from None
