"""What the office changed of the declared settings in `resources/policy.toml`."""

from sqlmodel import Field

from okr_desk.model.base import Row


class PolicyValue(Row, table=True):
    """One setting that differs from its declared default."""

    name: str = Field(max_length=80, unique=True)
    value: str
