import re
from pathlib import Path

import pytest

from forecast.show.files import write_whole
from forecast.show.pictures import write_figure
from forecast.show.pictures.question import question_figure
from questions.errors import BadFile, BadInput
from tests.forecast.show.stories import FULL


@pytest.fixture(scope="module")
def figure():
    return question_figure(FULL)


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.png", b"\x89PNG"), ("a.SVG", b"<?xml"), ("a.html", b"<!doctype html>")],
)
def test_the_suffix_says_what_is_written(tmp_path, figure, name, start):
    write_figure(figure, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_picture_as_a_page_needs_nothing_from_elsewhere(tmp_path, figure):
    write_figure(figure, tmp_path / "a.html")
    html = (tmp_path / "a.html").read_text()
    assert "<title>Q1 Will the bridge" in html
    assert not re.search(r"<script|<link|(src|href)\s*=\s*[\"']?\s*(https?:)?//", html)


def test_a_picture_as_a_page_tells_more_on_hovering_and_adapts_to_the_dark(tmp_path, figure):
    write_figure(figure, tmp_path / "a.html")
    html = (tmp_path / "a.html").read_text()
    assert ".strip:hover path" in html
    assert "<title>Tomas says 30%" in html
    assert "prefers-color-scheme:dark" in html


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.jpeg"])
def test_another_suffix_is_refused(tmp_path, figure, name):
    with pytest.raises(BadInput, match=r"ends in \.png, \.svg, \.html"):
        write_figure(figure, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(tmp_path, figure):
    with pytest.raises(BadFile, match=r"there is no folder .*nowhere"):
        write_figure(figure, tmp_path / "nowhere" / "a.png")


def test_a_folder_is_no_file(tmp_path, figure):
    (tmp_path / "a.png").mkdir()
    with pytest.raises(BadFile, match="it is a folder"):
        write_figure(figure, tmp_path / "a.png")


def test_what_cannot_be_moved_into_place_leaves_the_old_file_and_nothing_beside(
    tmp_path, monkeypatch
):
    old = tmp_path / "a.png"
    old.write_bytes(b"old")

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(BadFile, match="No space left on device"):
        write_whole(old, b"new")
    assert old.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.png"]
