"""The layers, the place of each library and the other house rules hold, and the checker sees what it should."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.source_rules import HEAVY, broken

ROOT = Path(__file__).resolve().parents[1]


def test_the_source_keeps_the_house_rules() -> None:
    assert broken(ROOT) == []


def planted(root: Path, inside: str, source: str) -> list[str]:
    """The breaches of a tree with this one file."""
    path = root / "okr_desk" / inside
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return broken(root)


@pytest.mark.parametrize(
    ("inside", "line", "sentence"),
    [
        ("scoring/progress.py", "from okr_desk.model.store import Store", "scoring imports model"),
        ("scoring/progress.py", "def f():\n    from okr_desk.queries import objectives", "scoring imports queries"),
        ("model/store.py", "from okr_desk import services", "model imports services"),
        ("reports/review.py", "from okr_desk.exchange import sheets", "reports imports exchange"),
        ("exchange/sheets.py", "import okr_desk.reports.registry", "exchange imports reports"),
        ("charts/trend.py", "from okr_desk.services import checkins", "charts imports services"),
        ("terms.py", "from okr_desk.scoring import progress", "leaf imports scoring"),
        ("queries/a.py", "from ..ui import desk", "queries imports ui"),
        ("ui/pages/orgs.py", "from okr_desk.model.orgs import Org", "never rows"),
        ("queries/orgs.py", "from okr_desk.model.tables import Org", "plain columns"),
        ("services/orgs.py", "from PySide6.QtCore import QObject", "PySide6 does not belong here"),
        ("ui/pages/orgs.py", "def f():\n    from sqlmodel import select", "sqlmodel does not belong here"),
        ("ui/pages/orgs.py", "import pandas", "pandas does not belong here"),
        ("pinyin.py", "import pypinyin", "pypinyin is loaded at start"),
        ("ui/widgets/figure.py", "from matplotlib.figure import Figure", "matplotlib is loaded at start"),
        ("charts/trend.py", "def f():\n    from matplotlib import pyplot", "pyplot"),
        ("reports/review.py", "import matplotlib.pyplot as plt", "pyplot"),
        ("services/backup.py", "from urllib.request import urlopen", "nothing calls out"),
        ("ui/desk.py", "from PySide6.QtNetwork import QNetworkAccessManager", "only the local server"),
        ("ui/theme.py", "ACCENT = '#B3201F'", "theme files"),
        ("ui/theme.py", "style = f'color:#fff; {1}'", "theme files"),
        ("model/orgs.py", "from __future__ import annotations", "relationships"),
        ("ui/long.py", "x = 1\n" * 400, "split it"),
        ("ui/later.py", "x = 1  # " + "TO" + "DO", "left open"),
    ],
)
def test_a_planted_mistake_is_found(tmp_path: Path, inside: str, line: str, sentence: str) -> None:
    found = planted(tmp_path, inside, f'"""A file."""\n{line}\n')
    assert len(found) == 1 and sentence in found[0] and found[0].startswith(f"okr_desk/{inside}:")


def test_missing_and_long_winded_docstrings_are_found(tmp_path: Path) -> None:
    assert "no docstring" in planted(tmp_path, "clock.py", "x = 1\n")[0]
    (tmp_path / "okr_desk/clock.py").unlink()
    assert "in one line" in planted(tmp_path, "ui/__init__.py", '"""Two\n\nlines."""\n')[0]


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        ("ui/app_lock.py", "from PySide6.QtNetwork import QLocalServer, QLocalSocket"),
        ("ui/desk.py", "from okr_desk.model.store import Store"),
        ("ui/desk.py", "from okr_desk.model import store"),
        ("pinyin.py", "def keys():\n    import pypinyin"),
        ("exchange/tables.py", "FORMAT = '#,##0.00'"),
        ("services/orgs.py", "from okr_desk.queries.orgs import tree"),
        ("reports/figure.py", "from okr_desk import terms, clock\nfrom okr_desk.charts.style import ROLES"),
    ],
)
def test_what_is_allowed_is_not_reported(tmp_path: Path, inside: str, line: str) -> None:
    assert planted(tmp_path, inside, f'"""A file."""\n{line}\n') == []


def test_nothing_heavy_is_loaded_before_the_first_window() -> None:
    program = "import sys, okr_desk.app, okr_desk.ui.main_window; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert loaded & HEAVY == set()
