"""What the ministry's table is asked for: the day, the year of the plans, filters. They live in the address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from accounts.date_words import read_vague
from accounts.enums import StateRegion
from overview.queries.ministry import PLAN_STATES, POST_STATES, Standing
from planning.enums import FIRST_YEAR, Phase
from records.text import fold, whole_number

LONGEST = 80
TOO_EARLY = f"Das Portal kennt Einträge ab {FIRST_YEAR}. Nennen Sie einen späteren Tag."
TOO_LATE = "Der Tag liegt in der Zukunft. Nennen Sie heute oder einen früheren Tag."
NO_DAY = "Diesen Tag versteht das Portal nicht. Schreiben Sie zum Beispiel 15.12.2017 oder Juni 2018."
QUICK: dict[str, tuple[str, Callable[[Standing], bool]]] = {
    "unterstuetzung": ("Unterstützung gewünscht", lambda row: row.requests > 0),
    "unbesetzt": ("Planerstelle unbesetzt", lambda row: row.post == "vacant"),
    "huerden": ("Offene Hürden", lambda row: row.hurdles > 0),
}
PLAN_PATTERNS = {
    "none": "empty",
    "draft": "dots",
    "released": "dense",
    "submitted": "diagonal",
    "in_review": "cross",
    "returned": "rows",
    "approved": "solid",
    "published": "stars",
}
POST_PATTERNS = {"unknown": "empty", "vacant": "rows", "filled": "solid"}
LEVEL_PATTERNS = {"0": "empty", "1": "dots", "2": "diagonal", "3": "solid"}
LEVELS = {"0": "ohne Stufe", "1": "Stufe 1", "2": "Stufe 2", "3": "Stufe 3"}
LAYERS: dict[str, tuple[str, dict[str, str], dict[str, str], Callable[[Standing], str]]] = {
    "plan": ("Planstand", PLAN_STATES, PLAN_PATTERNS, lambda row: row.plan),
    "stufe": ("Stufe", LEVELS, LEVEL_PATTERNS, lambda row: str(row.level or 0)),
    "stelle": ("Planerstelle", POST_STATES, POST_PATTERNS, lambda row: row.post),
}


@dataclass(frozen=True)
class Wanted:
    """The filter of the address; what cannot be understood counts as not set.

    ``typed`` is the day as it was typed, ``fault`` the sentence where it is none: then the table is that of today.
    """

    name: str
    region: str
    phase: Phase | None
    quick: str
    layer: str
    states: tuple[tuple[str, str], ...]
    by_region: bool
    day: date
    typed: str
    fault: str
    plan_year: int

    @classmethod
    def read(cls, query: QueryDict, today: date) -> "Wanted":
        """From the address of the page."""
        typed = text_of(query, "stand") or text_of(query, "jahr")
        day, fault = day_of(typed, today)
        plan_year = whole_number(query.get("planjahr", ""))
        layer = query.get("karte", "")
        return cls(
            name=text_of(query, "name"),
            region=next((region.value for region in StateRegion if region.value == query.get("region")), ""),
            phase=next((phase for phase in Phase if phase.slug == query.get("phase")), None),
            quick=query.get("nur", "") if query.get("nur", "") in QUICK else "",
            layer=layer if layer in LAYERS else "plan",
            states=tuple((n, str(query.get(n))) for n in LAYERS if query.get(n, "") in LAYERS[n][1]),
            by_region=query.get("ordnung") == "region",
            day=day,
            typed=typed if fault else f"{day:%d.%m.%Y}" if day != today else "",
            fault=fault,
            plan_year=plan_year if plan_year and plan_year in plan_years(day) else day.year,
        )

    @property
    def state_labels(self) -> list[str]:
        """The chosen states of the map's legend, in words."""
        return [LAYERS[layer][1][state] for layer, state in self.states]

    def fits(self, row: Standing) -> bool:
        """True for a row that is to be shown."""
        return (
            fold(self.name) in fold(row.name)
            and self.region in {"", row.region}
            and (self.phase is None or row.phases[self.phase.number - 1] == "run")
            and (not self.quick or QUICK[self.quick][1](row))
            and all(LAYERS[name][3](row) == state for name, state in self.states)
        )

    def choose(self, rows: list[Standing]) -> list[Standing]:
        """Rows that fit, by name or by region and name."""
        chosen = [row for row in rows if self.fits(row)]
        order = [region.value for region in StateRegion]
        return sorted(chosen, key=lambda row: order.index(row.region)) if self.by_region else chosen

    @property
    def is_filtered(self) -> bool:
        """True where the table may show fewer rows than there are."""
        return bool(self.name or self.region or self.phase or self.quick or self.states)


def text_of(query: QueryDict, name: str) -> str:
    """A typed value without what no text holds."""
    return query.get(name, "").replace("\x00", "").strip()[:LONGEST]


def day_of(typed: str, today: date) -> tuple[date, str]:
    """The day that was typed, the last one of a vague date, and what is wrong with it; then it is today."""
    if not typed:
        return today, ""
    try:
        day = read_vague(typed).last
    except ValueError:
        return today, NO_DAY
    if day.year < FIRST_YEAR:
        return today, TOO_EARLY
    if day > today and (day.year, typed) != (today.year, str(today.year)):
        return today, TOO_LATE
    return min(day, today), ""


def plan_years(day: date) -> range:
    """The years whose plans can be shown: up to the one after the day's, for which plans are made then."""
    return range(FIRST_YEAR, day.year + 2)
