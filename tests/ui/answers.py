"""Answers to dialogs as a person gives them: wait until the dialog stands, fill its fields, press its button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit

from okr_desk.ui.forms import FormDialog


def answering(act: Callable[[Any], object]) -> None:
    """Do something with the next dialog, once it stands; it never stays open."""

    def look_for_it() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, look_for_it)
            return
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.close()

    QTimer.singleShot(0, look_for_it)


def put(dialog: FormDialog, **texts: str) -> None:
    """Type into the fields of a dialog by their names."""
    for name, text in texts.items():
        field = dialog.fields[name]
        if isinstance(field, QPlainTextEdit):
            field.setPlainText(text)
        elif isinstance(field, QComboBox):
            field.setEditText(text)
        else:
            assert isinstance(field, QLineEdit)
            field.setText(text)
