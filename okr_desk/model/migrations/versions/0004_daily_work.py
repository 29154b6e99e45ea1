"""Daily work: organisational life, the working paper and the registers beside it, whistles, activities, evidence caps.

Migrations import nothing of the program, so that they read the same years from now.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.ext.compiler import compiles

revision = "0004"
down_revision = "0003"
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
    _note_number_order()
    _member_points()
    _worklog()
    _activities()
    _attachments()
    _survey_caps()
    _demands()
    _whistles()
    _duties()
    _households()
    _members()
    _partners()
    _projects()
    _posts()
    _service_hours()


def _note_number_order() -> None:
    """What 1 means in files by number: nobody has said so yet. The table is made again because it must be there."""
    op.add_column("surveydefinition", sa.Column("number_order", sa.String(), nullable=True))
    op.execute("UPDATE surveydefinition SET number_order = ''")
    with op.batch_alter_table("surveydefinition", table_kwargs={"sqlite_strict": True}) as table:
        table.alter_column("number_order", existing_type=sa.String(), nullable=False)


def _member_points() -> None:
    """Rules of member points in versions, and points given."""
    op.create_table(
        "pointsscheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("base", Exact(), nullable=False),
        sa.Column("bonus_cap", Exact(), nullable=True),
        sa.Column("correction_below", Exact(), nullable=True),
        sa.Column("probationary_below", Exact(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_pointsscheme_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pointsscheme")),
        sa.UniqueConstraint("valid_from", name=op.f("uq_pointsscheme_valid_from")),
        sqlite_strict=True,
    )

    op.create_table(
        "pointsrule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("low", Exact(), nullable=False),
        sa.Column("high", Exact(), nullable=False),
        sa.Column("cap", Exact(), nullable=True),
        sa.ForeignKeyConstraint(["scheme_id"], ["pointsscheme.id"], name=op.f("fk_pointsrule_scheme_id_pointsscheme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pointsrule")),
        sa.UniqueConstraint("scheme_id", "code", name=op.f("uq_pointsrule_scheme_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_pointsrule_scheme_id"), "pointsrule", ["scheme_id"], unique=False)

    op.create_table(
        "memberpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("points", Exact(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_memberpoint_account_id_account")),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_memberpoint_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_memberpoint_member_id_member")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_memberpoint_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_memberpoint_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberpoint")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_memberpoint_member_id"), "memberpoint", ["member_id"], unique=False)
    op.create_index(op.f("ix_memberpoint_org_id"), "memberpoint", ["org_id"], unique=False)
    op.create_index(op.f("ix_memberpoint_quarter_id"), "memberpoint", ["quarter_id"], unique=False)


def _worklog() -> None:
    """Kinds of work, entries of the working paper and what each feeds."""
    op.create_table(
        "workkind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("amount_name", sa.String(), nullable=False),
        sa.Column("part_name", sa.String(), nullable=False),
        sa.Column("feeds", sa.String(), nullable=False),
        sa.Column("use", sa.String(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_workkind_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workkind")),
        sa.UniqueConstraint("word", name=op.f("uq_workkind_word")),
        sqlite_strict=True,
    )

    op.create_table(
        "workentry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("amount", Exact(), nullable=False),
        sa.Column("part", Exact(), nullable=True),
        sa.Column("search_keys", sa.String(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_workentry_account_id_account")),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_workentry_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["corrects_id"], ["workentry.id"], name=op.f("fk_workentry_corrects_id_workentry")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_workentry_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_workentry_quarter_id_quarter")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["account.id"], name=op.f("fk_workentry_withdrawn_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workentry")),
        sa.UniqueConstraint("uid", name=op.f("uq_workentry_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_workentry_place"), "workentry", ["org_id", "quarter_id"], unique=False)

    op.create_table(
        "workentrylink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=True),
        sa.Column("key_result_id", sa.Integer(), nullable=True),
        sa.Column("amount", Exact(), nullable=False),
        sa.Column("part", Exact(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["workentry.id"], name=op.f("fk_workentrylink_entry_id_workentry")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_workentrylink_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["key_result_id"], ["keyresult.id"], name=op.f("fk_workentrylink_key_result_id_keyresult")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workentrylink")),
        sa.UniqueConstraint("entry_id", "indicator_id", name=op.f("uq_workentrylink_entry_id")),
        sa.UniqueConstraint("entry_id", "key_result_id", name=op.f("uq_workentrylink_entry_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_workentrylink_entry_id"), "workentrylink", ["entry_id"], unique=False)
    op.create_index(op.f("ix_workentrylink_indicator_id"), "workentrylink", ["indicator_id"], unique=False)
    op.create_index(op.f("ix_workentrylink_key_result_id"), "workentrylink", ["key_result_id"], unique=False)


def _activities() -> None:
    """Activities of service centres with attendance and the rating on site."""
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_activity_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_activity_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_activity_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("uid", name=op.f("uq_activity_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_activity_standing"), "activity", ["quarter_id", "org_id"], unique=False)


def _attachments() -> None:
    """Files behind records of daily work."""
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_attachment_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_attachment_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_attachment_quarter_id_quarter")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["account.id"], name=op.f("fk_attachment_withdrawn_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("uid", name=op.f("uq_attachment_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_attachment_place"), "attachment", ["org_id", "quarter_id"], unique=False)
    op.create_index(op.f("ix_attachment_record"), "attachment", ["record", "record_id"], unique=False)


def _survey_caps() -> None:
    """Evidence of a counted round by branch, and where its cap on points was lifted."""
    op.create_table(
        "caplift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_caplift_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_caplift_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_caplift_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caplift")),
        sa.UniqueConstraint("uid", name=op.f("uq_caplift_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_caplift_org_id"), "caplift", ["org_id"], unique=False)
    op.create_index(op.f("ix_caplift_quarter_id"), "caplift", ["quarter_id"], unique=False)

    op.create_table(
        "surveyevidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_surveyevidence_org_id_org")),
        sa.ForeignKeyConstraint(["round_id"], ["surveyround.id"], name=op.f("fk_surveyevidence_round_id_surveyround")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveyevidence")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_surveyevidence_round_id"), "surveyevidence", ["round_id"], unique=False)


def _demands() -> None:
    """What residents ask for, with its steps; cases and their review."""
    op.create_table(
        "demand",
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
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("asker", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_demand_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_demand_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_demand_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand")),
        sa.UniqueConstraint("org_id", "year", "number", name=op.f("uq_demand_org_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_demand_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_demand_org_id"), "demand", ["org_id"], unique=False)
    op.create_index(op.f("ix_demand_quarter_id"), "demand", ["quarter_id"], unique=False)

    op.create_table(
        "demandcase",
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
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("background", sa.String(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_demandcase_account_id_account")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demandcase_demand_id_demand")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_demandcase_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demandcase")),
        sa.UniqueConstraint("uid", name=op.f("uq_demandcase_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_demandcase_demand_id"), "demandcase", ["demand_id"], unique=False)
    op.create_index(op.f("ix_demandcase_org_id"), "demandcase", ["org_id"], unique=False)

    op.create_table(
        "demandstep",
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
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_demandstep_account_id_account")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demandstep_demand_id_demand")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demandstep")),
        sa.UniqueConstraint("uid", name=op.f("uq_demandstep_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_demandstep_demand_id"), "demandstep", ["demand_id"], unique=False)

    op.create_table(
        "casereview",
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
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("is_valid", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_casereview_account_id_account")),
        sa.ForeignKeyConstraint(["case_id"], ["demandcase.id"], name=op.f("fk_casereview_case_id_demandcase")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_casereview")),
        sa.UniqueConstraint("uid", name=op.f("uq_casereview_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_casereview_case_id"), "casereview", ["case_id"], unique=False)


def _whistles() -> None:
    """Departments, whistles with their moves, helpers and ratings."""
    op.create_table(
        "department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("search_keys", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_department_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
        sa.UniqueConstraint("name", name=op.f("uq_department_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_department_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_department_org_id"), "department", ["org_id"], unique=False)

    op.create_table(
        "whistle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("goal", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("blown_by", sa.String(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("solved", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("again_of_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_whistle_account_id_account")),
        sa.ForeignKeyConstraint(["again_of_id"], ["whistle.id"], name=op.f("fk_whistle_again_of_id_whistle")),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_whistle_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_whistle_department_id_department")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_whistle_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_whistle_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whistle")),
        sa.UniqueConstraint("number", name=op.f("uq_whistle_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_whistle_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_whistle_again_of_id"), "whistle", ["again_of_id"], unique=False)
    op.create_index(op.f("ix_whistle_batch_id"), "whistle", ["batch_id"], unique=False)
    op.create_index(op.f("ix_whistle_department_id"), "whistle", ["department_id"], unique=False)
    op.create_index(op.f("ix_whistle_org_id"), "whistle", ["org_id"], unique=False)
    op.create_index(op.f("ix_whistle_quarter_id"), "whistle", ["quarter_id"], unique=False)

    op.create_table(
        "whistlehelper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("whistle_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_whistlehelper_department_id_department")
        ),
        sa.ForeignKeyConstraint(["whistle_id"], ["whistle.id"], name=op.f("fk_whistlehelper_whistle_id_whistle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whistlehelper")),
        sa.UniqueConstraint("whistle_id", "department_id", name=op.f("uq_whistlehelper_whistle_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_whistlehelper_whistle_id"), "whistlehelper", ["whistle_id"], unique=False)

    op.create_table(
        "whistlemove",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("whistle_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("before_department_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_whistlemove_account_id_account")),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_whistlemove_batch_id_importbatch")),
        sa.ForeignKeyConstraint(
            ["before_department_id"], ["department.id"], name=op.f("fk_whistlemove_before_department_id_department")
        ),
        sa.ForeignKeyConstraint(["whistle_id"], ["whistle.id"], name=op.f("fk_whistlemove_whistle_id_whistle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whistlemove")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_whistlemove_whistle_id"), "whistlemove", ["whistle_id"], unique=False)

    op.create_table(
        "whistlerating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("whistle_id", sa.Integer(), nullable=False),
        sa.Column("move_id", sa.Integer(), nullable=False),
        sa.Column("rater", sa.String(), nullable=False),
        sa.Column("levels", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_whistlerating_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["move_id"], ["whistlemove.id"], name=op.f("fk_whistlerating_move_id_whistlemove")),
        sa.ForeignKeyConstraint(["whistle_id"], ["whistle.id"], name=op.f("fk_whistlerating_whistle_id_whistle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whistlerating")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_whistlerating_move_id"), "whistlerating", ["move_id"], unique=False)
    op.create_index(op.f("ix_whistlerating_whistle_id"), "whistlerating", ["whistle_id"], unique=False)


def _duties() -> None:
    """Meetings with their kinds, the ledger of organisational life, the yearly grading of members."""
    op.create_table(
        "dutyregister",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("amount_due", Exact(), nullable=True),
        sa.Column("amount_done", Exact(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("superseded_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_dutyregister_account_id_account")),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_dutyregister_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_dutyregister_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_dutyregister_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dutyregister")),
        sa.UniqueConstraint("uid", name=op.f("uq_dutyregister_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_dutyregister_batch_id"), "dutyregister", ["batch_id"], unique=False)
    op.create_index(op.f("ix_dutyregister_org_id"), "dutyregister", ["org_id"], unique=False)
    op.create_index(op.f("ix_dutyregister_standing"), "dutyregister", ["quarter_id", "org_id", "kind"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=True),
        sa.Column("is_election", sa.Boolean(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("superseded_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_meeting_account_id_account")),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_meeting_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["corrects_id"], ["meeting.id"], name=op.f("fk_meeting_corrects_id_meeting")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_meeting_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_meeting_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("uid", name=op.f("uq_meeting_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_meeting_batch_id"), "meeting", ["batch_id"], unique=False)
    op.create_index(op.f("ix_meeting_org_id"), "meeting", ["org_id"], unique=False)
    op.create_index(op.f("ix_meeting_standing"), "meeting", ["quarter_id", "org_id"], unique=False)

    op.create_table(
        "memberreview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("took_part", sa.Integer(), nullable=False),
        sa.Column("probationary", sa.Integer(), nullable=False),
        sa.Column("excellent", sa.Integer(), nullable=False),
        sa.Column("qualified", sa.Integer(), nullable=False),
        sa.Column("basically", sa.Integer(), nullable=False),
        sa.Column("unqualified", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("superseded_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_memberreview_account_id_account")),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_memberreview_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_memberreview_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_memberreview_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberreview")),
        sa.UniqueConstraint("uid", name=op.f("uq_memberreview_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_memberreview_batch_id"), "memberreview", ["batch_id"], unique=False)
    op.create_index(op.f("ix_memberreview_org_id"), "memberreview", ["org_id"], unique=False)
    op.create_index(op.f("ix_memberreview_standing"), "memberreview", ["quarter_id", "org_id"], unique=False)

    op.create_table(
        "meetingkind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meetingkind_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetingkind")),
        sa.UniqueConstraint("meeting_id", "kind", name=op.f("uq_meetingkind_meeting_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_meetingkind_meeting_id"), "meetingkind", ["meeting_id"], unique=False)


def _households() -> None:
    """Households, who looks after them, visits and half-yearly ratings."""
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("search_keys", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_household_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_household_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("uid", name=op.f("uq_household_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_household_org_id"), "household", ["org_id"], unique=False)

    op.create_table(
        "householdlink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_householdlink_account_id_account")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_householdlink_household_id_household")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_householdlink_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_householdlink")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_householdlink_household_id"), "householdlink", ["household_id"], unique=False)
    op.create_index(op.f("ix_householdlink_member_id"), "householdlink", ["member_id"], unique=False)

    op.create_table(
        "householdrating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("cadre", Exact(), nullable=True),
        sa.Column("committee", Exact(), nullable=True),
        sa.Column("households", Exact(), nullable=True),
        sa.Column("monthly", Exact(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("superseded_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_householdrating_account_id_account")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_householdrating_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_householdrating")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_householdrating_member_id"), "householdrating", ["member_id"], unique=False)

    op.create_table(
        "householdvisit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("has_demand", sa.Boolean(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_householdvisit_account_id_account")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_householdvisit_household_id_household")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_householdvisit_member_id_member")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_householdvisit_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_householdvisit")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_householdvisit_household_id"), "householdvisit", ["household_id"], unique=False)
    op.create_index(op.f("ix_householdvisit_member_id"), "householdvisit", ["member_id"], unique=False)
    op.create_index(op.f("ix_householdvisit_quarter_id"), "householdvisit", ["quarter_id"], unique=False)


def _members() -> None:
    """Members of branches and those who report from elsewhere."""
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("search_keys", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_committee", sa.Boolean(), nullable=False),
        sa.Column("grid", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_reason", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_member_account_id_account")),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_member_batch_id_importbatch")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_member_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("uid", name=op.f("uq_member_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_member_org_id"), "member", ["org_id"], unique=False)

    op.create_table(
        "reporter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("search_keys", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reporter_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_reporter_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporter")),
        sa.UniqueConstraint("uid", name=op.f("uq_reporter_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reporter_org_id"), "reporter", ["org_id"], unique=False)


def _partners() -> None:
    """Partners in co-building, their three lists and steps."""
    op.create_table(
        "partner",
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
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_partner_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_partner_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("uid", name=op.f("uq_partner_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_partner_org_id"), "partner", ["org_id"], unique=False)

    op.create_table(
        "partneritem",
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
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_partneritem_account_id_account")),
        sa.ForeignKeyConstraint(["need_id"], ["partneritem.id"], name=op.f("fk_partneritem_need_id_partneritem")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_partneritem_org_id_org")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_partneritem_partner_id_partner")),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["partneritem.id"], name=op.f("fk_partneritem_resource_id_partneritem")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partneritem")),
        sa.UniqueConstraint("uid", name=op.f("uq_partneritem_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_partneritem_org_id"), "partneritem", ["org_id"], unique=False)

    op.create_table(
        "partnerstep",
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
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_partnerstep_account_id_account")),
        sa.ForeignKeyConstraint(["item_id"], ["partneritem.id"], name=op.f("fk_partnerstep_item_id_partneritem")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnerstep")),
        sa.UniqueConstraint("uid", name=op.f("uq_partnerstep_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_partnerstep_item_id"), "partnerstep", ["item_id"], unique=False)


def _projects() -> None:
    """Projects with their nodes and steps."""
    op.create_table(
        "project",
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
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("goal", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_project_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_project_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("uid", name=op.f("uq_project_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_project_org_id"), "project", ["org_id"], unique=False)
    op.create_index(op.f("ix_project_year"), "project", ["year"], unique=False)

    op.create_table(
        "projectnode",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("weight", Exact(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_projectnode_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projectnode")),
        sa.UniqueConstraint("project_id", "position", name=op.f("uq_projectnode_project_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_projectnode_project_id"), "projectnode", ["project_id"], unique=False)

    op.create_table(
        "nodestep",
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
        sa.Column("node_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_nodestep_account_id_account")),
        sa.ForeignKeyConstraint(["node_id"], ["projectnode.id"], name=op.f("fk_nodestep_node_id_projectnode")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nodestep")),
        sa.UniqueConstraint("uid", name=op.f("uq_nodestep_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_nodestep_node_id"), "nodestep", ["node_id"], unique=False)


def _posts() -> None:
    """Vanguard posts, their quarterly checks and taking down."""
    op.create_table(
        "vanguardpost",
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
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("promise", sa.String(), nullable=False),
        sa.Column("hung_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_vanguardpost_account_id_account")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_vanguardpost_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vanguardpost")),
        sa.UniqueConstraint("uid", name=op.f("uq_vanguardpost_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_vanguardpost_org_id"), "vanguardpost", ["org_id"], unique=False)

    op.create_table(
        "postcheck",
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
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("superseded_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_postcheck_account_id_account")),
        sa.ForeignKeyConstraint(["post_id"], ["vanguardpost.id"], name=op.f("fk_postcheck_post_id_vanguardpost")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_postcheck_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postcheck")),
        sa.UniqueConstraint("uid", name=op.f("uq_postcheck_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_postcheck_post_id"), "postcheck", ["post_id"], unique=False)
    op.create_index(op.f("ix_postcheck_quarter_id"), "postcheck", ["quarter_id"], unique=False)

    op.create_table(
        "posttakedown",
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
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_posttakedown_account_id_account")),
        sa.ForeignKeyConstraint(["post_id"], ["vanguardpost.id"], name=op.f("fk_posttakedown_post_id_vanguardpost")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posttakedown")),
        sa.UniqueConstraint("uid", name=op.f("uq_posttakedown_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_posttakedown_post_id"), "posttakedown", ["post_id"], unique=False)


def _service_hours() -> None:
    """Hours of voluntary service."""
    op.create_table(
        "servicehours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("hours", Exact(), nullable=False),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_servicehours_account_id_account")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_servicehours_member_id_member")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_servicehours_org_id_org")),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_servicehours_quarter_id_quarter")),
        sa.ForeignKeyConstraint(["reporter_id"], ["reporter.id"], name=op.f("fk_servicehours_reporter_id_reporter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_servicehours")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_servicehours_member_id"), "servicehours", ["member_id"], unique=False)
    op.create_index(op.f("ix_servicehours_org_id"), "servicehours", ["org_id"], unique=False)
    op.create_index(op.f("ix_servicehours_quarter_id"), "servicehours", ["quarter_id"], unique=False)
    op.create_index(op.f("ix_servicehours_reporter_id"), "servicehours", ["reporter_id"], unique=False)
