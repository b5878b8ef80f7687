"""Values of Planungsregionen as sums of their Gemeinden, where the Kennzahl may be summed and nothing is missing."""

from collections.abc import Mapping
from decimal import Decimal

from accounts.models import Municipality
from insight.figures.published import Areas, Read
from insight.figures.reckoned import beside
from insight.figures.series import Value
from planning.enums import SpatialLevel
from planning.queries.areas import RegionCommunes, communes_of_regions
from planning.queries.official_figures import merged_into

Years = dict[int, Value]


def add_region_sums(read: Read, municipality: Municipality) -> None:
    """Put sums beside what was entered of the regions (two queries where a Kennzahl may be summed)."""
    summable = {pk: of_communes(read, areas) for pk, areas in read.found.items() if read.facts[pk].may_sum}
    if not any(summable.values()):
        return
    regions = communes_of_regions(municipality)
    for pk, communes in summable.items():
        shares = {region: shared(region, regions, communes) for region in regions} if communes else {}
        for region, by_year in shares.items():
            if by_year:
                put(read, pk, region, by_year)


def of_communes(read: Read, areas: Areas) -> dict[str, Years]:
    """The values of Gemeinden by their official keys and years."""
    return {
        read.codes[area]: {value.year: value for value in values}
        for (level, area, _), values in areas.items()
        if level == SpatialLevel.COMMUNE and area in read.codes
    }


def shared(
    region: RegionCommunes, regions: list[RegionCommunes], communes: Mapping[str, Years]
) -> dict[int, list[Value]]:
    """For each year the values that make up a region; years in which one is missing are left out.

    A Gemeinde that was dissolved counts within the one in which it lies since, unless that one lies in several regions.
    """
    years = {year for known in communes.values() for year in known}
    found = {}
    for year in years:
        said = {code for code, known in communes.items() if year in known}
        codes = {standing(code, said) for code in region.keys}
        foreign = {standing(code, said) for other in regions if other is not region for code in other.keys}
        values = [communes[code][year] for code in codes if code]
        if codes and "" not in codes and not codes & foreign and all(v.value is not None for v in values):
            found[year] = values
    return found


def standing(code: str, said: set[str]) -> str:
    """The Gemeinde itself, or that in which it lies by now; empty where neither has a value."""
    seen: set[str] = set()
    while code and code not in said and code not in seen:
        seen.add(code)
        code = merged_into().get(code, "")
    return code if code in said else ""


def put(read: Read, pk: int, region: RegionCommunes, by_year: Mapping[int, list[Value]]) -> None:
    """The sums of a region as its series."""
    title = region.title
    sums = [summed(year, values) for year, values in sorted(by_year.items())]
    series = read.found[pk]
    level = SpatialLevel.REGION
    key = next((known for known in series if known[:2] == (level, title)), (level, title, f"r{region.pk}"))
    series[key] = beside(series.get(key, []), sums)
    breaks = [known for (of, level, _), known in read.breaks.items() if of == pk and level == SpatialLevel.COMMUNE]
    read.breaks.setdefault((pk, SpatialLevel.REGION, title), tuple(sorted({day for known in breaks for day in known})))


def summed(year: int, values: list[Value]) -> Value:
    """The sum of a year."""
    count = len(values)
    return Value(
        0,
        year,
        sum((value.value or Decimal(0) for value in values), Decimal(0)),
        source="; ".join(dict.fromkeys(value.source for value in values if value.source)),
        note=f"Summe aus {count} Gemeinden" if count > 1 else "Wert der Gemeinde",
        is_published=True,
        is_example=any(value.is_example for value in values),
        is_uncertain=any(value.is_uncertain for value in values),
        when=", ".join(dict.fromkeys(value.when for value in values if value.when)),
    )
