"""Files and folders become tables and trees: an edge.

A zip archive and a folder stand for the CSV and JSON files in them; ``.gz`` is unpacked.
"""

import csv
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from forecast.exchange.documents import Document, Line, Table, Tree
from questions.errors import BadFile
from questions.inert import alive

LIMIT: Final = 1 << 30
"""Bytes that a file may have once it is unpacked."""
ENDINGS: Final = (".csv", ".json", ".jsonl", ".tsv")
_RIGHT: Final = "give a CSV or JSON file, a zip archive or a folder of them"
_GZIP: Final = b"\x1f\x8b"


def documents_at(path: Path) -> list[Document]:
    """The tables and trees of a file, a zip archive or a folder, in order of name.

    Raises:
        BadFile: a file that is not there, cannot be read, ends in the middle, is in another
            encoding, or is none of these.
    """
    found = [_document(name, content) for name, content in _contents(path)]
    if not found:
        raise BadFile(path, "it holds no CSV or JSON file", _RIGHT)
    return found


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_dir():
            inside = [one for one in sorted(path.iterdir()) if _is_data(one.name)]
            for one in inside:
                yield from _unpacked(one.name, one.read_bytes())
        else:
            yield from _unpacked(path.name, path.read_bytes())
    except OSError as error:
        raise BadFile(path, str(error.strerror or error), "name one that can be read") from error


def _is_data(name: str) -> bool:
    plain = name.lower().removesuffix(".gz")
    return not name.startswith(".") and plain.endswith((*ENDINGS, ".zip"))


def _unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if content.startswith(b"PK\x03\x04"):
        yield from _zipped(name, content)
    elif content.startswith(_GZIP):
        yield name.removesuffix(".gz"), _gunzipped(name, content)
    else:
        yield name, content


def _zipped(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            inside = sorted(archive.infolist(), key=lambda one: one.filename)
            if sum(one.file_size for one in inside) > LIMIT:
                raise BadFile(name, "it unpacks to more than a gigabyte", "split it")
            for one in inside:
                if _is_data(Path(one.filename).name):
                    yield f"{name}/{one.filename}", archive.read(one)
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        problem = f"it is no whole zip archive ({error})"
        raise BadFile(name, problem, "download it again") from error


def _gunzipped(name: str, content: bytes) -> bytes:
    reader = zlib.decompressobj(wbits=31)
    try:
        plain = reader.decompress(content, LIMIT)
    except zlib.error as error:
        raise BadFile(name, f"it is no gzip file ({error})", "download it again") from error
    if not reader.eof:
        raise BadFile(name, "it ends in the middle, or is too large", "download it again")
    return plain


def _document(name: str, content: bytes) -> Document:
    text = _decoded(name, content)
    if name.lower().endswith(".jsonl"):
        return Tree(name, [_json(name, line, at) for at, line in _numbered(text)])
    if text.lstrip()[:1] in ("{", "["):
        return Tree(name, _json(name, text))
    return table_in(name, text)


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    lines = enumerate(text.splitlines(), start=1)
    return ((at, line) for at, line in lines if line.strip())


def _decoded(name: str, content: bytes) -> str:
    """Text in UTF-8, or in UTF-16 with its mark."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        at = content.count(b"\n", 0, error.start) + 1
        problem = f"line {at}: not text in UTF-8"
        raise BadFile(name, problem, "save it again as UTF-8") from error


def _json(name: str, text: str, line: int = 1) -> Any:
    try:
        return json.loads(text, parse_constant=float)
    except (ValueError, RecursionError) as error:
        at = line + getattr(error, "lineno", 1) - 1
        cut = "Unterminated" in str(error) or getattr(error, "pos", 0) >= len(text.rstrip())
        problem = "it ends in the middle" if cut else f"it is no JSON ({error})"
        raise BadFile(name, f"line {at}: {problem}", "download it again") from error


def table_in(name: str, text: str) -> Table:
    """A table with a header, its cells separated by commas, semicolons or tabs.

    A cell that a spreadsheet was kept from reading as a formula (``'=``) is given back as it was.

    Raises:
        BadFile: no header, a row longer than it, or a quotation that does not end.
    """
    delimiter = _delimiter(text)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = tuple(one.strip() for one in reader.fieldnames or ())
        if not any(columns):
            raise BadFile(name, "it is empty", "give a table with a header")
        if twice := {one for one in columns if columns.count(one) > 1}:
            problem = f"line 1: the column {min(twice)!r} stands there twice"
            raise BadFile(name, problem, "name each column once")
        reader.fieldnames = columns
        lines = tuple(Line(reader.line_num, _cells(name, reader.line_num, row)) for row in reader)
    except csv.Error as error:
        problem = f"line {reader.line_num}: it is no whole CSV ({error})"
        raise BadFile(name, problem, "download it again, or close the quotation") from error
    return Table(name, columns, lines)


def _delimiter(text: str) -> str:
    """What stands between cells: the commonest of three in the header."""
    header = text.partition("\n")[0]
    return max(",;\t", key=lambda one: (header.count(one), one == ","))


def _cells(name: str, number: int, row: Mapping[str | None, Any]) -> dict[str, str]:
    if None in row:
        problem = f"line {number}: more cells than the header has"
        raise BadFile(name, problem, "quote cells that hold a delimiter")
    return {str(column): alive((cell or "").strip()) for column, cell in row.items()}
