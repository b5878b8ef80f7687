"""The Familienbericht of a municipality and year: Lage, Bestand, Bedarf, Aktivitäten des Jahres.

Source: the report of 2018, section 2.1.8: once a year the administration states how the situation of families has
developed and what it has done for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from planning.enums import NeedState
from planning.models import Measure, Need, Offer
from plans import bodies
from plans.builder.basis import WITHOUT_FIELD_HEAD, mark
from plans.builder.substance import answers_to_needs, inventory_body, need_entry, said_numbers
from plans.charts import PlanChart, figure_charts
from plans.figure_maps import PrintedMap, figure_maps
from plans.figures import written
from printing.drawings.grid import Bar, Cell, Grid, draw_grid
from printing.templatetags.papers import liste, zahl
from records.vague import VagueDate
from reporting.reports.parts import (
    GONE,
    NOT_SAID,
    YearOfParticipation,
    frame_facts,
    participation_facts,
    participation_of,
)
from reporting.reports.states import States, measure_states, need_states
from reporting.reports.year import MunicipalYear

WHOLE_AREA = "ohne Zuordnung zu einer Region"


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """A Kennzahl in an area: the first number of the series, where it is not the last value too, and the last value."""

    first: bodies.Figure | None
    last: bodies.Figure

    @property
    def last_text(self) -> str:
        """The last value as it is printed."""
        return written(self.last)


@dataclass(frozen=True, kw_only=True)
class CoverRow:
    """A Handlungsfeld: pairs of offers and open needs by Lebensphase."""

    action_field: str
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class RegionRow(bodies.Entry):
    """A Planungsregion: offers and open needs by Handlungsfeld, and all; each offer counts once in the sum."""

    title: str
    cells: tuple[tuple[int, int], ...]
    offers: int
    needs: int


@dataclass(frozen=True, kw_only=True)
class NeedLine(bodies.Entry):
    """A need in the table, without its evidence in words."""

    code: str
    title: str
    for_whom: str
    priority: str
    state: str
    evidence: int
    answered_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FieldOfNeeds:
    """The needs of a Handlungsfeld."""

    action_field: str
    needs: tuple[NeedLine, ...]


@dataclass(frozen=True, kw_only=True)
class Activity(bodies.Entry):
    """An offer or a measure of the year: what it is, by whom, since when."""

    title: str
    provider: str
    begin: VagueDate | None
    end: VagueDate | None
    note: str


@dataclass(frozen=True, kw_only=True)
class FamilyReport:
    """The Familienbericht."""

    facts: tuple[bodies.Fact, ...]
    inventory: bodies.InventoryBody
    figures: tuple[FigureRow, ...]
    charts: tuple[PlanChart, ...]
    maps: tuple[PrintedMap, ...]
    cover: tuple[CoverRow, ...]
    drawing: Grid | None
    fields: tuple[str, ...]
    regions: tuple[RegionRow, ...]
    needs: tuple[FieldOfNeeds, ...]
    participation: YearOfParticipation
    new_offers: tuple[Activity, ...]
    ended_offers: tuple[Activity, ...]
    measures: tuple[Activity, ...]
    states: str

    @property
    def all_needs(self) -> tuple[NeedLine, ...]:
        """The needs of all Handlungsfelder."""
        return tuple(need for group in self.needs for need in group.needs)


def family_report(year: MunicipalYear) -> FamilyReport:
    """From the records, needs and measures as the edition calls them; a fixed number of queries."""
    basis = year.basis
    basis.offers = [offer for offer in basis.offers if offer.end is None or offer.end.year >= year.year.number]
    inventory, part = inventory_body(basis), participation_of(year)
    needs, measures = need_states(year), measure_states(year)
    open_needs = [need for need in basis.needs if not needs.holds(need, NeedState.COVERED)]
    cover = cover_of(year, open_needs)
    return FamilyReport(
        facts=facts_of(year, inventory, part, len(open_needs)),
        inventory=inventory,
        figures=figures_of(inventory.figures),
        charts=figure_charts(inventory.figures, inventory.figure_notes),
        maps=figure_maps(year.municipality.ags, inventory),
        cover=cover,
        drawing=drawing_of(year, cover),
        fields=tuple(str(field) for field in basis.action_fields),
        regions=regions_of(year, open_needs),
        needs=needs_of(year, needs),
        participation=part,
        new_offers=tuple(offer_activity(year, o) for o in basis.offers if year.year.holds(o.begin)),
        ended_offers=tuple(offer_activity(year, o) for o in basis.offers if year.year.holds(o.end)),
        measures=activities_of(year, measures),
        states=needs.sentence,
    )


def facts_of(
    year: MunicipalYear, inventory: bodies.InventoryBody, part: YearOfParticipation, open_needs: int
) -> tuple[bodies.Fact, ...]:
    """The table „Auf einen Blick“."""
    place = year.municipality
    known = place.population is not None and (place.population_year or 0) <= year.year.number
    people = f"{zahl(place.population)} ({place.population_year})" if known else NOT_SAID
    found = [
        *frame_facts(year),
        bodies.Fact(label="Einwohnerinnen und Einwohner", value=people),
        bodies.Fact(
            label="Planungsregionen", value=", ".join(region.title for region in inventory.regions) or NOT_SAID
        ),
        bodies.Fact(label="Angebote", value=offers_in_words(year.basis.offers)),
        bodies.Fact(label="Bedarfe", value=needs_in_words(len(year.basis.needs), open_needs, len(year.gone_needs))),
        *participation_facts(part),
    ]
    return tuple(found)


def offers_in_words(offers: list[Offer]) -> str:
    """„12 von 5 Trägern“; whose offer is not said counts for none."""
    providers = len({offer.provider_id for offer in offers} - {None})
    of = f" von {providers} {'Träger' if providers == 1 else 'Trägern'}" if providers else ""
    return f"{len(offers)}{of}" if offers else NOT_SAID


def needs_in_words(needs: int, open_needs: int, gone: int) -> str:
    """„15, davon 9 offen“; what the plan of the year named counts also where its record was deleted since."""
    said = f"{needs}, davon {open_needs} offen" if needs else NOT_SAID
    return f"{said}; dazu {gone} {GONE}" if gone else said


def figures_of(rows: tuple[bodies.Figure, ...]) -> tuple[FigureRow, ...]:
    """One line for each Kennzahl and area; ``rows`` come by year."""
    series: dict[tuple[str, str, str], list[bodies.Figure]] = {}
    for row in rows:
        series.setdefault((row.indicator, row.level, row.area), []).append(row)
    found = []
    for values in series.values():
        first = next((value for value in values[:-1] if value.value is not None), None)
        found.append(FigureRow(first=first, last=values[-1]))
    return tuple(found)


def cover_of(year: MunicipalYear, needs: list[Need]) -> tuple[CoverRow, ...]:
    """Offers and open needs by Handlungsfeld and Lebensphase; who has several counts in each (no query)."""
    basis = year.basis
    rows = []
    for field in basis.action_fields:
        offers = [offer for offer in basis.offers if field in basis.fields_of(offer)]
        wanted = [need for need in needs if field in basis.fields_of(need)]
        cells = tuple(
            (
                sum(phase in basis.phases_of(offer) for offer in offers),
                sum(phase in basis.phases_of(need) for need in wanted),
            )
            for phase in basis.life_phases
        )
        rows.append(CoverRow(action_field=str(field), cells=cells))
    return tuple(rows) if any(any(pair) for row in rows for pair in row.cells) else ()


def drawing_of(year: MunicipalYear, cover: tuple[CoverRow, ...]) -> Grid | None:
    """The matrix as bars; None where there is nothing to draw."""
    if not cover:
        return None
    rows = [
        (
            row.action_field,
            [
                Cell((Bar(offers, True), Bar(needs, False)), is_gap=bool(needs and not offers))
                for offers, needs in row.cells
            ],
        )
        for row in cover
    ]
    gaps = sum(bool(needs and not offers) for row in cover for offers, needs in row.cells)
    said = (
        "In keinem Feld stehen offene Bedarfe ohne Angebot."
        if not gaps
        else (f"In {gaps} {'Feld' if gaps == 1 else 'Feldern'} stehen offene Bedarfe ohne Angebot.")
    )
    return draw_grid(
        rows,
        [phase.title for phase in year.basis.life_phases],
        uid="abgleich",
        title="Angebote und offene Bedarfe nach Handlungsfeld und Lebensphase",
        description=said,
    )


def regions_of(year: MunicipalYear, open_needs: list[Need]) -> tuple[RegionRow, ...]:
    """Offers and open needs by Planungsregion; an offer in a Gemeinde belongs to the region of the Gemeinde."""
    basis = year.basis
    by_commune: dict[int, set[int]] = {}
    for region in basis.regions:
        for commune in region.communes.all():
            by_commune.setdefault(commune.pk, set()).add(region.pk)

    def places(offer: Offer) -> set[int]:
        own = {region.pk for region in offer.regions.all()}
        return own or by_commune.get(offer.commune_id or 0, set())

    needs = [(need, {region.pk for region in need.regions.all()}) for need in open_needs]
    offers = [(offer, places(offer)) for offer in basis.offers]
    rows = [
        region_row(
            year, region.title, [o for o, at in offers if region.pk in at], [n for n, at in needs if region.pk in at]
        )
        for region in basis.regions
    ]
    rest = region_row(year, WHOLE_AREA, [o for o, at in offers if not at], [n for n, at in needs if not at])
    return (*rows, rest) if basis.regions and (rest.offers or rest.needs) else tuple(rows)


def region_row(year: MunicipalYear, title: str, offers: list[Offer], needs: list[object]) -> RegionRow:
    """One line of the table."""

    def of(rows: list[object], field: object) -> int:
        return sum(field in year.basis.fields_of(row) for row in rows)

    cells = tuple((of(list(offers), field), of(needs, field)) for field in year.basis.action_fields)
    return RegionRow(title=title, cells=cells, offers=len(offers), needs=len(needs))


def needs_of(year: MunicipalYear, states: States) -> tuple[FieldOfNeeds, ...]:
    """All needs of the cycle under their first Handlungsfeld."""
    basis, answers, said = year.basis, answers_to_needs(year.basis), said_numbers(year.basis)
    entries = {need.pk: need_entry(basis, need, answers, said) for need in basis.needs}
    groups = []
    for field in (*basis.action_fields, None):
        own = [need for need in basis.needs if basis.field_of_need[need.pk] == field]
        lines = tuple(need_line(entries[need.pk], states.words(need)) for need in own)
        name = str(field) if field else WITHOUT_FIELD_HEAD
        lines += tuple(gone_need(need) for head, need in year.gone_needs if head == name)
        if lines or field:
            groups.append(FieldOfNeeds(action_field=name, needs=lines))
    return tuple(groups)


def gone_need(entry: bodies.NeedEntry) -> NeedLine:
    """What the plan said of a need whose record was deleted since."""
    return NeedLine(
        code=entry.code,
        title=entry.title,
        for_whom=" · ".join(entry.for_whom),
        priority=entry.priority,
        state=GONE,
        evidence=len(entry.evidence),
        answered_by=unparted(entry.answered_by),
        example=entry.example,
    )


def unparted(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Numbers of measures that no end of a line parts."""
    return tuple(code.replace("M ", "M\u00a0") for code in codes)


