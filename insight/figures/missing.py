"""What is missing or old of the Kennzahlen of the catalogue, at which level: for the register of data gaps.

A Kennzahl is asked about where the catalogue says how often it appears or how old its values may be. „–“ (nothing
there) is a statement, any other sign is none. Typed and published values count alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.access import Access
from accounts.enums import Action
from accounts.models import Municipality
from insight.figures.choosing import FIGURE
from participation.enums import DataGapKind
from participation.models import DataGap
from planning.enums import Placeholder, SpatialLevel
from planning.models import Commune, Indicator, IndicatorValue, OfficialValue, PlanningRegion
from planning.queries.official_figures import STATE, YEARLY
from records.registry import kind_of

NAMED = 3  # areas that are named one by one
MANY = {SpatialLevel.COMMUNE: "Gemeinden", SpatialLevel.REGION: "Planungsregionen"}
Latest = dict[tuple[int, str, str], int]  # Kennzahl, level, area; the last year


@dataclass(frozen=True)
class Missing:
    """A Kennzahl that is missing or old at a level; ``entry`` is its gap in the register, where there is one."""

    indicator: Indicator
    kind: DataGapKind
    level: SpatialLevel
    words: str
    rule: str
    url: str
    create_url: str
    entry: DataGap | None
    entry_url: str


def register_parts(municipality: Municipality | None, access: Access) -> dict[str, Any]:
    """What the list of data gaps shows besides its rows."""
    if municipality is None:
        return {}
    rows = list(missing_figures(municipality))
    return {"missing": rows, "may_note": access.allows(Action.WRITE, municipality), "few": len(rows) <= 10}


def missing_figures(municipality: Municipality) -> Iterator[Missing]:
    """By name of the Kennzahl: what is old first, then what is missing (up to six queries)."""
    today = timezone.localdate()
    asked = list(asked_about(today))
    if not asked:
        return
    latest = latest_years(municipality, asked)
    areas = areas_of(municipality)
    gaps = {(row.indicator_id, row.level): row for row in DataGap.objects.filter(municipality=municipality)}
    figures_url = reverse("insight:figures", args=[municipality.slug])
    kind = kind_of(DataGap)
    for indicator in asked:
        for level in levels_of(indicator):
            entry = gaps.get((indicator.pk, level))
            known = {area: latest.get((indicator.pk, level, area)) for area in areas[level]}
            for what, words in verdicts(known, areas[level], level, oldest_year(indicator, today.year)):
                query = f"?indicator={indicator.pk}&kind={what}&level={level}"
                yield Missing(
                    indicator,
                    what,
                    level,
                    words,
                    rule_of(indicator),
                    f"{figures_url}?{FIGURE}={indicator.pk}" if any(known.values()) else "",
                    kind.url("create", municipality) + query,
                    entry,
                    kind.url("detail", municipality, entry.pk) if entry else "",
                )


def asked_about(today: date) -> QuerySet[Indicator]:
    """Kennzahlen of which the catalogue says when they are missing or old."""
    limited = Q(every_years__isnull=False) | Q(most_age__isnull=False)
    holds = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    return Indicator.objects.filter(limited, holds, formula="").order_by("sort_key", "pk")


def levels_of(indicator: Indicator) -> list[SpatialLevel]:
    """The smallest level of a Kennzahl, and the Kreis above it."""
    level = SpatialLevel(indicator.level)
    return [SpatialLevel.DISTRICT, level] if level in MANY else [level]


def areas_of(municipality: Municipality) -> dict[SpatialLevel, dict[str, str]]:
    """The areas of each level by key, with their names (two queries)."""
    communes = Commune.objects.filter(municipality=municipality).order_by("sort_key")
    regions = PlanningRegion.objects.filter(municipality=municipality).order_by("sort_key")
    return {
        SpatialLevel.STATE: {"": "Thüringen"},
        SpatialLevel.DISTRICT: {"": municipality.name},
        SpatialLevel.REGION: {str(pk): title for pk, title in regions.values_list("pk", "title")},
        SpatialLevel.COMMUNE: {ags or f"c{pk}": name for ags, pk, name in communes.values_list("ags", "pk", "name")},
    }


def latest_years(municipality: Municipality, asked: list[Indicator]) -> Latest:
    """The last year of which something is known, typed or published (two queries)."""
    found: Latest = {}

    def note(indicator: int, level: str, area: str, year: int) -> None:
        key = (indicator, level, area)
        found[key] = max(year, found.get(key, 0))

    typed = IndicatorValue.objects.filter(municipality=municipality, indicator__in=asked).order_by()
    typed = typed.filter(Q(value__isnull=False) | Q(placeholder=Placeholder.NOTHING))
    columns = ("indicator_id", "level", "region_id", "commune_id", "commune__ags")
    for indicator, level, region, commune, ags, year in typed.values_list(*columns).annotate(Max("year")):
        of_commune = ags or f"c{commune}"
        note(indicator, level, {"region": str(region), "commune": of_commune}.get(level, ""), year)
    own = Q(area__code__in=[municipality.ags, STATE]) | Q(area__code__startswith=municipality.ags)
    rows = OfficialValue.objects.filter(own, series__indicator__in=asked, length__in=YEARLY).order_by()
    rows = rows.filter(Q(value__isnull=False) | Q(sign=Placeholder.NOTHING))
    for indicator, code, begin in rows.values_list("series__indicator_id", "area__code").annotate(Max("begin")):
        level = {2: SpatialLevel.STATE, 5: SpatialLevel.DISTRICT}.get(len(code), SpatialLevel.COMMUNE)
        note(indicator, level, code if level == SpatialLevel.COMMUNE else "", begin.year)
    return found


def oldest_year(indicator: Indicator, this_year: int) -> int:
    """The earliest year that is not old: by the age that is allowed, else by when a newer value has appeared.

    What is counted for a year is published in the course of the next one.
    """
    if indicator.most_age is not None:
        return this_year - indicator.most_age
    return this_year - (indicator.every_years or 0) - 1


def rule_of(indicator: Indicator) -> str:
    """„erscheint jährlich, höchstens 3 Jahre alt“."""
    every, age = indicator.every_years, indicator.most_age
    words = [f"erscheint {'jährlich' if every == 1 else f'alle {every} Jahre'}"] if every else []
    words += [f"höchstens {age} {'Jahr' if age == 1 else 'Jahre'} alt"] if age else []
    return ", ".join(words)


def verdicts(
    known: dict[str, int | None], names: dict[str, str], level: SpatialLevel, oldest: int
) -> Iterator[tuple[DataGapKind, str]]:
    """What is old and what is missing in the areas of a level."""
    old = {area: year for area, year in known.items() if year and year < oldest}
    none = [area for area, year in known.items() if not year]
    if old:
        last = max(old.values())
        yield DataGapKind.OLD, f"{spread(list(old), names, level)}letzter Wert {last}"
    if none:
        yield DataGapKind.MISSING, f"{spread(none, names, level)}kein Wert"


def spread(areas: list[str], names: dict[str, str], level: SpatialLevel) -> str:
    """„in 2 von 22 Gemeinden (Abtsbessingen, Artern): “; nothing for a single area."""
    if level not in MANY:
        return ""
    if len(areas) == len(names):
        return f"in allen {len(names)} {MANY[level]}: " if len(names) > 1 else f"{names[areas[0]]}: "
    named = f" ({', '.join(names[area] for area in areas)})" if len(areas) <= NAMED else ""
    return f"in {len(areas)} von {len(names)} {MANY[level]}{named}: "
