"""Mass satisfaction from ballots; red lines as rows; what an award honours and counts by kind of an event.

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
    _count_events()
    _ask_the_masses()
    _list_red_lines()
    _say_how_it_is_counted()


def _count_events() -> None:
    """Events that stand already: empty. The table is made again because neither column may be missing."""
    for name in ("matter", "counts"):
        op.add_column("pointevent", sa.Column(name, sa.String(), nullable=True))
        op.execute(f"UPDATE pointevent SET {name} = ''")
    with op.batch_alter_table("pointevent", table_kwargs={"sqlite_strict": True}) as table:
        for name in ("matter", "counts"):
            table.alter_column(name, existing_type=sa.String(), nullable=False)


def _ask_the_masses() -> None:
    """Definitions, rounds with whom they ask, ballots, count sheets and imports."""
    op.create_table(
        "surveydefinition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level_scores", sa.String(), nullable=False),
        sa.Column("wide_levels", sa.Integer(), nullable=False),
        sa.Column("narrow_levels", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_surveydefinition_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveydefinition")),
        sa.UniqueConstraint("uid", name=op.f("uq_surveydefinition_uid")),
        sa.UniqueConstraint("year", "version", name=op.f("uq_surveydefinition_year")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_surveydefinition_year"), "surveydefinition", ["year"], unique=False)

    op.create_table(
        "surveyitem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.Column("is_overall", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["surveydefinition.id"], name=op.f("fk_surveyitem_definition_id_surveydefinition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveyitem")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_surveyitem_definition_id"), "surveyitem", ["definition_id"], unique=False)

    op.create_table(
        "surveygroup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["surveydefinition.id"], name=op.f("fk_surveygroup_definition_id_surveydefinition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveygroup")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_surveygroup_definition_id"), "surveygroup", ["definition_id"], unique=False)

    op.create_table(
        "surveychannel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("weight", Exact(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["surveydefinition.id"], name=op.f("fk_surveychannel_definition_id_surveydefinition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveychannel")),
        sa.UniqueConstraint("definition_id", "channel", name=op.f("uq_surveychannel_definition_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_surveychannel_definition_id"), "surveychannel", ["definition_id"], unique=False)

    op.create_table(
        "surveyround",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("sampling", sa.String(), nullable=False),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.Column("collected_by", sa.String(), nullable=False),
        sa.Column("is_independent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_surveyround_account_id_account")),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["surveydefinition.id"], name=op.f("fk_surveyround_definition_id_surveydefinition")
        ),
        sa.ForeignKeyConstraint(["quarter_id"], ["quarter.id"], name=op.f("fk_surveyround_quarter_id_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveyround")),
        sa.UniqueConstraint("uid", name=op.f("uq_surveyround_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_surveyround_quarter_id"), "surveyround", ["quarter_id"], unique=False)

    op.create_table(
        "surveypopulation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["surveygroup.id"], name=op.f("fk_surveypopulation_group_id_surveygroup")
        ),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_surveypopulation_org_id_org")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["surveyround.id"], name=op.f("fk_surveypopulation_round_id_surveyround")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveypopulation")),
        sa.UniqueConstraint("round_id", "org_id", "group_id", name=op.f("uq_surveypopulation_round_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_surveypopulation_round_id"), "surveypopulation", ["round_id"], unique=False)

    op.create_table(
        "surveybatch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.Column("suspect", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_surveybatch_account_id_account")),
        sa.ForeignKeyConstraint(["round_id"], ["surveyround.id"], name=op.f("fk_surveybatch_round_id_surveyround")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveybatch")),
        sa.UniqueConstraint("uid", name=op.f("uq_surveybatch_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_surveybatch_round_id"), "surveybatch", ["round_id"], unique=False)
    op.create_index(op.f("ix_surveybatch_sha256"), "surveybatch", ["sha256"], unique=False)

    op.create_table(
        "ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("suspect", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["surveybatch.id"], name=op.f("fk_ballot_batch_id_surveybatch")),
        sa.ForeignKeyConstraint(["group_id"], ["surveygroup.id"], name=op.f("fk_ballot_group_id_surveygroup")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_ballot_org_id_org")),
        sa.ForeignKeyConstraint(["round_id"], ["surveyround.id"], name=op.f("fk_ballot_round_id_surveyround")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_ballot_batch_id"), "ballot", ["batch_id"], unique=False)
    op.create_index(op.f("ix_ballot_round"), "ballot", ["round_id", "org_id"], unique=False)

    op.create_table(
        "ballotwithdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_ballotwithdrawal_account_id_account")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballotwithdrawal_ballot_id_ballot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballotwithdrawal")),
        sa.UniqueConstraint("ballot_id", name=op.f("uq_ballotwithdrawal_ballot_id")),
        sqlite_strict=True,
    )

    op.create_table(
        "countsheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("valid", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=False),
        sa.Column("watcher", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_countsheet_account_id_account")),
        sa.ForeignKeyConstraint(["group_id"], ["surveygroup.id"], name=op.f("fk_countsheet_group_id_surveygroup")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_countsheet_org_id_org")),
        sa.ForeignKeyConstraint(["round_id"], ["surveyround.id"], name=op.f("fk_countsheet_round_id_surveyround")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countsheet")),
        sa.UniqueConstraint("uid", name=op.f("uq_countsheet_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_countsheet_round_id"), "countsheet", ["round_id"], unique=False)

    op.create_table(
        "countline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("blank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["surveyitem.id"], name=op.f("fk_countline_item_id_surveyitem")),
        sa.ForeignKeyConstraint(["sheet_id"], ["countsheet.id"], name=op.f("fk_countline_sheet_id_countsheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countline")),
        sa.UniqueConstraint("sheet_id", "item_id", name=op.f("uq_countline_sheet_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_countline_sheet_id"), "countline", ["sheet_id"], unique=False)


def _list_red_lines() -> None:
    """Red lines as rows. What they begin with is filled in after the last migration: it goes into the trail."""
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
        sa.Column("recorded_at", Instant(), nullable=False),
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


def _say_how_it_is_counted() -> None:
    """What stands already says nothing yet. The table is made again because the column may not be missing."""
    op.add_column("indicatorversion", sa.Column("method", sa.String(), nullable=True))
    op.execute("UPDATE indicatorversion SET method = ''")
    with op.batch_alter_table("indicatorversion", table_kwargs={"sqlite_strict": True}) as table:
        table.alter_column("method", existing_type=sa.String(), nullable=False)
