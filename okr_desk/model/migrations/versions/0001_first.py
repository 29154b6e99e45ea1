"""The first schema: everything the ring needs.

Migrations import nothing of the program, so that they read the same years from now.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.ext.compiler import compiles

revision = "0001"
down_revision = None
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
        "auditentry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("transaction", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auditentry")),
        sqlite_strict=True,
    )
    op.create_table(
        "calendarday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendarday")),
        sa.UniqueConstraint("day", name=op.f("uq_calendarday_day")),
        sqlite_strict=True,
    )
    op.create_table(
        "calendaryear",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendaryear")),
        sa.UniqueConstraint("number", name=op.f("uq_calendaryear_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("name", name=op.f("uq_category_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("code", name=op.f("uq_indicator_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_indicator_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "meta",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meta")),
        sa.UniqueConstraint("name", name=op.f("uq_meta_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("search_keys", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("uid", name=op.f("uq_person_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_person_name"), "person", ["name"], unique=False)
    op.create_table(
        "policyvalue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policyvalue")),
        sa.UniqueConstraint("name", name=op.f("uq_policyvalue_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("copied_from", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year")),
        sa.UniqueConstraint("number", name=op.f("uq_year_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", Instant(), nullable=True),
        sa.Column("wrong_passwords", sa.Integer(), nullable=False),
        sa.Column("locked_until", Instant(), nullable=True),
        sa.Column("last_sign_in_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
        sqlite_strict=True,
    )
    op.create_table(
        "indicatorversion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("search_keys", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("frequency", sa.String(), nullable=False),
        sa.Column("accumulation", sa.String(), nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("categories", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("evidence_limit", sa.Integer(), nullable=False),
        sa.Column("precedence", sa.String(), nullable=False),
        sa.Column("tolerance", Exact(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicatorversion_indicator_id_indicator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicatorversion")),
        sa.UniqueConstraint("indicator_id", "version", name=op.f("uq_indicatorversion_indicator_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_indicatorversion_indicator_id"), "indicatorversion", ["indicator_id"], unique=False)
    op.create_table(
        "quarter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["year_id"], ["year.id"], name=op.f("fk_quarter_year_id_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarter")),
        sa.UniqueConstraint("year_id", "number", name=op.f("uq_quarter_year_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_quarter_year_id"), "quarter", ["year_id"], unique=False)
    op.create_table(
        "importbatch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("transaction", sa.String(), nullable=False),
        sa.Column("files", sa.String(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_importbatch_account_id_account")),
        sa.ForeignKeyConstraint(["undone_by"], ["account.id"], name=op.f("fk_importbatch_undone_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_importbatch")),
        sqlite_strict=True,
    )
    op.create_table(
        "importquestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("workbook", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("cell", sa.String(), nullable=False),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("proposal", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("lossless", sa.Boolean(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_importquestion_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_importquestion_decided_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_importquestion")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_importquestion_batch_id"), "importquestion", ["batch_id"], unique=False)
    op.create_table(
        "org",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_org_batch_id_importbatch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_org")),
        sa.UniqueConstraint("uid", name=op.f("uq_org_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("acting", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_appointment_org_id_org")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appointment_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_appointment_org_id"), "appointment", ["org_id"], unique=False)
    op.create_table(
        "baseline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", Exact(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("superseded_at", Instant(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_baseline_account_id_account")),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_baseline_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_baseline_indicator_id_indicator")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_baseline_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baseline")),
        sa.UniqueConstraint("org_id", "indicator_id", "year", "version", name=op.f("uq_baseline_org_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_baseline_org_id"), "baseline", ["org_id"], unique=False)
    op.create_table(
        "narrative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("problems", sa.String(), nullable=False),
        sa.Column("next_quarter", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_narrative_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_narrative_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_narrative_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_narrative")),
        sa.UniqueConstraint("org_id", "quarter_id", "version", name=op.f("uq_narrative_org_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_narrative_org_id"), "narrative", ["org_id"], unique=False)
    op.create_table(
        "notapplicable",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_notapplicable_batch_id_importbatch")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_notapplicable_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_notapplicable_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notapplicable")),
        sa.UniqueConstraint("org_id", "indicator_id", "year", name=op.f("uq_notapplicable_org_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_notapplicable_org_id"), "notapplicable", ["org_id"], unique=False)
    op.create_table(
        "objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("search_keys", sa.String(), nullable=False),
        sa.Column("weight", Exact(), nullable=False),
        sa.Column("aligned_to_id", sa.Integer(), nullable=True),
        sa.Column("leader", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_reason", sa.String(), nullable=False),
        sa.Column("approved_at", Instant(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["aligned_to_id"], ["objective.id"], name=op.f("fk_objective_aligned_to_id_objective")),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_objective_approved_by_account")),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_objective_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_objective_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
        sa.UniqueConstraint("org_id", "year", "code", name=op.f("uq_objective_org_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_objective_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_objective_org_id"), "objective", ["org_id"], unique=False)
    op.create_index(op.f("ix_objective_year"), "objective", ["year"], unique=False)
    op.create_table(
        "orgsuccession",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("inherits", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["predecessor_id"], ["org.id"], name=op.f("fk_orgsuccession_predecessor_id_org")),
        sa.ForeignKeyConstraint(["successor_id"], ["org.id"], name=op.f("fk_orgsuccession_successor_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orgsuccession")),
        sqlite_strict=True,
    )
    op.create_table(
        "orgversion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("search_keys", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("full_members", sa.Integer(), nullable=True),
        sa.Column("probationary_members", sa.Integer(), nullable=True),
        sa.Column("groups", sa.Integer(), nullable=True),
        sa.Column("has_committee", sa.Boolean(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("workers", sa.Integer(), nullable=True),
        sa.Column("elected_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_orgversion_category_id_category")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_orgversion_org_id_org")),
        sa.ForeignKeyConstraint(["parent_id"], ["org.id"], name=op.f("fk_orgversion_parent_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orgversion")),
        sa.UniqueConstraint("org_id", "valid_from", name=op.f("uq_orgversion_org_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_orgversion_org_id"), "orgversion", ["org_id"], unique=False)
    op.create_index(op.f("ix_orgversion_parent_id"), "orgversion", ["parent_id"], unique=False)
    op.create_table(
        "reopening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.Column("agreed_at", Instant(), nullable=True),
        sa.Column("substitution", sa.String(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["agreed_by"], ["account.id"], name=op.f("fk_reopening_agreed_by_account")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_reopening_asked_by_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_reopening_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_reopening_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopening")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reopening_quarter_id"), "reopening", ["quarter_id"], unique=False)
    op.create_table(
        "rolegrant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("includes_below", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_rolegrant_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_rolegrant_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rolegrant")),
        sa.UniqueConstraint("account_id", "role", "org_id", "valid_from", name=op.f("uq_rolegrant_account_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_rolegrant_account_id"), "rolegrant", ["account_id"], unique=False)
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", Exact(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("superseded_at", Instant(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_target_account_id_account")),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_target_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_target_indicator_id_indicator")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_target_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("org_id", "indicator_id", "year", "version", name=op.f("uq_target_org_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_target_org_id"), "target", ["org_id"], unique=False)
    op.create_table(
        "keyresult",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("search_keys", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("nature", sa.String(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("weight", Exact(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=True),
        sa.Column("baseline", Exact(), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("baseline_source", sa.String(), nullable=False),
        sa.Column("target", Exact(), nullable=True),
        sa.Column("upper", Exact(), nullable=True),
        sa.Column("slack", Exact(), nullable=True),
        sa.Column("inclusive", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("state_reason", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_keyresult_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_keyresult_indicator_id_indicator")),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_keyresult_objective_id_objective")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keyresult")),
        sa.UniqueConstraint("objective_id", "code", name=op.f("uq_keyresult_objective_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_keyresult_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_keyresult_indicator_id"), "keyresult", ["indicator_id"], unique=False)
    op.create_index(op.f("ix_keyresult_objective_id"), "keyresult", ["objective_id"], unique=False)
    op.create_table(
        "adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("key_result_id", sa.Integer(), nullable=True),
        sa.Column("indicator_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_adjustment_account_id_account")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_adjustment_indicator_id_indicator")),
        sa.ForeignKeyConstraint(
            ["key_result_id"], ["keyresult.id"], name=op.f("fk_adjustment_key_result_id_keyresult")
        ),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_adjustment_objective_id_objective")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_adjustment_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_adjustment_org_id"), "adjustment", ["org_id"], unique=False)
    op.create_table(
        "checkin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("key_result_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("value", Exact(), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("progress_note", sa.String(), nullable=False),
        sa.Column("difficulty", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("superseded_at", Instant(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_checkin_account_id_account")),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_checkin_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["key_result_id"], ["keyresult.id"], name=op.f("fk_checkin_key_result_id_keyresult")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_checkin_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin")),
        sa.UniqueConstraint("uid", name=op.f("uq_checkin_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_checkin_key_result_id"), "checkin", ["key_result_id"], unique=False)
    op.create_index("ix_checkin_standing", "checkin", ["quarter_id", "key_result_id"], unique=False)
    op.create_table(
        "keyresultplan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_result_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("value", Exact(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_result_id"], ["keyresult.id"], name=op.f("fk_keyresultplan_key_result_id_keyresult")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keyresultplan")),
        sa.UniqueConstraint("key_result_id", "quarter", name=op.f("uq_keyresultplan_key_result_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_keyresultplan_key_result_id"), "keyresultplan", ["key_result_id"], unique=False)
    op.create_table(
        "milestonenode",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_result_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("weight", Exact(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_result_id"], ["keyresult.id"], name=op.f("fk_milestonenode_key_result_id_keyresult")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestonenode")),
        sa.UniqueConstraint("key_result_id", "position", name=op.f("uq_milestonenode_key_result_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_milestonenode_key_result_id"), "milestonenode", ["key_result_id"], unique=False)
    op.create_table(
        "checkinnode",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checkin_id", sa.Integer(), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["checkin_id"], ["checkin.id"], name=op.f("fk_checkinnode_checkin_id_checkin")),
        sa.ForeignKeyConstraint(["node_id"], ["milestonenode.id"], name=op.f("fk_checkinnode_node_id_milestonenode")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkinnode")),
        sa.UniqueConstraint("checkin_id", "node_id", name=op.f("uq_checkinnode_checkin_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_checkinnode_checkin_id"), "checkinnode", ["checkin_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checkin_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["checkin_id"], ["checkin.id"], name=op.f("fk_evidence_checkin_id_checkin")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_evidence_checkin_id"), "evidence", ["checkin_id"], unique=False)
    op.create_table(
        "measuredvalue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("value", Exact(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("checkin_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("superseded_at", Instant(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_measuredvalue_account_id_account")),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_measuredvalue_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["checkin_id"], ["checkin.id"], name=op.f("fk_measuredvalue_checkin_id_checkin")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_measuredvalue_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_measuredvalue_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_measuredvalue_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measuredvalue")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_measuredvalue_indicator_id"), "measuredvalue", ["indicator_id"], unique=False)
    op.create_index(op.f("ix_measuredvalue_org_id"), "measuredvalue", ["org_id"], unique=False)
    op.create_index(op.f("ix_measuredvalue_quarter_id"), "measuredvalue", ["quarter_id"], unique=False)
