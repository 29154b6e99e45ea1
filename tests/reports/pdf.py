"""Reading a PDF back: what the page really says and which faces it carries."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import DictionaryObject


def texts(path: Path) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(path).pages]


def squeezed(path: Path) -> str:
    """All text without blanks and line ends, so that a phrase broken over lines is still found."""
    return "".join("".join(texts(path)).split())


def unembedded(path: Path) -> list[str]:
    """Faces that are named but not embedded as a subset."""
    found = []
    for page in PdfReader(path).pages:
        resources = page["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)
        for reference in resources.get("/Font", DictionaryObject()).values():
            font = reference.get_object()
            descriptor = font.get("/FontDescriptor")
            name = str(font["/BaseFont"])
            if descriptor is None or "/FontFile2" not in descriptor.get_object() or name[7:8] != "+":
                found.append(name)
    return found


def bookmarks(path: Path) -> list[tuple[str, int]]:
    """Outline entries with their page, counted from 0."""
    reader = PdfReader(path)
    return [(str(entry.title), reader.get_destination_page_number(entry)) for entry in reader.outline]
