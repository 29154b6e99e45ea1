"""A sheet printed through a real CUPS queue: a print server on a socket with the virtual PDF printer behind it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from okr_desk.errors import Refusal
from okr_desk.reports import printing
from okr_desk.reports.printing import Job
from tests.reports import samples
from tests.reports.test_quarterly_review import printed

pwd = pytest.importorskip("pwd", reason="CUPS belongs to Linux")
DRIVER = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
BACKEND = Path("/usr/lib/cups/backend/cups-pdf")
SERVER = shutil.which("cupsd") or "/usr/sbin/cupsd"
SECONDS = 30

pytestmark = [
    pytest.mark.cups,
    pytest.mark.skipif(
        os.name == "nt" or os.geteuid() != 0 or not (DRIVER.exists() and BACKEND.exists() and Path(SERVER).exists()),
        reason="needs root, cups, cups-client and printer-driver-cups-pdf",
    ),
]

ACCESS = """
Browsing No
DefaultAuthType None
<Location />
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""


def arranged(folder: Path) -> None:
    """A print server's own folders and settings, nothing shared with the system's."""
    for name in ("root/ppd", "root/ssl", "spool/tmp", "cache", "state"):
        (folder / name).mkdir(parents=True)
    (folder / "root/cupsd.conf").write_text(f"Listen {folder}/socket\n{ACCESS}", encoding="utf-8")
    places = {
        "ServerRoot": "root",
        "RequestRoot": "spool",
        "TempDir": "spool/tmp",
        "CacheDir": "cache",
        "StateDir": "state",
        "ErrorLog": "error.log",
        "AccessLog": "access.log",
        "PageLog": "page.log",
    }
    lines = [f"{word} {folder / place}" for word, place in places.items()]
    lines += ["ServerBin /usr/lib/cups", "DataDir /usr/share/cups", "SystemGroup root"]
    (folder / "root/cups-files.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")


def until(met: object, what: str) -> None:
    """Wait for another process, within a limit."""
    assert callable(met)
    end = time.monotonic() + SECONDS
    while not met():
        assert time.monotonic() < end, what
        time.sleep(0.1)


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A running server with the queue "PDF"; on a short path, because sockets take no long ones."""
    folder = Path(tempfile.mkdtemp(prefix="okr_cups_"))
    folder.chmod(0o755)
    arranged(folder)
    server = subprocess.Popen([SERVER, "-f", "-c", f"{folder}/root/cupsd.conf", "-s", f"{folder}/root/cups-files.conf"])
    try:
        until((folder / "socket").exists, "the print server did not start")
        monkeypatch.setenv("CUPS_SERVER", f"{folder}/socket")
        subprocess.run(
            ["lpadmin", "-p", "PDF", "-E", "-v", "cups-pdf:/", "-P", str(DRIVER)],
            check=True,
            capture_output=True,
        )
        yield "PDF"
    finally:
        server.terminate()
        server.wait(SECONDS)
        shutil.rmtree(folder)


@pytest.fixture
def made(queue: str) -> Iterator[Path]:
    """Where the virtual printer puts its files: a folder of the user's home that it fixes itself."""
    folder = Path(pwd.getpwuid(os.geteuid()).pw_dir) / "PDF"
    before = set(folder.iterdir()) if folder.exists() else None
    yield folder
    for file in set(folder.glob("*")) - (before or set()):
        file.unlink()
    if before is None and folder.exists():
        folder.rmdir()


def test_a_sheet_goes_through_the_queue_and_comes_out_page_by_page(queue: str, made: Path, tmp_path: Path) -> None:
    sheet = printed(tmp_path, samples.sheet()).path
    before = set(made.glob("*.pdf"))
    assert [printer.name for printer in printing.printers()] == [queue]
    printing.send(sheet, Job(queue, copies=1))

    def arrived() -> bool:
        return any(file.read_bytes().rstrip().endswith(b"%%EOF") for file in set(made.glob("*.pdf")) - before)

    until(arrived, "nothing came out of the queue")
    (file,) = set(made.glob("*.pdf")) - before
    assert file.name.startswith("okr_desk")
    reader = PdfReader(file)
    assert len(reader.pages) == 2
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]


def test_a_queue_that_is_not_there_is_told(queue: str, tmp_path: Path) -> None:
    sheet = printed(tmp_path, samples.sheet()).path
    with pytest.raises(Refusal, match="“没有这台”没有接受任务"):
        printing.send(sheet, Job("没有这台"))
