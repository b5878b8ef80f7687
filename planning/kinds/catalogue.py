"""Catalogues of the programme, kept by the ministry."""

from dataclasses import replace

from planning.kinds.common import VALIDITY_GROUP, next_year_initial
from planning.models import ActionField, Deadline, Indicator, IndicatorBreak, LifePhase, OfficialSeries, StepTemplate
from planning.queries.official import series_of
from records.kind import Group, Mark, RecordKind
from records.parts import Fact, FactGroup
from records.registry import register
from records.templatetags.german import number


def what_is_published(indicator: Indicator) -> FactGroup | None:
    """Which rows of official tables belong to the Kennzahl, and by what they are multiplied."""
    rows = series_of(indicator)
    return FactGroup("Aus der amtlichen Statistik", tuple(map(fact_of_series, rows))) if rows else None


def fact_of_series(row: OfficialSeries) -> Fact:
    """„Statistik 12211: Lebensformen …, gedruckt in „1000“, × 1 000“."""
    printed = f"gedruckt in „{row.unit}“"
    return Fact(
        f"Statistik {row.statistic}",
        (str(row), f"{printed}, gezeigt × {number(row.factor)}" if row.factor != 1 else printed),
    )


register(
    RecordKind(
        model=ActionField,
        segment="handlungsfelder",
        intro="Die Handlungsfelder des Landesprogramms, nach denen alle Kommunen planen.",
        empty_way=(
            "Legen Sie die Handlungsfelder mit Nummer und Wortlaut der geltenden Richtlinie an. Die Kommunen ordnen "
            "ihnen Bedarfe, Ziele und Maßnahmen zu."
        ),
        columns=("number", "valid_from", "valid_until", "successor"),
        groups=(
            Group(
                "Handlungsfeld",
                "Nummer und Bezeichnung wie in der Richtlinie.",
                ("number", "title", "description"),
            ),
            replace(VALIDITY_GROUP, fields=(*VALIDITY_GROUP.fields, "successor")),
        ),
    ),
    RecordKind(
        model=LifePhase,
        segment="lebensphasen",
        intro="Die Lebensphasen, in deren Reihenfolge Angebote und Bedarfe betrachtet werden.",
        empty_way=(
            "Legen Sie die Lebensphasen an, von Kindern und Jugendlichen bis zu Pflegebedürftigen. In dieser "
            "Reihenfolge stehen sie in allen Listen."
        ),
        columns=("number", "valid_from", "valid_until", "successor"),
        groups=(
            Group("Lebensphase", "Die Reihenfolge bestimmt, wo sie in Listen steht.", ("number", "title")),
            replace(VALIDITY_GROUP, fields=(*VALIDITY_GROUP.fields, "successor")),
        ),
    ),
    RecordKind(
        model=StepTemplate,
        segment="schrittkatalog",
        intro="Typische Schritte je Phase mit Anleitung. Der erste Planungszyklus einer Kommune beginnt damit.",
        empty_way=(
            "Legen Sie zu jeder Phase die typischen Schritte mit Anleitung und nötiger Entscheidung an. Neue "
            "Planungszyklen beginnen damit."
        ),
        columns=("phase", "position", "usual_weeks", "decision"),
        filters=("phase",),
        tags=("phase",),
        groups=(
            Group(
                "Schritt",
                "Wo der Schritt im Zyklus steht. Er ist eine Orientierung, keine Vorschrift.",
                ("title", ("phase", "position")),
            ),
            Group(
                "Anleitung",
                "Was der Kommune bei diesem Schritt hilft und was entschieden werden muss.",
                ("guidance", "decision", "usual_weeks"),
            ),
            VALIDITY_GROUP,
        ),
    ),
    RecordKind(
        model=Indicator,
        segment="kennzahlen",
        intro="Was gezählt wird: Definition, Einheit und Quelle. Werte werden eingetragen oder eingelesen.",
        empty_way=(
            "Legen Sie eine Kennzahl mit Definition, Einheit und Quelle an, zum Beispiel „Kinder unter 6 Jahren“. Die "
            "Werte tragen die Kommunen ein."
        ),
        columns=("unit", "level", "formula", "source", "table_code"),
        further=what_is_published,
        filters=("level", "formula"),
        tags=("level",),
        groups=(
            Group(
                "Kennzahl",
                "So genau, dass zwei Personen denselben Wert ermitteln.",
                ("title", "definition", ("unit", "level"), "may_sum"),
            ),
            Group(
                "Berechnung",
                "Nur für Kennzahlen, die das Portal aus anderen berechnet. Fehlt ein Teil, gibt es keinen Wert.",
                ("formula", "parts", "base", "base_year"),
            ),
            Group("Quelle", "Wo die Werte veröffentlicht werden.", (("source", "table_code"),)),
            Group(
                "Wie oft und wie alt",
                "Danach nennt das Register der Datenlücken jeder Kommune, was fehlt oder veraltet ist.",
                (("every_years", "most_age"),),
            ),
            VALIDITY_GROUP,
        ),
    ),
    RecordKind(
        model=IndicatorBreak,
        segment="zeitreihenbrueche",
        title_field="words",
        intro=(
            "Ab wann eine Statistik, eine Kennzahl oder ein Gebiet anders gezählt wird. Über diesen Tag hinweg zeigt "
            "das Portal keine Entwicklung und rechnet keine Veränderung."
        ),
        empty_way=(
            "Legen Sie Tag und Grund an, zum Beispiel den Wechsel auf den Zensus 2022 oder eine Gebietsreform. Der "
            "Satz steht unter jeder Zeichnung, die er betrifft."
        ),
        columns=("day", "statistic", "indicator", "area_code"),
        filters=("indicator",),
        groups=(
            Group("Was sich ändert", "Ein Satz, den auch versteht, wer die Statistik nicht kennt.", ("words", "day")),
            Group(
                "Wofür es gilt",
                "Was Sie leer lassen, gilt für alle; mindestens eines ist nötig.",
                (("statistic", "area_code"), "indicator"),
            ),
            VALIDITY_GROUP,
        ),
    ),
    RecordKind(
        model=Deadline,
        segment="fristen",
        intro="Die Fristen des Landesprogramms je Jahr.",
        empty_way=(
            "Legen Sie die Fristen des Jahres an, zum Beispiel für Anträge, Plan und Verwendungsnachweis. Die "
            "Kommunen sehen sie auf ihrer Startseite."
        ),
        columns=("year", "due", "phase"),
        filters=("phase",),
        tags=("year", "phase"),
        initial=next_year_initial,
        marks=(Mark("due", label="Frist: {title}"),),
        groups=(
            Group(
                "Frist",
                "Was bis wann vorliegen muss und zu welcher Phase es gehört.",
                ("title", ("year", "phase"), "due", "for_plan", "note"),
            ),
            VALIDITY_GROUP,
        ),
    ),
)
