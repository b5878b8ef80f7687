"""The part of the table of rights (access_table) that speaks of people, their inbox and the administration."""

from tests.cast import PEOPLE

EVERYBODY_INSIDE = set(PEOPLE)
ADMIN = {"admin"}
ACCOUNTS: dict[str, tuple[set[str], int, int]] = {
    "accounts:account": (EVERYBODY_INSIDE, 200, 405),
    "overview:waiting": (EVERYBODY_INSIDE, 200, 405),
    "exchange:calendar": (EVERYBODY_INSIDE, 200, 200),
    "overview:activity": (ADMIN, 200, 405),
    "accounts:anonymise": (ADMIN, 200, 302),
    "accounts:person_end_sessions": (ADMIN, 405, 302),
    "accounts:end_others": (EVERYBODY_INSIDE, 405, 302),
    "overview:read": (EVERYBODY_INSIDE, 405, 302),
    "overview:opened": (EVERYBODY_INSIDE, 302, 405),  # no such message: to the inbox
    "overview:mail-setting": (EVERYBODY_INSIDE, 200, 422),
    "accounts:logout": (EVERYBODY_INSIDE, 405, 302),
    "accounts:password_change": (EVERYBODY_INSIDE, 200, 200),
    "accounts:password_change_done": (EVERYBODY_INSIDE, 200, 405),
    "accounts:people": (ADMIN, 200, 405),
    "accounts:person_create": (ADMIN, 200, 422),
    "accounts:person_edit": (ADMIN, 200, 422),
    "accounts:role_create": (ADMIN, 200, 422),
    "accounts:role_edit": (ADMIN, 200, 422),
    "accounts:role_delete": (ADMIN, 200, 200),  # not confirmed
    "accounts:person_invite": (ADMIN, 405, 302),
    "accounts:person_withdraw": (ADMIN, 405, 302),
}
