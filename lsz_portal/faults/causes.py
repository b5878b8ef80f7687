"""Which errors are the fault of something around the portal, and the sentence for each.

Told apart by the database's own codes (PostgreSQL's SQLSTATE, SQLite's texts) and the system's error numbers. Whatever
is not known here is an error of the portal itself.
"""

import errno
from dataclasses import dataclass
from smtplib import SMTPException

from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.http import UnreadablePostError


@dataclass(frozen=True)
class Fault:
    """``name`` stands in the log; a fault that ``passes`` by itself calls nobody."""

    name: str
    sentence: str
    passes: bool = False


GONE = Fault("database-gone", "Die Datenbank des Portals ist gerade nicht erreichbar.")
READ_ONLY = Fault("read-only", "Das Portal kann gerade nichts speichern. Lesen können Sie weiterhin.")
FULL = Fault("disk-full", "Auf dem Server ist kein Platz mehr frei, deshalb lässt sich gerade nichts speichern.")
BUSY = Fault("busy", "Gerade wird dasselbe von anderer Seite bearbeitet, oder es sind zu viele zugleich.", passes=True)
UPDATING = Fault("not-migrated", "Das Portal wird gerade auf eine neue Fassung gebracht.")
FILES = Fault("files", "Eine Datei oder ein Ordner des Portals ist gerade nicht erreichbar.")
SERVICE = Fault("service", "Ein Dienst, den das Portal dafür braucht, antwortet gerade nicht.")

# SQLSTATE: the first that fits, the longer before the shorter.
POSTGRES = (
    ("25006", READ_ONLY),
    ("53100", FULL),
    ("53", BUSY),  # too many connections, out of memory
    ("40", BUSY),  # deadlock, serialization
    ("55P03", BUSY),  # lock not available in time
    ("57014", BUSY),  # a statement took too long
    ("42P01", UPDATING),  # no such table
    ("42703", UPDATING),  # no such column
    ("42501", READ_ONLY),  # the role may not write
    ("58", FILES),
    ("08", GONE),
    ("57P", GONE),
)
SQLITE = (
    ("locked", BUSY),
    ("readonly database", READ_ONLY),
    ("disk is full", FULL),
    ("no such table", UPDATING),
    ("no such column", UPDATING),
    ("has no column named", UPDATING),
)
SYSTEM = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), FULL),
    errno.EROFS: READ_ONLY,
    **dict.fromkeys((errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN), BUSY),
}
STATIC = "Missing staticfiles manifest entry"  # a ValueError: nobody ran collectstatic


def fault_of(error: BaseException | None) -> Fault | None:
    """What around the portal has failed, or None where the portal itself is wrong."""
    if isinstance(error, DatabaseError | InterfaceError):
        return _of_database(error)
    if isinstance(error, UnreadablePostError):
        return None  # the browser went away
    if isinstance(error, SMTPException | ConnectionError | TimeoutError):
        return SERVICE
    if isinstance(error, OSError):
        return SYSTEM.get(error.errno or 0, FILES)
    if isinstance(error, MemoryError):
        return BUSY
    return UPDATING if isinstance(error, ValueError) and str(error).startswith(STATIC) else None


def code_of(error: BaseException | None) -> str:
    """What the log says of an error: its class and number, never a content."""
    number = _sqlstate(error) if isinstance(error, DatabaseError | InterfaceError) else ""
    if isinstance(error, OSError) and error.errno:
        number = errno.errorcode.get(error.errno, str(error.errno))
    return f"{type(error).__name__} {number}".strip()


def _sqlstate(error: BaseException) -> str:
    return str(getattr(error.__cause__, "pgcode", None) or getattr(error.__cause__, "sqlite_errorname", ""))


def _of_database(error: BaseException) -> Fault | None:
    state = _sqlstate(error)
    fits = [fault for begin, fault in POSTGRES if state.startswith(begin)]
    if not fits:
        fits = [fault for part, fault in SQLITE if part in str(error)]
    if fits:
        return fits[0]
    is_gone = isinstance(error, OperationalError | InterfaceError) and not isinstance(error, IntegrityError)
    return GONE if is_gone else None