def need_line(entry: bodies.NeedEntry, state: str) -> NeedLine:
    """A need in one line."""
    return NeedLine(
        code=entry.code,
        title=entry.title,
        for_whom=" · ".join(entry.for_whom),
        priority=entry.priority,
        state=state,
        evidence=len(entry.evidence),
        answered_by=unparted(entry.answered_by),
        example=entry.example,
        source=entry.source,
        contradiction=entry.contradiction,
    )


def offer_activity(year: MunicipalYear, row: Offer) -> Activity:
    """An offer that began or ended."""
    return Activity(
        title=row.title,
        provider=str(row.provider or ""),
        begin=row.begin,
        end=row.end,
        note=liste(str(field) for field in year.basis.fields_of(row)),
        **mark(row),
    )


def activities_of(year: MunicipalYear, states: States) -> tuple[Activity, ...]:
    """The measures of the year, then those of the plan whose records were deleted since."""
    rows = [row for row in year.basis.measures if year.year.touches(row.begin, row.end)]
    return (*(measure_activity(year, row, states) for row in rows), *gone_activities(year))


def measure_activity(year: MunicipalYear, row: Measure, states: States) -> Activity:
    """A measure of the year with its state, and whether it came after the edition."""
    added = year.added_note(row)
    return Activity(
        title=str(row),
        provider=str(row.provider or ""),
        begin=row.begin,
        end=row.end,
        note="; ".join(filter(None, (states.words(row), added))),
        **mark(row),
    )


def gone_activities(year: MunicipalYear) -> Iterator[Activity]:
    """What the plan said of these measures; what became of them nobody has recorded."""
    for _, sheet in year.gone_measures:
        begin, end = year.planned.periods.get(sheet.uid, (None, None)) if year.planned else (None, None)
        if year.year.touches(begin, end):
            named = f"{sheet.code} {sheet.title}"
            yield Activity(title=named, provider=sheet.provider, begin=begin, end=end, note=GONE, example=sheet.example)
