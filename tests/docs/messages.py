"""The page of every error message with what to do, read from where they are raised."""

import ast
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = ("questions", "forecast")
LEAVES: Final = {"BadInput": 2, "BadFile": 2, "NotFound": 3, "Conflict": 4, "Integrity": 5}
TITLES: Final = {
    2: "Exit code 2: what was given cannot be used",
    3: "Exit code 3: what was named is not there",
    4: "Exit code 4: the present state does not allow it",
    5: "Exit code 5: the store does not hold what it should",
}
HEAD: Final = """# Every error, and what to do

Each error is one line on standard error: what was wrong, the value, what would be right. Nothing
was written when one appears. This page is read from the code by `make docs`; a test holds it equal.
*Words in italics*, and CAPITALS in code, stand for what the line says in their place. Exit code 1
is a fault of Tidings itself: `TIDINGS_DEBUG=1` shows where; please report it.
"""

CODE: Final = re.compile(r"`[^`]+`")
FILLED: Final = re.compile(r"\*([^*]+)\*")

Told = tuple[int, str, str]
"""Exit code, message, what to do."""


@cache
def raised() -> tuple[Told, ...]:
    """Every error that the two packages make."""
    return tuple(_raised())


def _raised() -> Iterator[Told]:
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    modules = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    words = dict(pair for module in modules for pair in _constants(module))
    for path, module in zip(paths, modules, strict=True):
        if path.name != "errors.py":
            for node in ast.walk(Worded(words | dict(_constants(module))).visit(module)):
                if isinstance(node, ast.Call) and _name(node.func) in LEAVES:
                    yield told(node)


def _constants(scope: ast.Module | ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    """The texts to which a module or function gives a name."""
    for node in scope.body if isinstance(scope, ast.Module) else ast.walk(scope):
        match node:
            case ast.Assign([ast.Name(name)], value) | ast.AnnAssign(ast.Name(name), _, value):
                if isinstance(value, ast.JoinedStr | ast.BinOp | ast.IfExp) or _is_text(value):
                    yield name, deepcopy(value)


def _is_text(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


class Worded(ast.NodeTransformer):
    """Puts the text in place of its name."""

    def __init__(self, words: dict[str, ast.expr]) -> None:
        self.words = words

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """A function, which has words of its own."""
        inside = Worded({**self.words, **dict(_constants(node))})
        node.body = [inside.visit(one) for one in node.body]
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """The text that a name stands for, where it is read."""
        stands = self.words.get(node.id) if isinstance(node.ctx, ast.Load) else None
        return deepcopy(stands) if stands is not None else node


def told(call: ast.Call) -> Told:
    """What one call says, with its exit code.

    >>> told(ast.parse("Conflict(f'{name} is resolved', 'its prior stays')").body[0].value)
    (4, '*name* is resolved', 'its prior stays')
    >>> told(ast.parse("BadInput('grade', text, 'A1 to F6')").body[0].value)
    (2, 'grade *text* cannot be used', 'give A1 to F6')
    """
    leaf = _name(call.func)
    given = [spoken(one) for one in call.args]
    named = {one.arg: spoken(one.value) for one in call.keywords}
    code = LEAVES[leaf]
    match leaf, given:
        case "BadInput", [what, "", right]:
            return code, f"no {what}", f"give {right}"
        case "BadInput", [what, value, right]:
            return code, f"{what} {value} cannot be used", f"give {right}"
        case "BadFile", [path, problem, right]:
            return code, f"{path}: {problem}", right
        case "NotFound", [what, name, *rest]:
            otherwise = named.get("otherwise", rest[1] if len(rest) > 1 else "")
            return code, f"no {what} {name}", otherwise or "take one of the names that it offers"
        case "Conflict", [problem, right]:
            return code, problem, right
        case "Integrity", [problem]:
            return code, problem, "take a backup, and see what `tidings check` and `audit` say"
    raise ValueError(f"{ast.unparse(call)} is no error that a page can tell")


def spoken(node: ast.expr) -> str:
    """What an expression says: its words, and names in italics for what is filled in."""
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.JoinedStr(parts):
            return "".join(map(spoken, parts))
        case ast.BinOp(left, ast.Add(), right):
            return spoken(left) + spoken(right)
        case ast.IfExp(_, first, second):
            return f"{spoken(first)}; or {spoken(second)}"
        case ast.Name(name) | ast.Attribute(_, name):
            return f"*{name.strip('_').replace('_', ' ').lower()}*"
    return _within(node)


def _within(node: ast.expr) -> str:
    """What the innermost part of an expression says that has a name or words."""
    match node:
        case ast.FormattedValue(value) | ast.Subscript(value) | ast.Starred(value):
            return spoken(value)
        case ast.Call(ast.Attribute(one, "replace")) | ast.Call(
            ast.Attribute(ast.Constant(str()), "join"), [one]
        ):
            return spoken(one)
        case ast.Call(_, [one, *_]) | ast.Call(ast.Attribute(one)):
            return spoken(one)
        case ast.GeneratorExp(one) | ast.ListComp(one):
            return spoken(one)
    return "..."


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def page() -> str:
    """The whole page in Markdown."""
    found = sorted(set(raised()), key=lambda one: (one[0], one[1].lower(), one))
    parts = [HEAD]
    for code, title in TITLES.items():
        rows = [f"| {_cell(what)} | {_cell(do)} |" for at, what, do in found if at == code]
        parts += [f"## {title}", "\n".join(["| it says | what to do |", "|---|---|", *rows])]
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    r"""A cell of a table; within code, where nothing is italic, what is filled in is in capitals.

    >>> _cell("*labels**more* | `keyring set *kept as*`")
    '*labels* *more* \\| `keyring set KEPT_AS`'
    """
    told = text.replace("*right*", "*what the line asks for*").replace("**", "* *")
    told = CODE.sub(lambda code: FILLED.sub(_capitals, code[0]), told)
    return " ".join(told.split()).replace("|", "\\|").replace("<", "&lt;")


def _capitals(filled: re.Match[str]) -> str:
    return filled[1].upper().replace(" ", "_")
