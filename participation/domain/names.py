"""Names of people are forgotten after their term, as the page on data protection promises (DSGVO Art. 5)."""

from datetime import date

from participation.models import BodyMembership
from records.domain.saving import update_record


def forget_names(today: date) -> int:
    """Clear the name of every membership that has ended, and say how many; no history row ever held one."""
    rows = [row for row in BodyMembership.objects.exclude(person_name="").exclude(end=None) if row.end.last < today]
    for row in rows:
        row.person_name = ""
        update_record(row, version=row.version, actor=None)
    return len(rows)
