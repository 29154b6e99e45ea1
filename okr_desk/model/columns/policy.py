"""What the office changed of the declared settings in `resources/policy.toml`."""

from okr_desk.model.columns.base import Column, Columns


class PolicyValue(Columns, table="policyvalue"):
    """One setting that differs from its declared default."""

    name: Column[str]
    value: Column[str]
