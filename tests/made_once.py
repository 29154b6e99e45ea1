"""Townships that many tests begin with are made once in a process; every other test gets a copy of the file."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from okr_desk.clock import Clock, FixedClock
from okr_desk.model.store import Store

P = ParamSpec("P")
T = TypeVar("T")

_MADE: dict[tuple[str, ...], tuple[bytes, Any, Store, Clock, Path]] = {}


def made_once(build: Callable[Concatenate[Path, P], T]) -> Callable[Concatenate[Path, P], T]:
    """`build(path, …)` makes a database at `path` and returns what a test needs of it, the open store among it."""

    @wraps(build)
    def made(path: Path, *args: P.args, **more: P.kwargs) -> T:
        key = (f"{build.__module__}.{build.__qualname__}", *map(_said, args), *map(_said, sorted(more.items())))
        if key not in _MADE:
            first = build(path, *args, **more)
            store = next(_stores(first))
            kept = copy.deepcopy(first, {id(store): store, id(path): path})
            _MADE[key] = (path.read_bytes(), kept, store, store.clock, path)
            return first
        content, kept, old, clock, place = _MADE[key]
        path.write_bytes(content)
        again: T = copy.deepcopy(kept, {id(old): Store(path, clock), id(place): path})
        return again

    return made


def _said(argument: object) -> str:
    """What makes two calls the same."""
    return str(argument.now()) if isinstance(argument, FixedClock) else repr(argument)


def _stores(found: object) -> Iterator[Store]:
    """The store in what a builder returns, however deep."""
    if isinstance(found, Store):
        yield found
    elif isinstance(found, tuple):
        for one in found:
            yield from _stores(one)
    elif is_dataclass(found):
        for field in fields(found):
            yield from _stores(getattr(found, field.name))
    elif hasattr(found, "__dict__"):
        for one in vars(found).values():
            yield from _stores(one)


@made_once
def empty(path: Path, clock: Clock) -> Store:
    """A new database without a township."""
    return Store.create(path, clock)
