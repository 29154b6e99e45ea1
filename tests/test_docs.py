"""What people look for is where they look: every command, document, page, setting and dependency is described."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from okr_desk.cli import COMMANDS
from okr_desk.reports.lights import SHAPES
from okr_desk.reports.registry import DOCUMENTS
from okr_desk.rules import policy
from okr_desk.scoring import rule_text
from okr_desk.terms import Role, RuleKind, Status, label
from okr_desk.ui.navigation import ENTRIES

ROOT = Path(__file__).resolve().parents[1]
HANDBOOK = ROOT / "resources/handbook"
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\(([^)#]+)\)")


@pytest.mark.parametrize("command", [name for name, _module, _line in COMMANDS])
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"okr-desk {command}" in README


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.key)
def test_every_document_is_named(document) -> None:  # type: ignore[no-untyped-def]
    assert f"`{document.key}`" in README
    assert document.name in (HANDBOOK / "reports.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_every_page_has_its_handbook_page(entry) -> None:  # type: ignore[no-untyped-def]
    text = (HANDBOOK / f"{entry.key}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {entry.label}\n")
    assert len(text) > 300


@pytest.mark.parametrize("key", list(policy.declared()))
def test_every_setting_is_in_the_handbook_with_its_default(key: str) -> None:
    setting = policy.declared()[key]
    default = {"true": "开", "false": "关"}.get(setting.default, setting.default)
    line = f"| {setting.label} | {default} | {setting.help} | `{key}` |"
    assert line in (HANDBOOK / "settings.md").read_text(encoding="utf-8")


def test_every_role_is_explained() -> None:
    text = (HANDBOOK / "users.md").read_text(encoding="utf-8")
    assert [label(role) for role in Role if f"| {label(role)} |" not in text] == []


def test_every_rule_of_points_is_explained_with_a_row_that_works() -> None:
    text = (HANDBOOK / "points.md").read_text(encoding="utf-8")
    assert [kind for kind in RuleKind if f"| {label(kind)} | `{rule_text.example(kind)}` |" not in text] == []


def test_the_lights_of_the_handbook_are_those_on_screen_and_paper() -> None:
    text = (HANDBOOK / "today.md").read_text(encoding="utf-8")
    assert [status for status in Status if f"| {SHAPES[status]} {label(status)} |" not in text] == []


@pytest.mark.parametrize("file", [ROOT / "README.md", *sorted(HANDBOOK.glob("*.md"))], ids=lambda file: file.name)
def test_links_lead_somewhere(file: Path) -> None:
    targets = [target for target in LINK.findall(file.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (file.parent / target).exists()] == []


def test_every_dependency_stands_in_the_readme_with_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[<>=!~\[ ]", line)[0] for line in project["dependencies"]]
    table = README.split("## 依赖")[1].split("\n---")[0]
    assert [name for name in names if name not in table] == []


def test_both_commands_and_the_warning_stand_in_both_languages() -> None:
    chinese, english = README.split("# okr_desk in English")
    for part in (chinese, english):
        assert "python3 dev.py run" in part and "python3 dev.py test" in part
    assert "不得在本程序中存储、处理国家秘密" in chinese and "state secrets" in english


def test_ci_runs_the_command_of_the_readme() -> None:
    assert "python3 dev.py test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
