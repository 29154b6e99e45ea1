"""What an award honours, and counts by kind of deduction or answer of a ballot, beside an event's amount.

Migrations import nothing of the program, so that they read the same years from now.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.ext.compiler import compiles

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


@compiles(sa.String, "sqlite")
def _as_text(element: Any, compiler: Any, **options: Any) -> str:
    return "TEXT"


def upgrade() -> None:
    """Events that stand already: empty. The table is made again because neither column may be missing."""
    for name in ("matter", "counts"):
        op.add_column("pointevent", sa.Column(name, sa.String(), nullable=True))
        op.execute(f"UPDATE pointevent SET {name} = ''")
    with op.batch_alter_table("pointevent", table_kwargs={"sqlite_strict": True}) as table:
        for name in ("matter", "counts"):
            table.alter_column(name, existing_type=sa.String(), nullable=False)
