"""Text in the user's language: Chinese is the source, one English catalogue stands beside it.

Usable in every layer, without Qt: window, command line and paper ask the same catalogue.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager

from okr_desk import paths

DOMAIN = "okr_desk"
LANGUAGES = ("zh_CN", "en")
_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "zh_CN"


def use(language: str) -> None:
    """Switch all text to `language` ("zh_CN" or "en"); an unknown one falls back to Chinese."""
    global _catalogue, _language
    if language == "en":
        _catalogue = gettext.translation(DOMAIN, paths.resource("locale"), languages=["en"], fallback=True)
        _language = "en"
    else:
        _catalogue, _language = gettext.NullTranslations(), "zh_CN"


def language() -> str:
    """The language in use, "zh_CN" or "en"."""
    return _language


@contextmanager
def using(language: str) -> Iterator[None]:
    """Use a language for one block, for example to print an English copy."""
    before = _language
    use(language)
    try:
        yield
    finally:
        use(before)


def _(text: str) -> str:
    """Translate a Chinese source string. Fill placeholders afterwards: `_("还差 {n} 项").format(n=3)`."""
    return _catalogue.gettext(text) if text else ""


def N_(text: str) -> str:  # noqa: N802 - gettext's own word for "translate later"
    """Mark a string for the catalogue without translating it yet (tables, declarations)."""
    return text
