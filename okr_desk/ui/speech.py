"""One language for our words and for Qt's own buttons and dialogs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from okr_desk import i18n

_TRANSLATOR = "qt_words"


def speak(app: QCoreApplication, language: str) -> None:
    """Take a language into use; words that are already on the screen change when they are set again."""
    i18n.use(language)
    QLocale.setDefault(QLocale(language))
    for old in app.findChildren(QTranslator, _TRANSLATOR):
        app.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(app)
    translator.setObjectName(_TRANSLATOR)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language != "en" and translator.load(f"qtbase_{language}", folder):
        app.installTranslator(translator)
