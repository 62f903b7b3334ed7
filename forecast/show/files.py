"""Files for people: written whole, or not at all."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from questions.errors import BadFile


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that nobody meets half of it.

    Raises:
        BadFile: no such folder, or one that cannot be written.
    """
    if not path.parent.is_dir():
        raise BadFile(path, f"there is no folder {path.parent}", "make it first, or name another")
    if path.is_dir():
        raise BadFile(path, "it is a folder", "name a file in it")
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as beside:
            beside.write(content)
        Path(beside.name).chmod(0o644)
        Path(beside.name).replace(path)
    except OSError as error:
        problem = error.strerror or "it cannot be written"
        raise BadFile(path, problem, "name a file in a folder that can be written") from error
