"""Measuring an official document: characters with their origin, lines and strokes, in millimetres from the top left."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw

MM = 72 / 25.4
SAME_LINE = 0.5
"""Millimetres between base lines that are one."""


@dataclass(frozen=True)
class Char:
    """A character: its origin on the base line, the box of its ink, its size in points and its face."""

    text: str
    x: float
    base: float
    left: float
    right: float
    top: float
    bottom: float
    size: float
    face: str
    colour: tuple[int, int, int]


@dataclass(frozen=True)
class Stroke:
    """A ruled line or box."""

    left: float
    right: float
    top: float
    bottom: float
    weight: float


@dataclass(frozen=True)
class Measured:
    """One page."""

    chars: tuple[Char, ...]
    strokes: tuple[Stroke, ...]
    size: tuple[float, float]

    @property
    def lines(self) -> list[list[Char]]:
        """Characters by base line, from the top, each from the left."""
        found: list[list[Char]] = []
        for char in sorted(self.chars, key=lambda one: one.base):
            if not char.text.strip():
                continue
            if not found or char.base - found[-1][-1].base > SAME_LINE:
                found.append([])
            found[-1].append(char)
        return [sorted(line, key=lambda one: one.x) for line in found]

    def line(self, text: str) -> list[Char]:
        """The line that holds `text`."""
        return next(line for line in self.lines if text in said(line))


def said(line: list[Char]) -> str:
    """What a line says."""
    return "".join(char.text for char in line)


def pages(path: Path) -> list[Measured]:
    """Every page of a file, measured."""
    with _opened(path) as document:
        return [_page(document[number]) for number in range(len(document))]


@contextmanager
def _opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(path)
    try:
        yield document
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> Measured:
    width, height = page.get_size()
    text = page.get_textpage()
    chars = tuple(_char(text, number, height) for number in range(text.count_chars()))
    strokes = tuple(_strokes(page, height))
    text.close()
    page.close()
    return Measured(tuple(one for one in chars if one.text.strip()), strokes, (width / MM, height / MM))


def _char(text: pypdfium2.PdfTextPage, number: int, height: float) -> Char:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, number, x, y)
    left, bottom, right, top = text.get_charbox(number)
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, number, name, 200, flags)
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(text, number, *parts)
    return Char(
        chr(raw.FPDFText_GetUnicode(text, number)),
        x.value / MM,
        (height - y.value) / MM,
        left / MM,
        right / MM,
        (height - top) / MM,
        (height - bottom) / MM,
        raw.FPDFText_GetFontSize(text, number),
        name.value.decode(),
        (parts[0].value, parts[1].value, parts[2].value),
    )


def _strokes(page: pypdfium2.PdfPage, height: float) -> Iterator[Stroke]:
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = one.get_bounds()
        weight = ctypes.c_float()
        raw.FPDFPageObj_GetStrokeWidth(one, weight)
        own = weight.value  # PDFium's box of a stroke is wider than the stroke by its weight on each side
        yield Stroke(
            (left + own) / MM, (right - own) / MM, (height - top + own) / MM, (height - bottom - own) / MM, own / MM
        )
