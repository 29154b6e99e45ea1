"""Snapshots as they are published: one spelling as JSON, its SHA-256, and the way back to the same snapshot.

Fields that a later program adds must have a default, so that what was published before still reads.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from okr_desk.errors import DatabaseRefused
from okr_desk.i18n import _

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")
_PLAIN = frozenset({str, int, bool, float, Decimal, date, datetime, type(None)})
"""What holds nothing else: looked at no further."""


def canonical(snapshot: object) -> bytes:
    """The one spelling of a snapshot: sorted keys, no spaces, decimals and dates as text, UTF-8."""
    kind: Any = type(snapshot)
    plain = _adapter(kind).dump_python(snapshot, mode="json", fallback=_told)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def seal(content: bytes) -> str:
    """The SHA-256 of a canonical spelling."""
    return hashlib.sha256(content).hexdigest()


def packed(content: bytes) -> bytes:
    """A spelling as it is kept: deflated, about a seventh."""
    return zlib.compress(content, 6)


def thaw(kind: type[T], kept: bytes, digest: str) -> T:
    """The snapshot that was published. Raises DatabaseRefused when it is not what was sealed."""
    try:
        content = zlib.decompress(kept)
    except zlib.error:
        content = b""
    if seal(content) != digest:
        raise DatabaseRefused(
            _("已发布的内容与其校验码不符，数据文件可能被改动过。请从备份恢复，并保留现在的文件备查。")
        )
    named: Any = kind
    found: T = _with_tuples(_adapter(named).validate_json(content))
    return found


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # with the first publication, not with the window

    return TypeAdapter(kind)


def _told(value: Any) -> list[str]:
    """Sentences that are written when first read."""
    return list(value)


def _with_tuples(value: Any) -> Any:
    """Sequences are tuples again, as snapshots have them; JSON knows lists alone."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind is list or kind is tuple:
        return tuple([one if type(one) in _PLAIN else _with_tuples(one) for one in value])
    if kind is dict:
        return {key: _with_tuples(one) for key, one in value.items()}
    for name in _names(kind):
        held = getattr(value, name)
        if type(held) not in _PLAIN:
            object.__setattr__(value, name, _with_tuples(held))
    return value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass; none of anything else, such as a term."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
