"""The closed loop: reviews, publications, objections, bulletins, follow-ups, incentives, titles, appraisals.

Migrations import nothing of the program, so that they read the same years from now.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.ext.compiler import compiles

revision = "0005"
down_revision = "0004"
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
    _reviews()
    _bulletins()
    _followups()
    _incentives()
    _titles()
    _appraisals()
    _upward()


def _reviews() -> None:
    """Reviews step by step, points of each party, objections, publications, receipts."""
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=True),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_publication_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_publication_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_publication_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("kind", "quarter_id", "org_id", "number", "version", name=op.f("uq_publication_kind")),
        sa.UniqueConstraint("uid", name=op.f("uq_publication_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_publication_org_id"), "publication", ["org_id"], unique=False)
    op.create_index(op.f("ix_publication_quarter_id"), "publication", ["quarter_id"], unique=False)

    op.create_table(
        "publishedcontent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_publishedcontent_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publishedcontent")),
        sa.UniqueConstraint("publication_id", name=op.f("uq_publishedcontent_publication_id")),
        sqlite_strict=True,
    )

    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_receipt_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_receipt_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("record", "record_id", "org_id", name=op.f("uq_receipt_record")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_receipt_org_id"), "receipt", ["org_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_review_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_review_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("quarter_id", "org_id", name=op.f("uq_review_quarter_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_review_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_review_org_id"), "review", ["org_id"], unique=False)

    op.create_table(
        "reviewstep",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("substitution", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reviewstep_account_id_account")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_reviewstep_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewstep")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reviewstep_review_id"), "reviewstep", ["review_id"], unique=False)

    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("points", Exact(), nullable=True),
        sa.Column("claimed", Exact(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("again_of_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_objection_account_id_account")),
        sa.ForeignKeyConstraint(["again_of_id"], ["objection.id"], name=op.f("fk_objection_again_of_id_objection")),
        sa.ForeignKeyConstraint(["line_id"], ["schemeline.id"], name=op.f("fk_objection_line_id_schemeline")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_objection_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("number", name=op.f("uq_objection_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_objection_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_objection_review_id"), "objection", ["review_id"], unique=False)

    op.create_table(
        "objectiondecision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("points", Exact(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("rests_on", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("substitution", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_objectiondecision_account_id_account")),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objection.id"], name=op.f("fk_objectiondecision_objection_id_objection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objectiondecision")),
        sa.UniqueConstraint("objection_id", name=op.f("uq_objectiondecision_objection_id")),
        sqlite_strict=True,
    )

    op.create_table(
        "reviewscore",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("points", Exact(), nullable=True),
        sa.Column("computed", Exact(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("objection_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("superseded_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reviewscore_account_id_account")),
        sa.ForeignKeyConstraint(["line_id"], ["schemeline.id"], name=op.f("fk_reviewscore_line_id_schemeline")),
        sa.ForeignKeyConstraint(["objection_id"], ["objection.id"], name=op.f("fk_reviewscore_objection_id_objection")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_reviewscore_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewscore")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reviewscore_review_id"), "reviewscore", ["review_id"], unique=False)

    op.create_table(
        "schemeparty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("weight", Exact(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["schemeversion.id"], name=op.f("fk_schemeparty_version_id_schemeversion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schemeparty")),
        sa.UniqueConstraint("version_id", "party", name=op.f("uq_schemeparty_version_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_schemeparty_version_id"), "schemeparty", ["version_id"], unique=False)


def _bulletins() -> None:
    """Bulletins and their wording."""
    op.create_table(
        "bulletin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_bulletin_account_id_account")),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_bulletin_issued_by_account")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_bulletin_quarter_id_quarter")),
        sa.ForeignKeyConstraint(["replaces_id"], ["bulletin.id"], name=op.f("fk_bulletin_replaces_id_bulletin")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin")),
        sa.UniqueConstraint("uid", name=op.f("uq_bulletin_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_bulletin_quarter_id"), "bulletin", ["quarter_id"], unique=False)

    op.create_table(
        "bulletintext",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_bulletintext_account_id_account")),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletin.id"], name=op.f("fk_bulletintext_bulletin_id_bulletin")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletintext")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_bulletintext_bulletin_id"), "bulletintext", ["bulletin_id"], unique=False)


def _followups() -> None:
    """Findings with their steps, cards, plans of branches that lag behind."""
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("demand", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("leader", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("feedback", sa.String(), nullable=False),
        sa.Column("incentive", sa.String(), nullable=False),
        sa.Column("again_of_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_finding_account_id_account")),
        sa.ForeignKeyConstraint(["again_of_id"], ["finding.id"], name=op.f("fk_finding_again_of_id_finding")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_finding_indicator_id_indicator")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_finding_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_finding_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("number", name=op.f("uq_finding_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_finding_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_finding_org_id"), "finding", ["org_id"], unique=False)
    op.create_index(op.f("ix_finding_quarter_id"), "finding", ["quarter_id"], unique=False)

    op.create_table(
        "findingstep",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("before_due_on", sa.Date(), nullable=True),
        sa.Column("recognised", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_findingstep_account_id_account")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_findingstep_finding_id_finding")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findingstep")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_findingstep_finding_id"), "findingstep", ["finding_id"], unique=False)

    op.create_table(
        "lookback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_lookback_account_id_account")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_lookback_finding_id_finding")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookback")),
        sa.UniqueConstraint("uid", name=op.f("uq_lookback_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_lookback_finding_id"), "lookback", ["finding_id"], unique=False)

    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("causes", sa.String(), nullable=False),
        sa.Column("effects", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("talked_on", sa.Date(), nullable=True),
        sa.Column("talked_by", sa.String(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.String(), nullable=False),
        sa.Column("lifted_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_card_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_card_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_card_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.UniqueConstraint("number", name=op.f("uq_card_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_card_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_card_org_id"), "card", ["org_id"], unique=False)
    op.create_index(op.f("ix_card_quarter_id"), "card", ["quarter_id"], unique=False)

    op.create_table(
        "branchplan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("ailment", sa.String(), nullable=False),
        sa.Column("remedy", sa.String(), nullable=False),
        sa.Column("duties", sa.String(), nullable=False),
        sa.Column("county_leader", sa.String(), nullable=False),
        sa.Column("town_leader", sa.String(), nullable=False),
        sa.Column("first_secretary", sa.String(), nullable=False),
        sa.Column("within_30", sa.String(), nullable=False),
        sa.Column("within_60", sa.String(), nullable=False),
        sa.Column("within_90", sa.String(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("superseded_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_branchplan_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_branchplan_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_branchplan_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branchplan")),
        sa.UniqueConstraint("uid", name=op.f("uq_branchplan_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_branchplan_org_id"), "branchplan", ["org_id"], unique=False)
    op.create_index(op.f("ix_branchplan_quarter_id"), "branchplan", ["quarter_id"], unique=False)

    op.create_table(
        "planacceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("points", Exact(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_planacceptance_account_id_account")),
        sa.ForeignKeyConstraint(["plan_id"], ["branchplan.id"], name=op.f("fk_planacceptance_plan_id_branchplan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planacceptance")),
        sa.UniqueConstraint("uid", name=op.f("uq_planacceptance_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_planacceptance_plan_id"), "planacceptance", ["plan_id"], unique=False)


def _incentives() -> None:
    """Honours with their quotas."""
    op.create_table(
        "honourkind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("of_person", sa.Boolean(), nullable=False),
        sa.Column("quota", Exact(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("least_grade", sa.String(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honourkind")),
        sa.UniqueConstraint("year", "name", name=op.f("uq_honourkind_year")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_honourkind_year"), "honourkind", ["year"], unique=False)

    op.create_table(
        "honour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_honour_account_id_account")),
        sa.ForeignKeyConstraint(["kind_id"], ["honourkind.id"], name=op.f("fk_honour_kind_id_honourkind")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_honour_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honour")),
        sa.UniqueConstraint("uid", name=op.f("uq_honour_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_honour_kind_id"), "honour", ["kind_id"], unique=False)
    op.create_index(op.f("ix_honour_org_id"), "honour", ["org_id"], unique=False)


def _titles() -> None:
    """Titles and the way to them."""
    op.create_table(
        "title",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_title_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title")),
        sa.UniqueConstraint("org_id", "year", "name", name=op.f("uq_title_org_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_title_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_title_org_id"), "title", ["org_id"], unique=False)
    op.create_index(op.f("ix_title_year"), "title", ["year"], unique=False)

    op.create_table(
        "titlestep",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_titlestep_account_id_account")),
        sa.ForeignKeyConstraint(["title_id"], ["title.id"], name=op.f("fk_titlestep_title_id_title")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_titlestep")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_titlestep_title_id"), "titlestep", ["title_id"], unique=False)

    op.create_table(
        "titlescore",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("aspect", sa.String(), nullable=False),
        sa.Column("points", Exact(), nullable=False),
        sa.Column("peer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["peer_id"], ["org.id"], name=op.f("fk_titlescore_peer_id_org")),
        sa.ForeignKeyConstraint(["step_id"], ["titlestep.id"], name=op.f("fk_titlescore_step_id_titlestep")),
        sa.ForeignKeyConstraint(["title_id"], ["title.id"], name=op.f("fk_titlescore_title_id_title")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_titlescore")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_titlescore_step_id"), "titlescore", ["step_id"], unique=False)
    op.create_index(op.f("ix_titlescore_title_id"), "titlescore", ["title_id"], unique=False)


def _appraisals() -> None:
    """Appraisals by vote."""
    op.create_table(
        "appraisal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_appraisal_account_id_account")),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_appraisal_closed_by_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_appraisal_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
        sa.UniqueConstraint("uid", name=op.f("uq_appraisal_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_appraisal_org_id"), "appraisal", ["org_id"], unique=False)
    op.create_index(op.f("ix_appraisal_year"), "appraisal", ["year"], unique=False)

    op.create_table(
        "appraisalvoter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("voter", sa.String(), nullable=False),
        sa.Column("weight", Exact(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_appraisalvoter_appraisal_id_appraisal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisalvoter")),
        sa.UniqueConstraint("appraisal_id", "voter", name=op.f("uq_appraisalvoter_appraisal_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_appraisalvoter_appraisal_id"), "appraisalvoter", ["appraisal_id"], unique=False)

    op.create_table(
        "appraisalperson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=True),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("is_probationary", sa.Boolean(), nullable=False),
        sa.Column("problems", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("grade_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_appraisalperson_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_appraisalperson_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisalperson")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_appraisalperson_appraisal_id"), "appraisalperson", ["appraisal_id"], unique=False)

    op.create_table(
        "appraisalcount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("voter", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("superseded_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_appraisalcount_account_id_account")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["appraisalperson.id"], name=op.f("fk_appraisalcount_person_id_appraisalperson")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisalcount")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_appraisalcount_person_id"), "appraisalcount", ["person_id"], unique=False)


def _upward() -> None:
    """The county's own workbooks."""
    op.create_table(
        "upwardform",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_upwardform_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upwardform")),
        sa.UniqueConstraint("name", name=op.f("uq_upwardform_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_upwardform_uid")),
        sqlite_strict=True,
    )

    op.create_table(
        "upwardcell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("cell", sa.String(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("is_column", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["upwardform.id"], name=op.f("fk_upwardcell_form_id_upwardform")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upwardcell")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_upwardcell_form_id"), "upwardcell", ["form_id"], unique=False)
