"""Bestand: offers, providers, regions, data sources, figures."""

from accounts.enums import Action
from planning.enums import Phase
from planning.kinds.common import DOCUMENTS_GROUP, EXAMPLE_GROUP, SOURCE_GROUP
from planning.models import Commune, DataSource, IndicatorValue, Offer, PlanningRegion, Provider, TargetGroup
from planning.records.kind import Group, RecordKind, Way
from planning.records.registry import register

register(
    RecordKind(
        model=Offer,
        segment="angebote",
        phase=Phase.INVENTORY,
        intro="Was es für Familien schon gibt, wie es genutzt wird und wie wirksam es ist.",
        empty_way="Legen Sie ein Angebot an; Träger können Sie dabei gleich mit anlegen.",
        columns=("provider", "action_fields", "regions", "effectiveness", "weight"),
        filters=("action_fields", "life_phases", "regions", "provider", "effectiveness"),
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
        phase=Phase.INVENTORY,
        intro="Wer Angebote und Maßnahmen trägt.",
        empty_way="Legen Sie einen Träger an; danach können Sie ihm Angebote zuordnen.",
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
        phase=Phase.INVENTORY,
        intro="Die Planungsregionen oder Sozialräume, in denen die Kommune plant.",
        empty_way="Legen Sie die Planungsregionen an und ordnen Sie ihnen Gemeinden zu.",
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
        phase=Phase.INVENTORY,
        title_field="name",
        intro="Die Gemeinden der Kommune mit Schlüssel und Einwohnerzahl.",
        empty_way="Legen Sie die Gemeinden an, um Angebote und Kennzahlen örtlich zuzuordnen.",
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
        phase=Phase.INVENTORY,
        intro="Die Zielgruppen in den Worten der Kommune.",
        empty_way="Legen Sie die Zielgruppen an, die bei Angeboten, Bedarfen und Maßnahmen vorkommen.",
        columns=("description",),
        groups=(
            Group("Zielgruppe", "Kurz benannt, bei Bedarf mit Erläuterung.", ("title", "description")),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=DataSource,
        segment="datenquellen",
        phase=Phase.INVENTORY,
        intro="Woher Zahlen und Aussagen stammen, was sie abdecken und wo sie Lücken haben.",
        empty_way="Legen Sie die Statistiken, Berichte und Befragungen an, auf die sich die Planung stützt.",
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
    RecordKind(
        model=IndicatorValue,
        segment="kennzahlenwerte",
        phase=Phase.NEEDS,
        title_field="",
        intro="Werte der Kennzahlen nach Gebiet und Jahr. Zeichen der Statistik bleiben, was sie bedeuten.",
        empty_way="Tragen Sie einen Wert ein; die Kennzahlen stehen im Katalog des Landesprogramms.",
        columns=("area", "year", "value", "placeholder", "data_source"),
        ways=(Way("Im Verlauf zeigen", "reporting:figures", icon="chart", action=Action.READ),),
        filters=("indicator", "level", "commune", "data_source"),
        tags=("indicator", "level"),
        groups=(
            Group("Kennzahl und Gebiet", "Was gezählt wurde und wo.", ("indicator", ("area", "level"), "commune")),
            Group(
                "Wert",
                "Druckt die Statistik ein Zeichen statt einer Zahl, wählen Sie dieses Zeichen. Es ist nie eine Null.",
                ("year", ("value", "placeholder"), "data_source"),
            ),
            SOURCE_GROUP,
        ),
    ),
)
