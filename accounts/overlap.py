"""Triggers that refuse the same role twice for the same days, on SQLite and PostgreSQL.

A unique constraint knows roles without an end only. An exclusion constraint would need an extension on PostgreSQL and
does not exist on SQLite; so both ask the same question after each change. On PostgreSQL the row of the person is locked
before, so that of two changes at once the second sees the first. They come and go with the triggers of the history
(records.triggers).
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.models import ROLE_TWICE, RoleAssignment

TABLE = RoleAssignment._meta.db_table
CHANGES = ("INSERT", "UPDATE")
COLUMNS = "user_id, role, municipality_id, valid_from, valid_until"
SAME = {"postgresql": "IS NOT DISTINCT FROM", "sqlite": "IS"}


def names() -> list[str]:
    """The triggers that should be there."""
    return [f"overlap_{change.lower()}_{TABLE}" for change in CHANGES]


def create_sql(connection: BaseDatabaseWrapper) -> list[str]:
    """The statements that make the triggers, whether they are there or not."""
    held = (
        f"SELECT 1 FROM {TABLE} AS held WHERE held.id <> NEW.id AND held.user_id = NEW.user_id "  # noqa: S608  # nosec B608
        f"AND held.role = NEW.role AND held.municipality_id {SAME[connection.vendor]} NEW.municipality_id "
        "AND (held.valid_until IS NULL OR held.valid_until >= NEW.valid_from) "
        "AND (NEW.valid_until IS NULL OR held.valid_from <= NEW.valid_until)"
    )
    events = {
        name: f"{change} OF {COLUMNS}" if change == "UPDATE" else change
        for name, change in zip(names(), CHANGES, strict=True)
    }
    if connection.vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON {TABLE} WHEN EXISTS ({held}) "
            f"BEGIN SELECT RAISE(ABORT, '{ROLE_TWICE}'); END"
            for name, event in events.items()
        ]
    function = (
        "CREATE OR REPLACE FUNCTION guard_overlap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "PERFORM 1 FROM accounts_user WHERE id = NEW.user_id FOR NO KEY UPDATE; "
        f"IF EXISTS ({held}) THEN RAISE EXCEPTION '{ROLE_TWICE}' USING ERRCODE = 'exclusion_violation'; END IF; "
        "RETURN NULL; END $$"
    )
    made = (
        f"CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION guard_overlap()"
        for name, event in events.items()
    )
    return [function, *made]


def drop_sql(connection: BaseDatabaseWrapper) -> list[str]:
    """The statements that remove them."""
    on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {name}{on}" for name in names()]
