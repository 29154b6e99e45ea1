"""Real printing needs a process that has met no other print server: `printing_alone.py` runs in one of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.cups
def test_a_sheet_reaches_a_real_queue() -> None:
    alone = Path(__file__).with_name("printing_alone.py")
    words = [sys.executable, "-m", "pytest", str(alone), "-q", "-rs", "-p", "no:xdist"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    if "1 skipped" in done.stdout:
        pytest.skip(done.stdout.strip().splitlines()[-2])
    assert done.returncode == 0, done.stdout + done.stderr
