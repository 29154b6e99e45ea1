"""Steps of findings say who answers and who stood in, appraisals why they were opened again; values by branch.

Migrations import nothing of the program, so that they read the same years from now.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.ext.compiler import compiles

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ADDED = ("owner", "leader", "substitution")


@compiles(sa.String, "sqlite")
def _as_text(element: Any, compiler: Any, **options: Any) -> str:
    return "TEXT"


def upgrade() -> None:
    _say_who_answers()
    _say_why_again()
    _find_values()


def _say_who_answers() -> None:
    """Whom the notice named stood in its note, whom a plan named in the place of who took the step."""
    for name in _ADDED:
        op.add_column("findingstep", sa.Column(name, sa.String(), nullable=True))
        op.execute(f"UPDATE findingstep SET {name} = ''")
    op.execute("UPDATE findingstep SET owner = note, note = '' WHERE step = 'issue'")
    op.execute("UPDATE findingstep SET owner = \"by\" WHERE step = 'plan'")
    with op.batch_alter_table("findingstep", table_kwargs={"sqlite_strict": True}) as table:
        for name in _ADDED:
            table.alter_column(name, existing_type=sa.String(), nullable=False)


def _say_why_again() -> None:
    """No appraisal that stands already was ever opened again."""
    op.add_column("appraisal", sa.Column("reopened", sa.String(), nullable=True))
    op.execute("UPDATE appraisal SET reopened = ''")
    with op.batch_alter_table("appraisal", table_kwargs={"sqlite_strict": True}) as table:
        table.alter_column("reopened", existing_type=sa.String(), nullable=False)


def _find_values() -> None:
    """With every entry a branch's own values of a quarter are asked for, not those of all branches."""
    op.drop_index(op.f("ix_measuredvalue_org_id"), "measuredvalue")
    op.create_index("ix_measuredvalue_place", "measuredvalue", ["org_id", "quarter_id"], unique=False)
