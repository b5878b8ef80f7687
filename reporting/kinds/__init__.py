"""The descriptions of reports with a life; importing this package registers them."""

from planning.enums import Phase
from planning.kinds.common import EXAMPLE_GROUP
from records.kind import Group, Mark, RecordKind
from records.registry import register
from reporting.models import Report, ReportText
from reporting.pages import report_parts

register(
    RecordKind(
        model=Report,
        segment="jahresberichte",
        section=Phase.CONTROLLING,
        title_field="",
        intro="Sachbericht und Familienbericht eines Jahres, mit eigenem Text je Kapitel und festen Ausgaben.",
        empty_way="mit dem Sachbericht des letzten Jahres, wenn das Controlling besprochen ist.",
        columns=("year", "kind", "state", "edition", "released_on"),
        filters=("kind", "state"),
        tags=("state",),
        marks=(
            Mark("released_on", lane=Phase.CONTROLLING, label="{title} freigegeben", when=lambda row: row.released_on),
        ),
        detail_template="reporting/report.html",
        detail_parts=report_parts,
        groups=(Group("Bericht", "Welcher Bericht für welches Jahr.", (("kind", "year"),)), EXAMPLE_GROUP),
    ),
    RecordKind(
        model=ReportText,
        segment="berichtstexte",
        section=Phase.CONTROLLING,
        title_field="",
        parent="report",
        in_menu=False,
        intro="Eigene Texte der Jahresberichte, je Kapitel.",
        empty_way="mit dem Überblick: zwei, drei Sätze dazu, was das Jahr ausgemacht hat.",
        columns=("section", "text"),
        filters=("report", "section"),
        tags=("section",),
        groups=(
            Group(
                "Text",
                "Er steht am Anfang des Kapitels, vor den Tabellen.",
                (("report", "section"), "text"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
)
