"""What every table shares: STRICT storage, an integer key, and an id that travels between databases."""

from typing import Any, ClassVar
from uuid import uuid4

from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

STRICT: dict[str, Any] = {"sqlite_strict": True}


def new_uid() -> str:
    """An id that stays the same in workbooks and packages, whatever the database."""
    return uuid4().hex


class Row(SQLModel):
    """Base of all tables. Rows never leave services and queries."""

    model_config = {"defer_build": True}  # rows are not validated by pydantic; building validators slows each start
    __table_args__: ClassVar[Any] = STRICT
    id: int | None = Field(default=None, primary_key=True)

    @property
    def key(self) -> int:
        """The id of a row that has been stored."""
        assert self.id is not None
        return self.id
