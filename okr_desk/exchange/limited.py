"""The limited process that parses strangers' files (`child.py`, `form_child.py`), as seen from the program."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from okr_desk.errors import Cancelled
from okr_desk.i18n import _

_STEP = 0.1
"""Seconds between two looks whether somebody wants to stop."""


class LimitedProcess:
    """The limited process, with a reader thread so that waiting can time out on every platform."""

    def __init__(self, module: str = "okr_desk.exchange.child") -> None:
        root = str(Path(__file__).resolve().parents[2])
        safe_parser = {"OPENPYXL_LXML": "False", "OPENPYXL_DEFUSEDXML": "True"}
        environment = {**os.environ, **safe_parser, "PYTHONPATH": root, "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._answers: queue.Queue[bytes] = queue.Queue()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        self.ended = False
        self.asked = 0

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put(b"")

    def ask(self, request: object, patience: float, cancelled: Callable[[], bool] | None = None) -> dict[str, object]:
        """The child's answer; `{"refused": word}` when it died or took too long (then `ended` is true).

        Raises Cancelled when `cancelled()` says so while it works.
        """
        assert self._process.stdin is not None
        self.asked += 1
        try:
            self._process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
            self._process.stdin.flush()
            line = self._answer(patience, cancelled)
        except queue.Empty:
            self.close()
            return {"refused": "slow"}
        except OSError:
            line = b""
        if not line:
            self.close()
            return {"refused": "bomb"}
        answer = json.loads(line)
        assert isinstance(answer, dict)
        return answer

    def _answer(self, patience: float, cancelled: Callable[[], bool] | None) -> bytes:
        if cancelled is None:
            return self._answers.get(timeout=patience)
        until = time.monotonic() + patience
        while True:
            if cancelled():
                self.close()
                raise Cancelled(_("已停止导入，没有写入任何内容。"))
            try:
                return self._answers.get(timeout=_STEP)
            except queue.Empty:
                if time.monotonic() > until:
                    raise

    def close(self) -> None:
        """End the process at once; it holds nothing worth saving."""
        self.ended = True
        self._process.kill()
        self._process.wait()
        self._reader.join(timeout=5)
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                try:
                    stream.close()
                except OSError:
                    continue
