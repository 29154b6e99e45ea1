"""Snapshots as they are published: one spelling as JSON, its SHA-256, and the way back to the same snapshot.

Fields that a later program adds must have a default, so that what was published before still reads.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from okr_desk.errors import DatabaseRefused
from okr_desk.i18n import _

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


def canonical(snapshot: object) -> bytes:
    """The one spelling of a snapshot: sorted keys, no spaces, decimals and dates as text, UTF-8."""
    kind: Any = type(snapshot)
    written = _adapter(kind).dump_json(snapshot, fallback=_told)
    return json.dumps(json.loads(written), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


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
    if isinstance(value, list | tuple):
        return tuple(_with_tuples(one) for one in value)
    if is_dataclass(value):
        for field in fields(value):
            held = getattr(value, field.name)
            if isinstance(held, Sequence) and not isinstance(held, str):
                object.__setattr__(value, field.name, _with_tuples(held))
            elif is_dataclass(held):
                _with_tuples(held)
            elif isinstance(held, dict):
                object.__setattr__(value, field.name, {key: _with_tuples(one) for key, one in held.items()})
    return value
