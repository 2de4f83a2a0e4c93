"""What a mark says besides its levels, strokes, the answers of a day, what is made again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# Columns are added in plain SQL, which both databases share: Alembic would copy the whole table on
# SQLite to give a new column its rule.
OF_MARKS = {
    "qualities": ("TEXT", "length(qualities) BETWEEN 1 AND 400"),
    "own_word": ("TEXT", "length(own_word) BETWEEN 1 AND 60"),
    "course": ("TEXT", "length(course) BETWEEN 1 AND 40"),
    "depth": ("TEXT", "length(depth) BETWEEN 1 AND 40"),
    "certainty": ("TEXT", "length(certainty) BETWEEN 1 AND 40"),
    "note": ("TEXT", "length(note) BETWEEN 1 AND 500"),
    "is_again": ("INTEGER", "is_again = 1"),
}


def upgrade() -> None:
    for column, (kind, rule) in OF_MARKS.items():
        op.execute(
            f"ALTER TABLE mark_operation ADD COLUMN {column} {kind}"
            f" CONSTRAINT ck_mark_operation_{column} CHECK ({rule})"
        )
    _create(
        "stroke_operation",
        [
            sa.Column("stroke_id", sa.Text(), nullable=False),
            sa.Column("view", sa.Text(), nullable=False),
            sa.Column("tool", sa.Text(), nullable=False),
            sa.Column("points", sa.Text()),
            sa.Column("width_mm", sa.Integer()),
            sa.Column("area", sa.Text()),
            sa.Column("side", sa.Text()),
            sa.Column("quality", sa.Text()),
            sa.Column("nrs", sa.Integer()),
            sa.Column("is_there", sa.Integer(), nullable=False),
            sa.Column("is_again", sa.Integer()),
        ],
        {
            "stroke_id": "length(stroke_id) = 36",
            "view": "view IN ('back', 'front')",
            "tool": "tool IN ('brush', 'eraser', 'area')",
            "points": "(tool = 'area') = (points IS NULL)",
            "width_mm": "(tool = 'area') = (width_mm IS NULL)",
            "area": "(tool = 'area') = (area IS NOT NULL)",
            "has_side": "(tool = 'area') = (side IS NOT NULL)",
            "side": "side IN ('left', 'right', 'midline')",
            "quality": "length(quality) BETWEEN 1 AND 40",
            "nrs": "nrs BETWEEN 0 AND 10",
            "is_there": "is_there IN (0, 1)",
            "is_again": "is_again = 1",
        },
    )
    levels = ("worst_nrs", "least_nrs", "sleep_nrs", "fatigue_nrs", "mood_nrs")
    _create(
        "day_operation",
        [
            *(sa.Column(level, sa.Integer()) for level in levels),
            sa.Column("tried", sa.Text()),
            sa.Column("journal", sa.Text()),
        ],
        {
            **{level: f"{level} BETWEEN 0 AND 10" for level in levels},
            "tried": "length(tried) BETWEEN 1 AND 8000",
            "journal": "length(journal) BETWEEN 1 AND 2000",
        },
    )


def _create(table: str, own: list[sa.Column], rules: dict[str, str]) -> None:
    rules = rules | {
        "op_id": "length(op_id) = 36",
        "seq": "seq > 0",
        "local_date": "length(local_date) = 10",
        "at": "length(at) = 24",
        "zone": "length(zone) BETWEEN 1 AND 64",
        "utc_offset_min": "utc_offset_min BETWEEN -1080 AND 1080",
    }
    op.create_table(
        table,
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("op_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("local_date", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("utc_offset_min", sa.Integer(), nullable=False),
        *own,
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))
            for name, rule in rules.items()
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.person_id"], name=op.f(f"fk_{table}_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "op_id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("person_id", "seq", name=op.f(f"uq_{table}_person_id_seq")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f(f"ix_{table}_person_id_local_date_seq"), table, ["person_id", "local_date", "seq"]
    )
