"""Files, archives and folders become tables and trees, or are refused in one line."""

import gzip
import zipfile

import pytest

from forecast.exchange.documents import Table, Tree
from forecast.exchange.files import documents_at, table_in
from questions.errors import BadFile
from tests.forecast.exchange.samples import written


def test_a_table_keeps_its_lines_and_columns(tmp_path):
    (found,) = documents_at(written(tmp_path, "a.csv", 'a, b\n1,"two\nlines"\n3,4\n'))
    assert isinstance(found, Table)
    assert found.columns == ("a", "b")
    assert [(one.number, one.cells["b"]) for one in found.lines] == [(3, "two\nlines"), (4, "4")]


@pytest.mark.parametrize("mark", [";", "\t", ","])
def test_cells_may_stand_apart_by_other_marks(mark):
    table = table_in("a.csv", f"a{mark}b\n1{mark}2\n")
    assert table.lines[0].cells == {"a": "1", "b": "2"}


def test_what_was_kept_from_being_a_formula_is_given_back():
    cells = table_in("a.csv", "a,b\n'=1+1,'tis\n").lines[0].cells
    assert cells == {"a": "=1+1", "b": "'tis"}


def test_a_zip_a_folder_and_a_gzip_file_hold_files(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    with zipfile.ZipFile(inside / "a.zip", "w") as archive:
        archive.writestr("deep/q.csv", "a\n1\n")
        archive.writestr("README.md", "about")
    written(inside, "b.json.gz", gzip.compress(b'{"x": 1}'))
    written(inside, "c.jsonl", '{"x": 1}\n\n{"x": 2}\n')
    written(inside, "notes.txt", "nothing")
    found = documents_at(inside)
    assert [one.name for one in found] == ["a.zip/deep/q.csv", "b.json", "c.jsonl"]
    assert found[2] == Tree("c.jsonl", [{"x": 1}, {"x": 2}])


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.csv", b"", "it is empty"),
        ("a.csv", b"a,b\n1,2,3\n", "line 2: more cells than the header has"),
        ("a.csv", b'a,b\n1,"2\n', "it is no whole CSV"),
        ("a.csv", b"a,a\n1,2\n", "the column 'a' stands there twice"),
        ("a.csv", b"a\nK\xf6ln\n", "line 2: not text in UTF-8"),
        ("a.json", b'{"a": [1, 2', "line 1: it ends in the middle"),
        ("a.json", b'{"a":\n1,}', "line 2: it is no JSON"),
        ("a.jsonl", b'{"a": 1}\n{"a": \n', "line 2: it ends in the middle"),
        ("a.zip", b"PK\x03\x04 and no more", "it is no whole zip archive"),
        ("a.gz", gzip.compress(b"a,b\n" * 99, mtime=0)[:-20], "it ends in the middle"),
        ("a.gz", b"\x1f\x8b\x08 rubbish rubbish", "it is no gzip file"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(tmp_path, name, content, fault):
    with pytest.raises(BadFile, match=fault):
        documents_at(written(tmp_path, name, content))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadFile, match="No such file"):
        documents_at(tmp_path / "nowhere.csv")


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(BadFile, match="it holds no CSV or JSON file"):
        documents_at(tmp_path)
