"""The record as a list of operations, and what a person set for themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(person_id) BETWEEN 1 AND 255", name=op.f("ck_person_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person")),
        sqlite_strict=True,
    )
    op.create_table(
        "mark_operation",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("op_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("local_date", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("touched_nrs", sa.Integer()),
        sa.Column("by_itself_nrs", sa.Integer()),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("utc_offset_min", sa.Integer(), nullable=False),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_mark_operation_{column}"))
            for column, rule in {
                "op_id": "length(op_id) = 36",
                "seq": "seq > 0",
                "local_date": "length(local_date) = 10",
                "target": "length(target) BETWEEN 1 AND 80",
                "side": "side IN ('left', 'right', 'midline')",
                "touched_nrs": "touched_nrs BETWEEN 0 AND 10",
                "by_itself_nrs": "by_itself_nrs BETWEEN 0 AND 10",
                "at": "length(at) = 24",
                "zone": "length(zone) BETWEEN 1 AND 64",
                "utc_offset_min": "utc_offset_min BETWEEN -1080 AND 1080",
            }.items()
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.person_id"], name=op.f("fk_mark_operation_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "op_id", name=op.f("pk_mark_operation")),
        sa.UniqueConstraint("person_id", "seq", name=op.f("uq_mark_operation_person_id_seq")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_mark_operation_person_id_local_date_seq"),
        "mark_operation",
        ["person_id", "local_date", "seq"],
    )
    op.create_table(
        "preference",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 40", name=op.f("ck_preference_name")),
        sa.CheckConstraint("length(value) <= 200", name=op.f("ck_preference_value")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.person_id"], name=op.f("fk_preference_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "name", name=op.f("pk_preference")),
        sqlite_strict=True,
    )
