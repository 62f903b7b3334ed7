"""Where a store is: a file, or a schema of a database on a PostgreSQL server.

>>> place_of("team.db")
PosixPath('team.db')
>>> print(place_of("postgresql://ana:secret@db.example.org/team"))
postgresql://ana:***@db.example.org/team
"""

import re
from dataclasses import dataclass
from pathlib import Path

from questions.errors import BadInput, Conflict

_SECRETS = (
    (re.compile(r"(?<=://)([^:/?#@]*):.*@"), r"\1:***@"),
    (re.compile(r"([?&](?:ssl)?password=)[^&#]*", re.IGNORECASE), r"\1***"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Server:
    """A database on a PostgreSQL server, by the address that libpq reads."""

    url: str
    """With its password; only what connects reads it."""

    def __str__(self) -> str:
        return masked(self.url)

    __repr__ = __str__


Place = Path | Server


class Taken(Conflict):
    """A store that is there already where a new one was to be made."""


def give_name(unnamed: Path, path: Path, right: str) -> None:
    """Give a finished file its name; who comes second finds the name taken.

    Raises:
        Taken: there is a file of that name; ``right`` says what would help.
    """
    try:
        path.hardlink_to(unnamed)
    except FileExistsError as error:
        raise taken(path, right) from error
    except OSError:  # a file system that has no links
        unnamed.rename(path)


def taken(path: Path, right: str) -> Taken:
    """The error of a name that is taken."""
    return Taken(f"{path} exists already", right)


def place_of(text: str) -> Place:
    """The place that a path or a ``postgresql://`` address names.

    Raises:
        BadInput: an address of another kind.
    """
    if text.startswith("postgresql://"):
        return Server(text)
    if "://" in text:
        raise BadInput("store", masked(text), "the path of a file, or a postgresql:// address")
    return Path(text)


def masked(url: str) -> str:
    """An address without its passwords, as it may be shown.

    >>> masked("postgresql:///team?user=ana&password=secret")
    'postgresql:///team?user=ana&password=***'
    """
    for pattern, shown in _SECRETS:
        url = pattern.sub(shown, url)
    return url
