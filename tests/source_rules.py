"""The house rules that can be read off the source text. `broken(root)` lists every breach; it imports nothing.

Kept apart from the test, so that the test can also point it at a small tree with planted mistakes.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "okr_desk"
MOST_LINES = 400

# Each part may import itself, the leaves, and what is named here. `charts` draw snapshots and never write.
_SCORING = {"scoring"}
_RULES = _SCORING | {"rules"}
_MODEL = _RULES | {"model"}
_QUERIES = _MODEL | {"queries"}
_SERVICES = _QUERIES | {"services"}
_PAPER = _RULES | {"queries", "charts"}
_EDGE = _SERVICES | {"charts", "reports", "exchange"}
MAY_IMPORT: dict[str, set[str]] = {
    "leaf": set(),
    "scoring": set(),
    "rules": _SCORING,
    "model": _RULES,
    "queries": _MODEL,
    "services": _QUERIES,
    "charts": _RULES | {"queries"},
    "reports": _PAPER,
    "exchange": _SERVICES,
    "ui": _EDGE,
    "cli": _EDGE | {"app"},
    "app": _EDGE | {"ui"},
}

# Where a third-party library may be named, as path prefixes inside the package. Not listed: nowhere.
THIRD_PARTY: dict[str, tuple[str, ...]] = {
    "PySide6": ("ui/", "app.py"),
    "shiboken6": ("ui/", "app.py"),
    "sqlmodel": ("model/", "services/"),
    "sqlalchemy": ("model/", "queries/", "services/"),
    "pydantic": ("model/", "queries/frozen.py"),
    "alembic": ("model/migrate.py", "model/migrations/"),
    "matplotlib": ("charts/", "reports/", "ui/widgets/figure.py"),
    "numpy": ("charts/", "reports/"),
    "reportlab": ("reports/",),
    "fontTools": ("reports/",),
    "pypdfium2": ("reports/",),
    "openpyxl": ("exchange/",),
    "xlsxwriter": ("exchange/",),
    "python_calamine": ("exchange/",),
    "defusedxml": ("exchange/",),
    "argon2": ("services/users.py",),
    "chinese_calendar": ("services/cycles.py",),
    "pypinyin": ("pinyin.py",),
    "platformdirs": ("paths.py",),
}

# Too slow to be loaded before the first window; only inside functions where the program starts.
HEAVY = {
    "matplotlib",
    "numpy",
    "reportlab",
    "pypdfium2",
    "openpyxl",
    "xlsxwriter",
    "python_calamine",
    "alembic",
    "pypinyin",
    "sqlmodel",
    "sqlalchemy",
    "argon2",
    "chinese_calendar",
}
NETWORK = {
    "socket",
    "socketserver",
    "ssl",
    "http",
    "urllib",
    "ftplib",
    "smtplib",
    "poplib",
    "imaplib",
    "xmlrpc",
}
LOCAL_ONLY = {"QLocalServer", "QLocalSocket"}

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})(?![0-9a-zA-Z])")
_LEFT_OPEN = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")


@dataclass(frozen=True)
class Import:
    """One imported module, the names taken from it, and whether it is loaded together with the file."""

    module: str
    names: tuple[str, ...]
    line: int
    at_load: bool


def broken(root: Path) -> list[str]:
    """Every breach under `root`/okr_desk, as "path:line what is wrong"."""
    package = root / PACKAGE
    found: list[str] = []
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package).as_posix()
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        for line, sentence in _breaches(inside, source, tree):
            found.append(f"{PACKAGE}/{inside}:{line} {sentence}")
    return found


def _breaches(inside: str, source: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    yield from _shape(inside, source, tree)
    yield from _colours(tree)
    for imported in imports(inside, tree):
        top = imported.module.split(".")[0]
        if top == PACKAGE:
            yield from _layers(inside, imported)
        elif top not in sys.stdlib_module_names and not inside.startswith(THIRD_PARTY.get(top, ())):
            yield imported.line, f"{top} does not belong here"
        if top in HEAVY and imported.at_load and _loaded_at_start(inside):
            yield imported.line, f"{top} is loaded at start; import it inside the function"
        if "matplotlib.pyplot" in (
            imported.module,
            *(f"{imported.module}.{name}" for name in imported.names),
        ):
            yield imported.line, "pyplot keeps global state"
        yield from _network(imported)


def part_of(inside: str) -> str:
    """The layer of a file: its folder, `app`, `cli` (also `cli_calc.py`), or `leaf` for the other single files."""
    first = inside.split("/")[0]
    if first.startswith("cli_"):
        return "cli"
    if first == "app.py":
        return "app"
    if first in ("cli", "__main__.py") or first.startswith(("cli.", "cli_")):
        return "cli"
    return "leaf" if first.endswith(".py") else first


def imports(inside: str, tree: ast.Module) -> Iterator[Import]:
    """All imports of a file with absolute module names; `from okr_desk.model import store` counts as both."""
    at_load = {id(node) for node in _nodes_run_at_load(tree)}
    here = [PACKAGE, *inside.removesuffix(".py").removesuffix("/__init__").split("/")]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, (), node.lineno, id(node) in at_load)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(here[: len(here) - node.level + inside.endswith("__init__.py")]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            yield Import(module, tuple(alias.name for alias in node.names), node.lineno, id(node) in at_load)


def _nodes_run_at_load(tree: ast.AST) -> Iterator[ast.AST]:
    """Statements that run when the module is imported: not those in functions or under TYPE_CHECKING."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from _nodes_run_at_load(node)


