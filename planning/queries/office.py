"""The office that issues the papers of a municipality."""

from accounts.models import Municipality
from planning.models import Office


def office_lines(municipality: Municipality) -> tuple[str, ...]:
    """Name, address and contact, as far as they are recorded (one query)."""
    office = Office.objects.filter(municipality=municipality).order_by("-pk").first()
    return office.lines if office else ()
