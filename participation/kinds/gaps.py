"""The register of data gaps."""

from typing import Any

from django.db.models import Q

from participation.models import DataGap
from planning.enums import Phase
from planning.kinds.common import EXAMPLE_GROUP
from planning.models import Indicator
from records.kind import Gap, Group, Mark, RecordKind
from records.registry import register


def about(indicator: Indicator) -> dict[str, Any]:
    """A gap that is begun from a Kennzahl is named after it."""
    return {"title": str(indicator)}


register(
    RecordKind(
        model=DataGap,
        segment="datenluecken",
        begun_from=(("indicator", about),),
        section=Phase.INVENTORY,
        intro="Was auf welcher Ebene fehlt oder veraltet ist, wofür es gebraucht wird, und was die Lücke schloss.",
        empty_way=(
            "mit dem, was Sie beim Bestand vermissen: Zahlen, die es nur für den Kreis gibt, oder Angaben, die Jahre "
            "alt sind. Eine Befragung, eine Regionalkonferenz oder eine neue Datenquelle schließt die Lücke."
        ),
        columns=("kind", "level", "since", "closed_on"),
        filters=("kind", "level", "indicator"),
        tags=("kind", "level"),
        gaps=(Gap("offen", "noch offen", Q(closed_on__isnull=True), "Lücke schließen"),),
        marks=(Mark("closed_on", lane=Phase.INVENTORY, label="Datenlücke geschlossen: {title}"),),
        groups=(
            Group(
                "Datenlücke",
                "Was nicht bekannt ist oder nur von früher.",
                ("title", ("kind", "level"), "indicator", "since", "why_needed"),
            ),
            Group(
                "Geschlossen",
                "Seit wann und wodurch. Leer heißt: noch offen.",
                ("closed_on", "closed_by_survey", "closed_by_event", "closed_by_source"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
)
