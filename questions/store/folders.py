"""Folders where no SQLite file should lie, as far as that can be told."""

from pathlib import Path
from typing import Final

REMOTE: Final = frozenset(
    (
        *("9p", "afs", "ceph", "cifs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4"),
        *("smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "fuse.davfs", "fuse.glusterfs"),
        *("fuse.rclone", "fuse.s3fs", "fuse.sshfs"),
    )
)
"""File systems on which other machines write too, so that SQLite's locks do not hold."""

SYNCHRONISED: Final = (
    "box sync",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud drive",
    "mobile documents",
    "nextcloud",
    "onedrive",
    "pcloud drive",
    "seafile",
    "syncthing",
)
"""How the folders begin that a program copies to other machines, file by file."""

_WRITTEN: Final = (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\"))


def hazard(path: Path, mounts: str = "") -> str:
    r"""Why a SQLite file should not lie at an absolute path; empty where nothing is known.

    ``mounts`` is what ``/proc/mounts`` says; the deepest mount that holds the path counts.

    >>> hazard(Path("/home/ana/OneDrive - Office/team.db"))
    "'OneDrive - Office' is a synchronised folder: copies made while you write lose entries"
    >>> hazard(Path("/net/team.db"), "/dev/sda1 / ext4 rw 0 0\nhost:/x /net nfs4 rw 0 0")
    '/net is a network file system (nfs4): writers on two machines can lose entries'
    """
    for part in path.parts[:-1]:
        if part.casefold().startswith(SYNCHRONISED):
            return f"{part!r} is a synchronised folder: copies made while you write lose entries"
    where, kind = _mount(path, mounts)
    if kind in REMOTE:
        what = f"{where} is a network file system ({kind})"
        return f"{what}: writers on two machines can lose entries"
    return ""


def _mount(path: Path, mounts: str) -> tuple[Path, str]:
    """Where the file system of a path begins, and its kind; of two in one place the later."""
    lines = [line.split() for line in mounts.splitlines()]
    known = [(Path(_plain(one[1])), one[2]) for one in lines if len(one) > 2]
    holding = [one for one in known if path.is_relative_to(one[0])]
    deepest = (Path("/"), "")
    for one in holding:
        deepest = one if len(one[0].parts) >= len(deepest[0].parts) else deepest
    return deepest


def _plain(name: str) -> str:
    """A folder's name, whose blanks and backslashes are written in octal."""
    for code, sign in _WRITTEN:
        name = name.replace(code, sign)
    return name
