"""Take the pictures of the README anew from the demo township: `python3 dev.py pictures`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from okr_desk.reports import preview

HERE = Path(__file__).resolve().parent
WINDOWS = ("today", "objectives", "checkins", "scores", "indicators", "surveys", "schemes", "import")
SHEETS = {
    "review": ("review",),
    "score_sheet": ("document", "scores"),
    "survey_report": ("document", "survey-report"),
}
"""Picture and the command that writes its PDF; the first page is taken."""
SHEET_DPI = 110


def main() -> int:
    """The windows, and the first page of each sheet of one branch."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        file = place / "青山镇示范.okr"
        command("okr_desk.cli", "demo", file)
        command("okr_desk.app", file, "--screenshot", place)
        for name in WINDOWS:
            Image.open(next(place.glob(f"*_{name}.png"))).convert("RGB").quantize(256).save(
                HERE / f"{name}.png", optimize=True
            )
        for name, words in SHEETS.items():
            sheet = place / f"{name}.pdf"
            one = ("--quarter", "2026Q3", "--org", "青石村党支部", "--out", sheet)
            command("okr_desk.cli", words[0], file, *words[1:], *one)
            width, height, colours = preview.page_image(sheet, 0, SHEET_DPI)
            Image.frombytes("RGB", (width, height), colours).quantize(64).save(HERE / f"{name}.png", optimize=True)
    return 0


def command(*words: object) -> None:
    """One command of the program; 1 means that something is left for a person, which the demo always has."""
    done = subprocess.run([sys.executable, "-m", *map(str, words)], check=False, stdout=subprocess.DEVNULL)
    if done.returncode not in (0, 1):
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    sys.exit(main())
