"""How an indicator is counted: numerator, denominator and conditions in words; what stands already says nothing yet.

Migrations import nothing of the program, so that they read the same years from now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table is made again because the column may not be missing."""
    op.add_column("indicatorversion", sa.Column("method", sa.String(), nullable=True))
    op.execute("UPDATE indicatorversion SET method = ''")
    with op.batch_alter_table("indicatorversion", table_kwargs={"sqlite_strict": True}) as table:
        table.alter_column("method", existing_type=sa.String(), nullable=False)