def _layers(inside: str, imported: Import) -> Iterator[tuple[int, str]]:
    own = part_of(inside)
    words = imported.module.split(".")
    targets = [words[1]] if len(words) > 1 else list(imported.names)
    for target in targets:
        part = target if target in MAY_IMPORT else "leaf"
        if part not in {own, "leaf"} and part not in MAY_IMPORT.get(own, set()):
            yield imported.line, f"{own} imports {part}, which is not below it"
    if own == "queries" and words[1:3] == ["model", "tables"]:
        yield imported.line, "a query reads plain columns, not mapped rows"
    if own == "ui" and words[1:2] == ["model"]:
        modules = [words[2]] if len(words) > 2 else list(imported.names)
        if modules != ["store"]:
            yield imported.line, "a window sees snapshots, never rows: of the model only the store"


def _loaded_at_start(inside: str) -> bool:
    return part_of(inside) in ("leaf", "ui", "app", "cli")


def _network(imported: Import) -> Iterator[tuple[int, str]]:
    words = imported.module.split(".")
    if words[0] in NETWORK and imported.module != "urllib.parse":
        yield imported.line, "nothing calls out"
    if imported.module == "PySide6.QtNetwork" and not set(imported.names) <= LOCAL_ONLY:
        yield imported.line, "of QtNetwork only the local server and socket"
    if imported.module == "PySide6" and "QtNetwork" in imported.names:
        yield imported.line, "of QtNetwork only the local server and socket"


def _colours(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _HEX.search(node.value):
            yield node.lineno, "colours have their names in the theme files"


def _shape(inside: str, source: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    lines = source.splitlines()
    if len(lines) > MOST_LINES and "/versions/" not in inside:
        yield len(lines), f"longer than {MOST_LINES} lines: split it"
    doc = ast.get_docstring(tree)
    if not doc:
        yield 1, "no docstring that says what the file is for"
    elif inside.endswith("__init__.py") and "\n" in doc:
        yield 1, "a package says what it is in one line"
    future = any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)
    if inside.startswith("model/") and future:
        yield 1, "postponed annotations break relationships in model/"
    for number, line in enumerate(lines, 1):
        if _LEFT_OPEN.search(line):
            yield number, "left open"
