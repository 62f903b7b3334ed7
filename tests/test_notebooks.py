"""Every notebook runs from top to bottom, and what is committed shows its pictures."""

import ast
import json
import re
import warnings
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path):
    notebook = nbformat.read(path, as_version=4)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        NotebookClient(notebook, timeout=900, kernel_name="python3").execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_with_its_pictures_and_without_errors(path):
    cells = nbformat.read(path, as_version=4).cells
    outputs = [out for cell in cells if cell.cell_type == "code" for out in cell.outputs]
    assert any("image/png" in out.get("data", {}) for out in outputs)
    assert not any(out.output_type == "error" or out.get("name") == "stderr" for out in outputs)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_asserts_the_numbers_of_its_prose(path):
    code = "\n".join(
        cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"
    )
    asserted = [node.test for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Assert)]
    assert len([one for one in asserted if not isinstance(one, ast.Constant)]) >= 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_tells_one_idea_and_nothing_of_the_machine_it_was_made_on(path):
    notebook = nbformat.read(path, as_version=4)
    assert "*One idea: " in notebook.cells[0].source
    told = json.dumps([cell for cell in notebook.cells if cell.cell_type == "code"])
    told = re.sub(r'"image/png": "[^"]*"', "", told)
    assert not re.search(r"(?<![\w.])/(?:home|tmp|root|work|usr|Users)/", told)


def test_the_notebooks_are_six():
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06"]
