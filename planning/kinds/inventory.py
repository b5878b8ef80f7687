"""Bestand: offers, providers, regions, data sources."""

from typing import Any

from planning.enums import Phase
from planning.kinds.common import DOCUMENTS_GROUP, EXAMPLE_GROUP, SOURCE_GROUP
from planning.models import Commune, DataSource, Offer, PlanningRegion, Provider, TargetGroup
from records.kind import Group, RecordKind
from records.registry import register


def offered_in(commune: Commune) -> dict[str, Any]:
    """An offer that is begun from a Gemeinde stands in its Planungsregionen."""
    return {"regions": list(commune.regions.values_list("pk", flat=True))}


register(
    RecordKind(
        model=Offer,
        segment="angebote",
        begun_from=(("commune", offered_in),),
        section=Phase.INVENTORY,
        intro="Was es für Familien schon gibt, wie es genutzt wird und wie wirksam es ist.",
        empty_way=(
            "mit den Angeboten, die schon gefördert werden. Weitere nennen Träger, Fachdienste und Gemeinden im "
            "Gespräch; einen fehlenden Träger legen Sie unterwegs mit an."
        ),
        columns=("provider", "action_fields", "regions", "effectiveness", "weight"),
        filters=("action_fields", "life_phases", "regions", "provider", "effectiveness"),
        bulk=("action_fields", "life_phases", "regions", "provider", "effectiveness"),
        tags=("action_fields", "regions"),
        groups=(
            Group("Angebot", "Was angeboten wird und wer es trägt.", ("title", "description", "provider")),
            Group(
                "Für wen und wo",
                "Wählen Sie die Gemeinde nur, wenn das Angebot an einem Ort bleibt.",
                (("action_fields", "life_phases"), ("regions", "target_groups"), "commune"),
            ),
            Group(
                "Umfang",
                "Wie viel es gibt, wie stark es genutzt wird und wer es bezahlt.",
                (("capacity", "use"), "funding", ("begin", "end")),
            ),
            Group(
                "Wirksamkeit",
                "Wie wirksam ist das Angebot, und woran machen Sie das fest?",
                (("effectiveness", "weight"), "effectiveness_reason"),
            ),
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=Provider,
        segment="traeger",
        section=Phase.INVENTORY,
        intro="Wer Angebote und Maßnahmen trägt.",
        empty_way=(
            "mit den Trägern der Beratungsstellen, Familienzentren und Mehrgenerationenhäuser. Name und Art genügen "
            "zunächst."
        ),
        columns=("kind", "place", "contact"),
        filters=("kind",),
        tags=("kind",),
        groups=(
            Group(
                "Träger",
                "Nennen Sie als Ansprechstelle eine Funktion, keine Person.",
                ("title", ("kind", "place"), "contact", "note"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=PlanningRegion,
        segment="planungsregionen",
        section=Phase.INVENTORY,
        intro="Die Planungsregionen oder Sozialräume, in denen die Kommune plant.",
        empty_way=(
            "mit drei oder vier Regionen, die ohnehin gebräuchlich sind, zum Beispiel Mitte, Ost und West. Danach "
            "ordnen Sie ihnen Gemeinden zu."
        ),
        columns=("communes",),
        filters=("communes",),
        groups=(
            Group(
                "Planungsregion",
                "Wie die Region heißt und welche Gemeinden dazugehören.",
                ("title", "description", "communes"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=Commune,
        segment="gemeinden",
        section=Phase.INVENTORY,
        title_field="name",
        intro="Die Gemeinden der Kommune mit Schlüssel und Einwohnerzahl.",
        empty_way="mit den Gemeinden, in denen Angebote liegen. Name und Schlüssel stehen im Gemeindeverzeichnis.",
        columns=("kind", "ags", "population", "population_year"),
        groups=(
            Group("Gemeinde", "Name und Schlüssel wie im Gemeindeverzeichnis.", ("name", ("ags", "kind"))),
            Group("Einwohner", "Mit dem Jahr, für das die Zahl gilt.", (("population", "population_year"),)),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=TargetGroup,
        segment="zielgruppen",
        section=Phase.INVENTORY,
        intro="Die Zielgruppen in den Worten der Kommune.",
        empty_way=(
            "mit den Gruppen, die in Gesprächen immer wieder vorkommen, zum Beispiel Alleinerziehende, pflegende "
            "Angehörige oder Eltern kleiner Kinder."
        ),
        columns=("description",),
        groups=(
            Group("Zielgruppe", "Kurz benannt, bei Bedarf mit Erläuterung.", ("title", "description")),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=DataSource,
        segment="datenquellen",
        section=Phase.INVENTORY,
        intro="Woher Zahlen und Aussagen stammen, was sie abdecken und wo sie Lücken haben.",
        empty_way=(
            "mit der amtlichen Statistik, den Daten der Fachdienste und früheren Befragungen. Notieren Sie auch, was "
            "fehlt: Oft gibt es keine Werte unterhalb der Kreisebene."
        ),
        columns=("kind", "publisher", "level", "as_of"),
        filters=("kind", "level"),
        tags=("kind", "level"),
        groups=(
            Group(
                "Datenquelle",
                "Was es ist und wer es herausgibt.",
                ("title", ("publisher", "kind"), ("level", "as_of")),
            ),
            Group(
                "Aussagekraft",
                "Was die Quelle abdeckt und was sie nicht zeigt.",
                ("coverage", "gaps"),
            ),
            DOCUMENTS_GROUP,
            SOURCE_GROUP,
        ),
    ),
)
