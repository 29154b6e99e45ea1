"""Nothing: holds the place of a revision that is written elsewhere."""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
