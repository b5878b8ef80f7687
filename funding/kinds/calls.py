"""The Kommune's own rules, who decides, and its calls."""

from funding.models import Call, Decider, LocalFundingRule
from planning.enums import Phase
from planning.kinds.common import DOCUMENTS_GROUP, EXAMPLE_GROUP, next_year_initial
from records.grid import Grid
from records.kind import Group, RecordKind
from records.registry import register

register(
    RecordKind(
        model=LocalFundingRule,
        segment="eigene-foerderregeln",
        section=Phase.IMPLEMENTATION,
        title_field="",
        intro="Was die eigene Richtlinie je Projektklasse sagt: Quoten, Grenzen, Verfahren, Nachweis.",
        empty_way=(
            "mit einer Regel je Projektklasse. Lassen Sie leer, was die Richtlinie nicht festlegt; das wird nicht "
            "geprüft."
        ),
        columns=("project_class", "maximum_share", "maximum_grant", "valid_from", "valid_until"),
        filters=("project_class",),
        tags=("project_class",),
        groups=(
            Group(
                "Geltung",
                "Für welche Projektklasse die Regel ab wann gilt.",
                ("project_class", ("valid_from", "valid_until"), "basis"),
            ),
            Group(
                "Grenzen",
                "Was leer bleibt, wird nicht geprüft.",
                (("maximum_share", "minimum_own_share"), ("maximum_grant", "maximum_total")),
            ),
            Group(
                "Verfahren und Nachweis",
                "Wie beantragt und wie die Verwendung nachgewiesen wird.",
                (("stages", "weeks_before"), "proof_form", ("proof_months", "proof_day")),
            ),
            DOCUMENTS_GROUP,
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=Decider,
        segment="entscheidungsstellen",
        section=Phase.IMPLEMENTATION,
        title_field="",
        parent="rule",
        grid=Grid(("up_to", "body", "office")),
        in_menu=False,
        intro="Wer bis zu welchem Betrag entscheidet.",
        empty_way="mit der Stelle für kleine Beträge und dem Gremium für alle übrigen.",
        columns=("rule", "up_to"),
        filters=("rule",),
        groups=(
            Group("Entscheidungsstelle", "Ein Gremium oder eine Stelle.", ("rule", "up_to", ("body", "office"))),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=Call,
        segment="aufrufe",
        section=Phase.IMPLEMENTATION,
        in_menu=False,
        also_in=(Phase.IMPLEMENTATION,),
        intro="Wofür Träger sich bis wann bewerben können und wie viel dafür da ist.",
        empty_way="mit dem Aufruf, der als nächster veröffentlicht wird.",
        columns=("project_class", "year", "closes_on", "pot"),
        filters=("project_class",),
        tags=("project_class", "year"),
        initial=next_year_initial,
        groups=(
            Group(
                "Aufruf",
                "Was gefördert wird.",
                ("title", ("project_class", "year"), "text", "action_fields", "goals"),
            ),
            Group(
                "Zeit und Geld",
                "Die letzte Sekunde der letzten Minute zählt, nach der Uhr in Berlin.",
                (("opens_on", "opens_at"), ("closes_on", "closes_at"), "pot", "withdrawn_on"),
            ),
            DOCUMENTS_GROUP,
            EXAMPLE_GROUP,
        ),
    ),
)
