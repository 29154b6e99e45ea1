"""Handing a finished PDF to a printer queue on Linux: the vector file itself goes out, nothing is redrawn."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from okr_desk.errors import Refusal
from okr_desk.i18n import _

_SECONDS = 20
JOB = "okr_desk"
"""An ASCII job name: print systems mangle Chinese ones."""


@dataclass(frozen=True)
class Printer:
    """A queue of the system."""

    name: str
    is_default: bool = False


@dataclass(frozen=True)
class Job:
    """How to print: `pages` like "1-3,5" or empty for all; `duplex` turns on the long edge, for binding left."""

    printer: str
    copies: int = 2
    duplex: bool = True
    pages: str = ""


def available() -> bool:
    """Whether this system prints through CUPS commands."""
    return shutil.which("lp") is not None and shutil.which("lpstat") is not None


def printers() -> tuple[Printer, ...]:
    """The queues that CUPS knows, the default one first; none when there is no print system."""
    if not available():
        return ()
    listed = _run(["lpstat", "-e"])
    default = _default_of(_run(["lpstat", "-d"]).stdout)
    names = [line.strip() for line in listed.stdout.splitlines() if line.strip()]
    found = [Printer(name, name == default) for name in names]
    return tuple(sorted(found, key=lambda printer: not printer.is_default))


def command(path: Path, job: Job) -> list[str]:
    """The `lp` call for a job. Raises Refusal for a number of copies or a page range that cannot be."""
    if not 1 <= job.copies <= 99:
        raise Refusal(_("份数须在 1 至 99 之间，请改正。"))
    if job.pages and not _is_range(job.pages):
        raise Refusal(_("页码范围写成“1-3,5”的样子，请改正。"))
    words = ["lp", "-d", job.printer, "-n", str(job.copies), "-t", JOB, "-o", "media=A4"]
    words += ["-o", "sides=two-sided-long-edge" if job.duplex else "sides=one-sided"]
    words += ["-o", "collate=true"]
    if job.pages:
        words += ["-P", job.pages]
    return [*words, "--", str(path)]


def send(path: Path, job: Job) -> None:
    """Print. Raises Refusal when there is no print system or the queue does not take the job."""
    if not available():
        raise Refusal(_("本机没有打印服务（CUPS）。请另存为 PDF，到能打印的电脑上打印。"))
    done = _run(command(path, job))
    if done.returncode != 0:
        raise Refusal(
            _("打印机“{name}”没有接受任务。请检查打印机是否开机、有纸，或换一台打印机。").format(name=job.printer)
        )


def _default_of(answer: str) -> str:
    """lpstat -d says "system default destination: NAME"."""
    return answer.rpartition(":")[2].strip() if ":" in answer else ""


def _is_range(pages: str) -> bool:
    for part in pages.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            return False
        if int(first) < 1 or (dash and int(last) < int(first)):
            return False
    return True


def _run(words: list[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            words,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except subprocess.TimeoutExpired as error:
        raise Refusal(_("打印服务没有应答。请检查打印机连接后再试。")) from error
