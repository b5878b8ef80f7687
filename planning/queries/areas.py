"""The areas to which figures of a municipality refer: the Kreis, its Planungsregionen and Gemeinden, Thüringen."""

from typing import Any, NamedTuple

from accounts.models import Municipality
from planning.enums import SpatialLevel
from planning.models import Commune, IndicatorValue, PlanningRegion, ReportedIndicator

STATE = "Thüringen"


def areas_of(municipality: Municipality | None) -> dict[str, dict[str, Any]]:
    """By name what a value of this area holds; the Kreis first (three queries).

    Of two records with one name the larger area is meant. Names that were stored before areas were chosen stay offered,
    so that their series can go on.
    """
    if municipality is None:
        return {}
    whole: dict[str, Any] = {"region_id": None, "commune_id": None}
    found = {municipality.name: whole | {"level": SpatialLevel.DISTRICT}}
    own = {"municipality": municipality}
    for pk, name in PlanningRegion.objects.filter(**own).order_by("sort_key", "pk").values_list("pk", "title"):
        found.setdefault(name, whole | {"level": SpatialLevel.REGION, "region_id": pk})
    for pk, name in Commune.objects.filter(**own).order_by("sort_key", "pk").values_list("pk", "name"):
        found.setdefault(name, whole | {"level": SpatialLevel.COMMUNE, "commune_id": pk})
    found[STATE] = whole | {"level": SpatialLevel.STATE}
    rest = IndicatorValue.objects.filter(**own).order_by("area")
    rest = rest.exclude(level=SpatialLevel.REGION, region__isnull=False)
    rest = rest.exclude(level=SpatialLevel.COMMUNE, commune__isnull=False)
    for name, level in rest.values_list("area", "level").distinct():
        found.setdefault(name, whole | {"level": level})
    return found


def entry_in_plan(municipality: Municipality, indicator: int) -> int | None:
    """The number of the plan's entry about a Kennzahl, None where it has none (one query)."""
    rows = ReportedIndicator.objects.filter(municipality=municipality, indicator=indicator)
    return rows.values_list("pk", flat=True).first()


class RegionCommunes(NamedTuple):
    """A Planungsregion with the official keys and the names of its Gemeinden."""

    pk: int
    title: str
    keys: tuple[str, ...]
    names: tuple[str, ...]


def communes_of_regions(municipality: Municipality) -> list[RegionCommunes]:
    """The Planungsregionen by name (two queries)."""
    rows = PlanningRegion.objects.filter(municipality=municipality).prefetch_related("communes")
    found = [(row, list(row.communes.all())) for row in rows.order_by("sort_key", "pk")]
    return [
        RegionCommunes(row.pk, row.title, tuple(c.ags for c in own), tuple(c.name for c in own)) for row, own in found
    ]
