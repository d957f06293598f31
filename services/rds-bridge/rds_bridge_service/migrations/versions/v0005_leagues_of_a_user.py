"""Whoever asks for their leagues has them found without looking at everybody's."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index(op.f("ix_member_user_id"), "member", ["user_id"])
