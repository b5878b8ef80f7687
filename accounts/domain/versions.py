"""Two administrators never overwrite each other: a change names the version that was seen, and claims the next."""

from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import RoleAssignment, User


class Stale(ValidationError):
    """Somebody else saved meanwhile."""

    def __init__(self, who: str) -> None:
        super().__init__(
            f"Inzwischen wurde das hier geändert{f' (durch {who})' if who else ''}. Prüfen Sie, was jetzt gespeichert "
            "ist, und wiederholen Sie den Schritt, wenn er noch gelten soll."
        )


def claim(row: User | RoleAssignment) -> None:
    """Take the next version of a stored row, inside the transaction of its change. Raises Stale."""
    manager: Any = type(row)._default_manager
    if not manager.filter(pk=row.pk, version=row.version).update(version=row.version + 1):
        last = type(row).history.filter(id=row.pk).select_related("history_user").first()
        raise Stale(str(last.history_user or "") if last else "")
    row.version += 1
