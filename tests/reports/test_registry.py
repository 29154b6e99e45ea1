"""Every registered document can be printed, and knowing the list loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from okr_desk.reports import registry
from tests.reports import samples


@pytest.mark.parametrize("document", registry.DOCUMENTS, ids=lambda document: document.key)
def test_every_document_prints(document: registry.Document, tmp_path: Path) -> None:
    snapshot = samples.sheet() if document.per_branch else samples.township()
    at = datetime(2026, 10, 8, tzinfo=UTC)
    done = document.render([snapshot], tmp_path / "a.pdf", printed_at=at, bundled_fonts=True)
    assert done.path.read_bytes().startswith(b"%PDF")
    assert (document.render_each is not None) is document.per_branch
    assert document.title


def test_keys_are_unique_and_found() -> None:
    keys = [document.key for document in registry.DOCUMENTS]
    assert len(set(keys)) == len(keys)
    assert registry.by_key("review") is registry.DOCUMENTS[0]
    assert registry.by_key("none") is None


def test_the_list_loads_nothing_heavy() -> None:
    program = "import sys, okr_desk.reports.registry; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & {"reportlab", "matplotlib", "numpy", "sqlmodel", "pypdfium2"}
