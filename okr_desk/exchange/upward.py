"""The county's workbooks read and filled: parsed in a limited process, every byte kept but for the mapped cells."""

from __future__ import annotations

import base64
import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from okr_desk.errors import FileRefused, Refusal
from okr_desk.exchange.limited import LimitedProcess
from okr_desk.files import check_writable, write_atomically
from okr_desk.i18n import N_, _
from okr_desk.queries.upward import FilledForm
from okr_desk.rules.upward import LARGEST, FormDraft, check_file
from okr_desk.rules.upward_book import Book, FormCell, FormSheet, Shows

PATIENCE = 25.0
"""Seconds that one workbook may take."""

_REMEMBERED = 16
_READ: dict[str, Book] = {}
"""Workbooks that were read, by their content: it never changes under its SHA-256."""

_SENTENCES = {
    "empty": N_("“{name}”是空文件，请县里重新发送。"),
    "locked": N_("“{name}”打不开：可能正被 WPS 或 Excel 占用，请关闭后再试。"),
    "unreachable": N_("读不到“{name}”，请检查文件是否还在。"),
    "encrypted": N_("“{name}”设有打开密码，请在 WPS 或 Excel 里取消密码、另存后再导入。"),
    "old": N_("“{name}”其实是旧版 .xls 表格，请在 WPS 或 Excel 里另存为 .xlsx 后再导入。"),
    "macros": N_("“{name}”带有宏，请另存为不带宏的 .xlsx 后再导入。"),
    "damaged": N_("“{name}”已损坏或写法特殊，请在 WPS 或 Excel 里另存为 .xlsx 后再导入。"),
    "foreign": N_("“{name}”不是电子表格，请在 WPS 或 Excel 里另存为 .xlsx 后再导入。"),
    "bomb": N_("“{name}”展开后过大，不像上报表，没有读取。"),
    "large": N_("“{name}”超过 20 MB，不像上报表，没有读取。"),
    "long": N_("“{name}”单元格太多，不像上报表，没有读取。"),
    "slow": N_("“{name}”读取时间过长，已停止，请在 WPS 或 Excel 里另存为 .xlsx 后再试。"),
    "changed": N_("“{name}”填好后核对，发现所选单元格以外有变化，没有写出文件。请把这份表另存为 .xlsx 后换新表。"),
    "signed": N_("“{name}”带有数字签名，填数会使签名失效。请向县里要没有签名的表。"),
}


def draft(path: Path, name: str) -> FormDraft:
    """A workbook chosen by a person, ready to be kept. Raises FileRefused with one sentence for what is no form."""
    check_file(path.name)
    try:
        if path.stat().st_size > LARGEST:
            raise _refused("large", path.name)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise _refused("unreachable", path.name) from error
    except OSError as error:
        raise _refused("locked", path.name) from error
    return FormDraft(name, path.name, content, read(content, path.name))


def read(content: bytes, name: str) -> Book:
    """What stands in a workbook; `name` is what people call it. Raises FileRefused."""
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 not in _READ:
        while len(_READ) >= _REMEMBERED:
            _READ.pop(next(iter(_READ)))
        _READ[sha256] = _book(sha256, content, name)
    return _READ[sha256]


def kept(path: Path, name: str) -> Book:
    """What stands in a kept workbook. Raises FileRefused where it is not what was kept."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _refused("locked", name) from error
    book = read(content, name)
    if book.sha256 != path.name:
        raise FileRefused(_("上报表“{name}”的内容和导入时不一致，没有打开。请从备份恢复，或换新表。").format(name=name))
    return book


def write(of: FilledForm, source: Path, target: Path) -> Path:
    """A copy of the kept workbook `source` with the mapped cells filled, written whole or not at all.

    Raises Refusal where a cell cannot be written (then no file is left), FileRefused for a place that cannot.
    """
    if of.problem:
        raise Refusal(_("“{form}”没有填：{why}").format(form=of.form.name, why=of.problem))
    if not of.form.cells:
        raise Refusal(_("“{form}”还没有添加单元格，没有可填的数。").format(form=of.form.name))
    check_writable(target)
    cells = [[one.sheet, one.row, one.column, one.kind, one.text] for one in of.targets]
    with _limited() as ask:
        answer = ask({"fill": str(source), "cells": cells}, of.form.display_name)
    content = base64.b64decode(answer["content"])
    write_atomically(target, content)
    if target.read_bytes() != content:
        target.unlink(missing_ok=True)
        raise FileRefused(_("“{name}”写入后读回不一致，已删除。请换一个磁盘再试。").format(name=target.name))
    return target


def _book(sha256: str, content: bytes, name: str) -> Book:
    with tempfile.TemporaryDirectory(prefix="okr_desk_") as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(content)
        with _limited() as ask:
            answer = ask({"form": str(path)}, name)
    if answer["signed"]:
        raise _refused("signed", name)
    if not answer["sheets"]:
        raise _refused("damaged", name)
    return Book(sha256, tuple(_sheet(one) for one in answer["sheets"]))


@contextmanager
def _limited() -> Iterator[Callable[[dict[str, Any], str], dict[str, Any]]]:
    """Asks the limited process; a refusal of it becomes a sentence."""
    process = LimitedProcess("okr_desk.exchange.form_child")

    def ask(request: dict[str, Any], name: str) -> dict[str, Any]:
        answer = process.ask(request, PATIENCE)
        if "refused" in answer:
            raise _refused(str(answer["refused"]), name)
        return answer

    try:
        yield ask
    finally:
        process.close()


def _refused(word: str, name: str) -> FileRefused:
    return FileRefused(_(_SENTENCES.get(word, _SENTENCES["damaged"])).format(name=name))


def _sheet(told: dict[str, Any]) -> FormSheet:
    return FormSheet(
        told["name"],
        told["hidden"],
        {
            (row, column): FormCell(text if kind != "f" else "", kind == "f", kind == "n", Shows(percent, is_date))
            for row, column, kind, text, percent, is_date in told["cells"]
        },
        tuple((a, b, c, d) for a, b, c, d in told["merged"]),
        {row: Shows(percent, is_date) for row, percent, is_date in told["rows"]},
        tuple((first, last, Shows(percent, is_date)) for first, last, percent, is_date in told["columns"]),
    )
