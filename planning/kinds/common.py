"""What several kinds share: groups that return in many forms, initial values."""

from typing import Any

from django.utils import timezone

from accounts.models import Municipality
from planning.enums import MeasureState
from planning.queries.cycles import current_cycle
from records.kind import Group

CARRIED_OUT = tuple(state for state in MeasureState if state != MeasureState.DROPPED)  # these answer a need or a goal
SOURCE_GROUP = Group(
    "Herkunft",
    "Woher die Angabe stammt und ob eine andere Quelle ihr widerspricht.",
    ("source", "contradiction", "is_example"),
)
EXAMPLE_GROUP = Group(
    "Kennzeichnung", "Erfundene Einträge zur Vorführung werden überall gekennzeichnet.", ("is_example",)
)
DOCUMENTS_GROUP = Group("Dokumente", "Protokolle, Beschlüsse, Verträge oder Fotos, die dazugehören.", ("documents",))
VALIDITY_GROUP = Group(
    "Gültigkeit",
    "Ändert sich das Programm, endet die alte Fassung, und eine neue beginnt. Leer heißt: ohne Grenze.",
    (("valid_from", "valid_until"),),
)


def next_year_initial(municipality: Municipality | None) -> dict[str, Any]:
    """What is entered for a year is mostly for the next one."""
    return {"year": timezone.localdate().year + 1}


def current_cycle_initial(municipality: Municipality | None) -> dict[str, Any]:
    """New planning content belongs to the current cycle."""
    return {"cycle": current_cycle(municipality)} if municipality else {}
