"""What a user can put right: one tree of errors, each with its sentence and its exit code.

    TidingsError
    ├── BadInput (2)      a value, file or text that cannot be used as it is
    ├── NotFound (3)      something named that is not there
    ├── Conflict (4)      a step that the present state does not allow
    │   └── Unavailable   a service elsewhere that cannot be used now
    │       └── Unanswered    one that was sent something, and nobody knows whether it arrived
    └── Integrity (5)     a store that does not hold what it should

Misuse by a programmer is a ``ValueError``; findings about a question are values
(:class:`questions.records.Finding`), never exceptions.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Self


class TidingsError(Exception):
    """Something a user can put right; ``str()`` is the one line that says how."""

    exit_code = 1

    def at(self, place: str) -> Self:
        """The same error, said of a place in a list or file.

        >>> str(Integrity("one line too few").at("line 3"))
        'line 3: one line too few'
        """
        self.args = (f"{place}: {self}",)
        return self


class BadInput(TidingsError):
    """A value that cannot be used: what it is for, what was given, what would be right.

    >>> str(BadInput("probability", "1.2", "a number from 0 to 1, such as 0.35, 35% or 7/20"))
    "probability '1.2' cannot be used: give a number from 0 to 1, such as 0.35, 35% or 7/20"
    >>> str(BadInput("source", "", "who says so"))
    'no source: give who says so'
    """

    exit_code = 2

    def __init__(self, what: str, given: object, right: str) -> None:
        fault = f"{what} {str(given)!r} cannot be used" if str(given).strip() else f"no {what}"
        super().__init__(f"{fault}: give {right}")
        self.what, self.given, self.right = what, given, right


class BadFile(BadInput):
    """A file that cannot be read as what it should be."""

    def __init__(self, path: object, problem: str, right: str) -> None:
        TidingsError.__init__(self, f"{path}: {problem}; {right}")
        self.what, self.given, self.right = "file", path, right


class NotFound(TidingsError):
    """Something named that is not there, with the nearest names that are.

    >>> str(NotFound("member", "anna", ["ana", "bo"]))
    "no member 'anna'; did you mean 'ana'?"
    """

    exit_code = 3

    def __init__(
        self, what: str, name: str, known: Iterable[str] = (), otherwise: str = ""
    ) -> None:
        near = _nearest(name, known)
        hint = f"did you mean {', '.join(map(repr, near))}?" if near else otherwise
        super().__init__(f"no {what} {name!r}" + (f"; {hint}" if hint else ""))
        self.what, self.name, self.near = what, name, near


def _nearest(name: str, known: Iterable[str]) -> list[str]:
    """Up to three names that hold the one that was given, or that are spelled much like it."""
    names = {one.casefold(): one for one in known}
    wanted = name.strip().casefold()
    holding = [one for one in names if wanted and wanted in one]
    near = holding or get_close_matches(wanted, names, n=3, cutoff=0.5)
    return [names[one] for one in near[:3]]


class Conflict(TidingsError):
    """A step that the present state does not allow: what stands against it, what would help."""

    exit_code = 4

    def __init__(self, problem: str, right: str) -> None:
        super().__init__(f"{problem}; {right}")
        self.problem, self.right = problem, right


class Unavailable(Conflict):
    """A service elsewhere that cannot be used now: which one, what is wrong, what would help.

    >>> str(Unavailable("Fatebook", "cannot be reached", "try again later"))
    'Fatebook cannot be reached; try again later'
    """

    def __init__(self, service: str, problem: str, right: str) -> None:
        super().__init__(f"{service} {problem}", right)
        self.service = service


class Unanswered(Unavailable):
    """A service that was sent something, and did not say whether it took it."""


class Integrity(TidingsError):
    """A store that does not hold what it should."""

    exit_code = 5
