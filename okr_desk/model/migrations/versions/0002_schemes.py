"""The hundred-point sheet: schemes with their blocks and lines, dated events, red lines; what is usual of an indicator.

Migrations import nothing of the program, so that they read the same years from now.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.ext.compiler import compiles

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Instant = sa.DateTime
Exact = sa.BigInteger


@compiles(sa.String, "sqlite")
@compiles(sa.Date, "sqlite")
@compiles(sa.DateTime, "sqlite")
def _as_text(element: Any, compiler: Any, **options: Any) -> str:
    return "TEXT"


@compiles(sa.BigInteger, "sqlite")
@compiles(sa.Boolean, "sqlite")
def _as_integer(element: Any, compiler: Any, **options: Any) -> str:
    return "INTEGER"


def upgrade() -> None:
    op.create_table(
        "scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("preset", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_scheme_category_id_category")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme")),
        sa.UniqueConstraint("category_id", "year", name=op.f("uq_scheme_category_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_scheme_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_scheme_year"), "scheme", ["year"], unique=False)

    op.create_table(
        "schemeversion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("from_quarter", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("grades", sa.String(), nullable=False),
        sa.Column("bonus_cap", Exact(), nullable=False),
        sa.Column("bonus_from", Exact(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("activated_at", Instant(), nullable=True),
        sa.Column("activated_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_schemeversion_account_id_account")),
        sa.ForeignKeyConstraint(["activated_by"], ["account.id"], name=op.f("fk_schemeversion_activated_by_account")),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_schemeversion_scheme_id_scheme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schemeversion")),
        sa.UniqueConstraint("scheme_id", "version", name=op.f("uq_schemeversion_scheme_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_schemeversion_scheme_id"), "schemeversion", ["scheme_id"], unique=False)

    op.create_table(
        "schemeblock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("maximum", Exact(), nullable=False),
        sa.Column("across", sa.String(), nullable=False),
        sa.Column("flags", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["schemeversion.id"], name=op.f("fk_schemeblock_version_id_schemeversion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schemeblock")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_schemeblock_version_id"), "schemeblock", ["version_id"], unique=False)

    op.create_table(
        "pointevent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("amount", Exact(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_pointevent_account_id_account")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_pointevent_indicator_id_indicator")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_pointevent_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_pointevent_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pointevent")),
        sa.UniqueConstraint("uid", name=op.f("uq_pointevent_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_pointevent_org_id"), "pointevent", ["org_id"], unique=False)
    op.create_index(op.f("ix_pointevent_quarter_id"), "pointevent", ["quarter_id"], unique=False)

    op.create_table(
        "redlineentry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("highest", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.Column("lifted_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_redlineentry_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_redlineentry_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_redlineentry_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redlineentry")),
        sa.UniqueConstraint("uid", name=op.f("uq_redlineentry_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_redlineentry_org_id"), "redlineentry", ["org_id"], unique=False)
    op.create_index(op.f("ix_redlineentry_quarter_id"), "redlineentry", ["quarter_id"], unique=False)

    op.create_table(
        "schemeline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("maximum", Exact(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("across", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["block_id"], ["schemeblock.id"], name=op.f("fk_schemeline_block_id_schemeblock")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_schemeline_indicator_id_indicator")),
        sa.ForeignKeyConstraint(["second_id"], ["indicator.id"], name=op.f("fk_schemeline_second_id_indicator")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schemeline")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_schemeline_block_id"), "schemeline", ["block_id"], unique=False)
    op.create_index(op.f("ix_schemeline_indicator_id"), "schemeline", ["indicator_id"], unique=False)
    _say_what_is_usual()
    _date_adjustments()


def _date_adjustments() -> None:
    """From when what was added counts, and until when what was stopped did; what stands already counts all year."""
    op.add_column("objective", sa.Column("counts_from", sa.Date(), nullable=True))
    op.add_column("objective", sa.Column("stopped_on", sa.Date(), nullable=True))
    op.add_column("keyresult", sa.Column("counts_from", sa.Date(), nullable=True))


def _say_what_is_usual() -> None:
    """New columns of definitions that stand already: empty. The table is made again because they may not be missing."""
    for name in ("usual_rule", "computed_from"):
        op.add_column("indicatorversion", sa.Column(name, sa.String(), nullable=True))
        op.execute(f"UPDATE indicatorversion SET {name} = ''")
    with op.batch_alter_table("indicatorversion", table_kwargs={"sqlite_strict": True}) as table:
        for name in ("usual_baseline", "usual_target", "usual_points"):
            table.add_column(sa.Column(name, Exact(), nullable=True))
        for name in ("usual_rule", "computed_from"):
            table.alter_column(name, existing_type=sa.String(), nullable=False)
