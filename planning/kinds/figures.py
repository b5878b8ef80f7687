"""Kennzahlen: values that are entered, Kennzahlen of one's own, and which ones the plan shows."""

from typing import Any

from accounts.models import Municipality
from planning.enums import Phase
from planning.kinds.common import EXAMPLE_GROUP, SOURCE_GROUP
from planning.models import (
    Commune,
    DataSource,
    IndicatorValue,
    OwnIndicator,
    OwnValue,
    PlanningRegion,
    QuotedFigure,
    ReportedIndicator,
)
from planning.queries.areas import areas_of
from planning.queries.quoted import quoted_numbers
from records.grid import Grid, Series
from records.kind import Group, RecordKind
from records.parts import Fact, FactGroup
from records.registry import register


def counted_in(area: PlanningRegion | Commune) -> dict[str, Any]:
    """A value that is begun from a Planungsregion or Gemeinde counts there."""
    return {"area": str(area)}


def out_of(source: DataSource) -> dict[str, Any]:
    """A value that is begun from a data source is of the year of its Stand."""
    return {"year": source.as_of.year} if source.as_of else {}


def in_whole_municipality(municipality: Municipality | None) -> dict[str, Any]:
    """Most numbers are of the Kreis."""
    return {"area": municipality.name} if municipality else {}


def what_it_says(quoted: QuotedFigure) -> FactGroup:
    """The number as it stands today, and where it is from."""
    said = quoted_numbers([quoted], quoted.municipality.ags)[quoted.pk]
    source = (Fact("Quelle", (said.source,)),) if said.source else ()
    return FactGroup("Was sie sagt", (Fact("Wert", (said.words,)), *source))


def values_kind(model: type[Any], segment: str, intro: str, empty_way: str) -> RecordKind:
    """Values by Kennzahl, area and year."""
    return RecordKind(
        model=model,
        segment=segment,
        section=Phase.NEEDS,
        title_field="",
        key=("indicator", "area", "year"),
        begun_from=(("region", counted_in), ("commune", counted_in), ("data_source", out_of)),
        grid=Grid(
            ("indicator", "area"),
            series=Series(("value",), signs="placeholder"),
        ),
        intro=intro,
        empty_way=empty_way,
        columns=("area", "year", "value", "placeholder", "data_source"),
        filters=("indicator", "level", "region", "commune", "data_source"),
        chosen=(("area", areas_of),),
        tags=("indicator", "level"),
        groups=(
            Group("Kennzahl und Gebiet", "Was gezählt wurde und wo.", ("indicator", "area")),
            Group(
                "Wert",
                "Druckt die Statistik ein Zeichen statt einer Zahl, wählen Sie dieses Zeichen. Es ist nie eine Null.",
                ("year", ("value", "placeholder"), "data_source"),
            ),
            SOURCE_GROUP,
        ),
    )


register(
    values_kind(
        IndicatorValue,
        "kennzahlenwerte",
        "Werte der Kennzahlen nach Gebiet und Jahr. Zeichen der Statistik bleiben, was sie bedeuten.",
        "mit Bevölkerung, Altersgruppen und Familienformen auf Kreisebene. Was gezählt wird, steht im Katalog des "
        "Landesprogramms; Sie tragen Wert, Jahr und Quelle ein.",
    ),
    RecordKind(
        model=OwnIndicator,
        segment="eigene-kennzahlen",
        section=Phase.NEEDS,
        intro="Was nur diese Kommune zählt, zum Beispiel ein Fachdienst nach Sozialräumen.",
        empty_way=(
            "mit dem, was die eigenen Fachdienste ohnehin zählen: Hilfen zur Erziehung, Anmeldungen, Beratungen. "
            "Legen Sie fest, was genau gezählt wird; danach tragen Sie Werte nach Gebiet und Jahr ein."
        ),
        columns=("unit", "source", "may_sum"),
        groups=(
            Group(
                "Eigene Kennzahl",
                "Was gezählt wird, in welcher Einheit und von wem.",
                ("title", "definition", ("unit", "source"), "may_sum"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    values_kind(
        OwnValue,
        "eigene-werte",
        "Werte der eigenen Kennzahlen nach Kreis, Planungsregion oder Gemeinde und Jahr.",
        "mit den letzten Jahren einer eigenen Kennzahl, am schnellsten als Tabelle oder aus einer Datei.",
    ),
    RecordKind(
        model=QuotedFigure,
        segment="zahlen-als-beleg",
        section=Phase.NEEDS,
        title_field="",
        in_menu=False,
        intro="Amtliche und eigene Zahlen, auf die sich Bedarfe stützen. Was sie heute sagen, steht auf ihrer Seite.",
        empty_way=(
            "mit der Zahl, die einen Bedarf am deutlichsten zeigt: Kennzahl, Gebiet und Jahr. Der Wert kommt aus der "
            "amtlichen Statistik oder aus dem, was Sie eingetragen haben."
        ),
        columns=("level", "year", "meaning"),
        filters=("indicator", "own_indicator", "level"),
        chosen=(("area", areas_of),),
        initial=in_whole_municipality,
        further=what_it_says,
        tags=("level",),
        upstream=(),
        downstream=("needs",),
        groups=(
            Group("Kennzahl", "Eine des Landesprogramms oder eine eigene.", (("indicator", "own_indicator"),)),
            Group("Gebiet und Jahr", "Der Wert wird dort gelesen, wo er steht.", (("area", "year"), "meaning")),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=ReportedIndicator,
        segment="kennzahlen-im-plan",
        section=Phase.NEEDS,
        title_field="",
        key=("indicator",),
        intro=(
            "Kennzahlen der amtlichen Statistik, die Plan und Familienbericht zeigen. Eingetragene Werte stehen dort "
            "immer."
        ),
        empty_way=(
            "mit drei bis acht Kennzahlen, auf die sich Ihre Bedarfe stützen. Auf der Seite einer Kennzahl genügt ein "
            "Klick."
        ),
        columns=("meaning", "by_area"),
        groups=(
            Group(
                "Kennzahl im Plan",
                "Was der Plan zeigt und was es für Familien heißt.",
                ("indicator", "meaning", "by_area"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
)
