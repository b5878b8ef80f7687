"""What several kinds share: groups that return in many forms, initial values."""

from typing import Any

from accounts.enums import Action
from accounts.models import Municipality
from planning.queries.cycles import current_cycle
from planning.records.kind import Group, Way

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
PASTE_WAY = Way("Flipchart-Zeilen einfügen", "participation:flipchart")


def current_cycle_initial(municipality: Municipality | None) -> dict[str, Any]:
    """New planning content belongs to the current cycle."""
    return {"cycle": current_cycle(municipality)} if municipality else {}


def thread_way(parameter: str) -> Way:
    """From a need, goal or measure to the graph of everything that hangs together with it."""
    return Way(
        "Als Faden zeigen", "reporting:thread", on="detail", icon="link", parameter=parameter, action=Action.READ
    )


def paper_way(label: str, name: str, *, icon: str = "download") -> Way:
    """From a record to one of its documents; ``name`` is an address of reporting that takes the record's key."""
    return Way(label, f"reporting:{name}", on="detail", icon=icon, action=Action.READ)
