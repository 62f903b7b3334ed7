"""Files for people: written whole, or not at all."""

from pathlib import Path
from tempfile import TemporaryDirectory

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
        with TemporaryDirectory(dir=path.parent, prefix=".writing-") as beside:
            part = Path(beside) / path.name
            part.write_bytes(content)
            part.replace(path)
    except OSError as error:
        problem = error.strerror or "it cannot be written"
        raise BadFile(path, problem, "name a file in a folder that can be written") from error
