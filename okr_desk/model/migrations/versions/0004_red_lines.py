"""Red lines as rows with their versions; a scheme names the lists that count for it.

What the tables begin with is filled in after the last migration (`model/beginning.py`), because it goes into the trail.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.ext.compiler import compiles

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


@compiles(sa.String, "sqlite")
@compiles(sa.Date, "sqlite")
@compiles(sa.DateTime, "sqlite")
def _as_text(element: Any, compiler: Any, **options: Any) -> str:
    return "TEXT"


def upgrade() -> None:
    op.create_table(
        "redlinerule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("list_name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redlinerule")),
        sa.UniqueConstraint("code", name=op.f("uq_redlinerule_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_redlinerule_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "redlineversion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("search_keys", sa.String(), nullable=False),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("highest", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_redlineversion_account_id_account")),
        sa.ForeignKeyConstraint(["rule_id"], ["redlinerule.id"], name=op.f("fk_redlineversion_rule_id_redlinerule")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redlineversion")),
        sa.UniqueConstraint("rule_id", "version", name=op.f("uq_redlineversion_rule_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_redlineversion_rule_id"), "redlineversion", ["rule_id"], unique=False)
    _name_lists()
    with op.batch_alter_table("redlineentry", table_kwargs={"sqlite_strict": True}) as table:
        table.add_column(sa.Column("version_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_redlineentry_version_id_redlineversion"), "redlineversion", ["version_id"], ["id"]
        )


def _name_lists() -> None:
    """A new column of versions that stand already: empty. The table is made again because it may not be missing."""
    op.add_column("schemeversion", sa.Column("red_lists", sa.String(), nullable=True))
    op.execute("UPDATE schemeversion SET red_lists = ''")
    with op.batch_alter_table("schemeversion", table_kwargs={"sqlite_strict": True}) as table:
        table.alter_column("red_lists", existing_type=sa.String(), nullable=False)
