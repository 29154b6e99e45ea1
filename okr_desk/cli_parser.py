"""The reader of command lines, shared by all commands: what is wrong is said in one sentence, in Chinese."""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NoReturn

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.scoring.rounding import exact_or
from okr_desk.scoring.spelling import number

PLACES = 10
"""Decimals are printed in full when they end within so many places, else rounded half-up to them."""

Answer = tuple[Mapping[str, str | list[str] | dict[str, str] | None], tuple[str, ...]]
"""The values of an answer by their key, and the steps that lead to them."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence of the user's language; takes negative pairs such as -10:0.4."""

    def parse_known_args(  # type: ignore[override] # the overloads of the base differ in the namespace only
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        found, strange = super().parse_known_args(_joined(list(args or ())), namespace)
        if strange:
            refuse(self.prog, _("不认识“{text}”").format(text=strange[0]))
        return found, []

    def error(self, message: str) -> NoReturn:
        refuse_words(self.prog, message)

    def explained(self) -> str:
        """What is written behind the command, one a line, each with its meaning in the user's language."""
        first = sorted(self._actions, key=lambda action: bool(action.option_strings))
        named = [(_written_as(action), action.help or "") for action in first]
        width = max((_width(name) for name, _meaning in named), default=0)
        return "\n".join(f"  {name}{' ' * (width - _width(name))}  {meaning}" for name, meaning in named)


def _written_as(action: argparse.Action) -> str:
    if not action.option_strings:
        return _(_PLACES.get(action.dest, action.dest))
    return " ".join((*action.option_strings, *(["…"] if action.nargs != 0 else [])))


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _joined(words: list[str]) -> list[str]:
    """Bind a value that begins with a minus sign to its option, which would else be read as an option."""
    found: list[str] = []
    for word in words:
        if found and found[-1].startswith("--") and re.match(r"-[0-9.]", word) and "=" not in found[-1]:
            found[-1] += "=" + word
        else:
            found.append(word)
    return found


_MISSING = N_("缺少 {0}")
_REFUSED = (
    (r"argument (\S+): expected (?:one|at least one|\d+) arguments?", N_("{0} 后面缺少内容")),
    (r"argument \S+: invalid choice: '(.*?)'", N_("没有“{0}”这个词")),
    (r"the following arguments are required: (.*)", _MISSING),
    (r"one of the arguments (.*) is required", N_("{0} 须填一个")),
    (r"argument (\S+): not allowed with argument (\S+)", N_("{0} 与 {1} 只能填一个")),
    (r"argument (\S+): invalid .*? value: '(.*?)'", N_("{0} 填的“{1}”不对")),
    (r"argument (\S+): ([^a-zA-Z].*)", N_("{0}：{1}")),
)
"""What argparse finds wrong, as it says it, and how it is said here."""


def refuse_words(prog: str, message: str) -> NoReturn:
    """Put what argparse found wrong into one sentence and leave with 2; its own words are English."""
    for pattern, sentence in _REFUSED:
        found = re.fullmatch(pattern + r"(?: \(choose from .*\))?", message, re.DOTALL)
        if found:
            words = (_spoken(text) if sentence is _MISSING else text for text in found.groups())
            refuse(prog, _(sentence).format(*words))
    refuse(prog, _("命令不完整或有多余的内容"))


_PLACES = {"file": N_("文件"), "paths": N_("路径"), "backup": N_("备份"), "key": N_("名称"), "word": N_("命令")}
"""Arguments without a dash have English names in the code only."""


def _spoken(text: str) -> str:
    return _("、").join(_(_PLACES[word]) if word in _PLACES else word for word in text.split(", "))


def refuse(prog: str, what: str) -> NoReturn:
    """Say what is wrong and where to look, and leave with 2."""
    sys.stderr.write(_("{what}，请用 {command} --help 查看写法。").format(what=what, command=prog) + "\n")
    sys.exit(2)


def written(args: argparse.Namespace, name: str) -> str:
    """An option that must be there; raises InputRefused where it is not."""
    text = getattr(args, name)
    if text is None:
        raise InputRefused(_("缺少参数 {name}，请补上。").format(name=f"--{name}"))
    return str(text)


def need(args: argparse.Namespace, name: str) -> Decimal:
    """An option that must be a number; raises InputRefused where it is none."""
    return number(written(args, name), f"--{name}")


def printed(value: Decimal | None) -> str | None:
    """A number as answers give it."""
    return None if value is None else exact_or(value, PLACES)
