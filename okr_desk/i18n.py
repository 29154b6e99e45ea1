"""Text in the user's language: Chinese is the source, one English catalogue stands beside it.

Usable in every layer, without Qt: window, command line and paper ask the same catalogue.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from okr_desk import paths

DOMAIN = "okr_desk"
LANGUAGES = ("zh_CN", "en")
_Spoken = tuple[gettext.NullTranslations, str]
_everywhere: _Spoken = (gettext.NullTranslations(), "zh_CN")
_here: ContextVar[_Spoken | None] = ContextVar("spoken", default=None)
"""What one thread speaks for a while: the window goes on in its own language beside it."""


def use(language: str) -> None:
    """Switch all text to `language` ("zh_CN" or "en"); an unknown one falls back to Chinese.

    Within `using` it holds until the end of that block, in that thread.
    """
    global _everywhere
    if _here.get() is None:
        _everywhere = _spoken(language)
    else:
        _here.set(_spoken(language))


def language() -> str:
    """The language in use, "zh_CN" or "en"."""
    return (_here.get() or _everywhere)[1]


@contextmanager
def using(language: str) -> Iterator[None]:
    """Use a language for one block of this thread, for example for what is kept in the database in Chinese."""
    token = _here.set(_spoken(language))
    try:
        yield
    finally:
        _here.reset(token)


def _(text: str) -> str:
    """Translate a Chinese source string. Fill placeholders afterwards: `_("还差 {n} 项").format(n=3)`."""
    return (_here.get() or _everywhere)[0].gettext(text) if text else ""


def N_(text: str) -> str:  # noqa: N802 - gettext's own word for "translate later"
    """Mark a string for the catalogue without translating it yet (tables, declarations)."""
    return text


def _spoken(language: str) -> _Spoken:
    if language != "en":
        return gettext.NullTranslations(), "zh_CN"
    return gettext.translation(DOMAIN, paths.resource("locale"), languages=["en"], fallback=True), "en"
