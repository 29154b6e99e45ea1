"""The plain columns that queries read are those of the rows that services write: same tables, names and types."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Any, get_args, get_origin

import pytest
from sqlalchemy import ColumnElement

from okr_desk.model import columns, tables
from okr_desk.model.columns.base import Columns


def test_every_table_is_described() -> None:
    assert set(columns.__all__) == set(tables.__all__)


@pytest.mark.parametrize("name", tables.__all__)
def test_a_description_is_that_of_its_rows(name: str) -> None:
    described: type[Columns] = getattr(columns, name)
    row = getattr(tables, name)
    assert described.TABLE.name == row.__tablename__
    assert [column.key for column in described.ALL] == [column.key for column in row.__table__.columns]
    for column, stored in zip(described.ALL, row.__table__.columns, strict=True):
        assert kind_of(column) == kind_of(stored), column.key


@pytest.mark.parametrize("name", tables.__all__)
def test_what_may_be_missing_says_so(name: str) -> None:
    described, row = getattr(columns, name), getattr(tables, name)
    for key, said in described.__annotations__.items():
        assert may_be_missing(get_args(said)[0]) == row.__table__.columns[key].nullable, key


def kind_of(column: ColumnElement[Any]) -> str:
    """The name of a column's type; a text of limited length is read as any text."""
    name = type(column.type).__name__
    return "String" if name == "AutoString" else name


def may_be_missing(kind: Any) -> bool:
    """Whether a type allows None."""
    return get_origin(kind) is UnionType and NoneType in get_args(kind)
