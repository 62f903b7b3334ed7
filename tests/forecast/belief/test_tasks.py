"""Tasks are done once each, by whatever processes there are, and a killed one loses nothing."""

import os
import signal
from pathlib import Path

import pytest

from forecast.belief.tasks import Cluster, Workers, spread
from questions.errors import BadInput, Conflict


def square(number):
    return number * number


def fails(number):
    raise ZeroDivisionError(number)


def dies_once(task):
    """Kills the process that works on it, the first time that it is tried."""
    number, folder = task
    if number == 2 and not (mark := Path(folder) / "died").exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def always_dies(_):
    os.kill(os.getpid(), signal.SIGKILL)


NUMBERS = {str(number): number for number in range(6)}


def test_a_pool_answers_every_task_under_its_key_in_their_order():
    heard = []
    found = spread(square, NUMBERS, Workers(2), heard.append)
    assert list(found.items()) == [(str(number), number * number) for number in range(6)]
    assert sorted(heard) == sorted(NUMBERS)


def test_what_a_task_raises_is_raised():
    with pytest.raises(ZeroDivisionError):
        spread(fails, {"1": 1}, Workers(1))


def test_a_killed_worker_loses_nothing(tmp_path):
    tasks = {str(number): (number, str(tmp_path)) for number in range(6)}
    found = spread(dies_once, tasks, Workers(2))
    assert (tmp_path / "died").exists()
    assert found == {str(number): number * number for number in range(6)}


@pytest.mark.slow
def test_workers_that_die_again_and_again_are_given_up():
    with pytest.raises(Conflict, match="4 pools lost a worker each; use fewer"):
        spread(always_dies, {"1": 1}, Workers(1))


def test_no_worker_at_all_is_refused():
    with pytest.raises(BadInput, match="workers '0' cannot be used: give a number from 1"):
        spread(square, NUMBERS, Workers(0))


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(BadInput, match=r"install the extra: pip install 'tidings\[cluster\]'"):
        spread(square, NUMBERS, Cluster("tcp://127.0.0.1:8786"))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
class TestCluster:
    @pytest.fixture(scope="class")
    def address(self):
        distributed = pytest.importorskip("distributed")
        with distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
        ) as cluster:
            yield cluster.scheduler_address

    def test_a_cluster_answers_as_a_pool_does(self, address):
        assert spread(square, NUMBERS, Cluster(address)) == spread(square, NUMBERS, Workers(1))

    def test_a_killed_worker_of_a_cluster_loses_nothing(self, address, tmp_path):
        tasks = {f"again {number}": (number, str(tmp_path)) for number in range(6)}
        found = spread(dies_once, tasks, Cluster(address))
        assert (tmp_path / "died").exists()
        assert [*found.values()] == [number * number for number in range(6)]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_does_not_answer_is_said_in_one_line(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("forecast.belief.tasks.PATIENCE", 0.5)
    with pytest.raises(Conflict, match=r"no cluster answers at 'tcp://127\.0\.0\.1:1'"):
        spread(square, NUMBERS, Cluster("tcp://127.0.0.1:1"))
