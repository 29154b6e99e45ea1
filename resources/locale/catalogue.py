"""Keep the English catalogue in step with the source: `python3 dev.py words`.

Collects every `_()` and `N_()` string of the package, the words of declared settings and red lines and of the preset
schemes, updates the .po file (new strings come in empty, strings no longer used go), and compiles the .mo file. Ends
with 1 while words are missing.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "resources/locale/en/LC_MESSAGES/okr_desk.po"
MARKS = {"_", "N_"}
DECLARED = {
    "resources/policy.toml": ("setting", ("group", "label", "help")),
    "resources/seed/red_lines.toml": ("red_line", ("name", "trigger", "list")),
}
"""Files whose declarations people read: their table, and which of its words."""


def marked(tree: ast.AST) -> Iterator[ast.expr]:
    """The first argument of each `_()` or `N_()` call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS and node.args:
            yield node.args[0]


def strings(root: Path) -> dict[str, list[str]]:
    """Each text for translation -> the files it stands in. Calls on a variable translate what is marked elsewhere."""
    found: dict[str, list[str]] = {}

    def add(text: str, place: str) -> None:
        places = found.setdefault(text, [])
        if place not in places:
            places.append(place)

    for path in sorted((root / "okr_desk").rglob("*.py")):
        for argument in marked(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
                add(argument.value, path.relative_to(root).as_posix())
    for file, (table, words) in DECLARED.items():
        declared = root / file
        for row in tomllib.loads(declared.read_text(encoding="utf-8"))[table] if declared.exists() else []:
            for word in words:
                if row.get(word):
                    add(row[word], file)
    for path in sorted((root / "resources/seed/schemes").glob("*.toml")):
        for text in preset_words(tomllib.loads(path.read_text(encoding="utf-8"))):
            add(text, path.relative_to(root).as_posix())
    return found


def preset_words(raw: dict[str, Any]) -> Iterator[str]:
    """What is said of the presets of a file: their names and notes, each as a variant has it, and the source."""
    for own in raw.get("variant", ({},)):
        yield own.get("name", raw["name"])
        yield " ".join(filter(None, (own.get("note", ""), raw["note"])))
    yield raw["source"]


def read(path: Path = PO) -> Catalog:
    """The catalogue as it is; an empty one when there is none yet."""
    if not path.exists():
        return Catalog(locale="en", domain="okr_desk", project="okr_desk")
    with path.open("rb") as file:
        return read_po(file, locale="en", domain="okr_desk")


def updated(old: Catalog, found: dict[str, list[str]]) -> Catalog:
    """The catalogue for `found`, keeping the translations that are still used."""
    new = Catalog(locale="en", domain="okr_desk", project="okr_desk", fuzzy=False, header_comment="")
    new.creation_date = new.revision_date = old.creation_date
    for text, places in found.items():
        before = old.get(text)
        flags = {"python-brace-format"} if "{" in text else set()
        locations = [(place, 0) for place in places]
        new.add(text, before.string if before else "", locations=locations, flags=flags)
    return new


def save(catalogue: Catalog, path: Path = PO) -> None:
    """Write .po for people and .mo for the program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, include_lineno=False, omit_header=False)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def main() -> int:
    """Update, compile and list what has no English yet."""
    catalogue = updated(read(), strings(ROOT))
    save(catalogue)
    missing = [str(message.id) for message in catalogue if message.id and not message.string]
    for text in missing:
        print(text)  # noqa: T201 - a command for developers
    print(f"{len(catalogue)} words, {len(missing)} without English")  # noqa: T201
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
