"""One running program a person: a second start hands its file over and leaves."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QThread
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from okr_desk import paths

if TYPE_CHECKING:
    from okr_desk.ui.main_window import MainWindow

PATIENCE = 1_500
"""Milliseconds to wait for the running program."""
KNOCK = 100
"""Milliseconds between two tries: the other one may only just have started."""


def hand_over(file: str) -> bool:
    """Tell the running program to come to the front with `file`; False when it does not answer."""
    socket = QLocalSocket()
    for _knock in range(PATIENCE // KNOCK):
        socket.connectToServer(_name())
        if socket.waitForConnected(PATIENCE):
            break
        QThread.msleep(KNOCK)
    else:
        return False
    socket.write(f"{Path(file).resolve() if file else ''}\n".encode())
    sent = socket.waitForBytesWritten(PATIENCE)
    socket.disconnectFromServer()
    return sent


def listen(window: MainWindow, opening: Any) -> QLocalServer:
    """Hear second starts: raise the window, open what they hand over."""
    server = QLocalServer(window)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    QLocalServer.removeServer(_name())
    server.listen(_name())

    def hear() -> None:
        socket = server.nextPendingConnection()

        def read() -> None:
            file = bytes(socket.readAll().data()).decode("utf-8", "replace").strip()
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.raise_()
            window.activateWindow()
            if file:
                opening.open(Path(file))

        socket.readyRead.connect(read)
        socket.disconnected.connect(socket.deleteLater)

    server.newConnection.connect(hear)
    return server


def _name() -> str:
    home = abs(hash_of(str(paths.data_folder())))
    return f"okr_desk-{getpass.getuser()}-{home:x}"


def hash_of(text: str) -> int:
    """A number that is the same in every process, unlike `hash`."""
    import zlib

    return zlib.crc32(text.encode("utf-8"))
