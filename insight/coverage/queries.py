"""Offers beside needs: who is thought of where, in a matrix of Handlungsfelder and Lebensphasen or regions."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.db.models import CharField, QuerySet, Value

from accounts.models import Municipality
from planning.enums import NeedState, Priority
from planning.models import ActionField, LifePhase, Need, Offer, PlanningCycle, PlanningRegion
from records.models import stand_ins
from records.queries.prepared import MUNICIPALITY, Prepared

NOTHING = 0  # stands for „ohne Zuordnung“; no record has this key
FIELDS, LIFE_PHASES, REGIONS = "action_fields", "life_phases", "regions"
RELATIONS = (FIELDS, LIFE_PHASES, REGIONS)
WITHOUT = "ohne Zuordnung"
CATALOGUES: dict[str, Any] = {FIELDS: ActionField, LIFE_PHASES: LifePhase}

Keys = frozenset[int]


@dataclass(frozen=True)
class Linked:
    """An offer or a need with the keys it is linked with, by relation."""

    pk: int
    title: str
    is_example: bool
    links: dict[str, Keys]
    is_open: bool = True
    priority: str = ""

    def stands_in(self, relation: str, key: int) -> bool:
        """True where it is linked with the key; NOTHING means linked with none."""
        links = self.links.get(relation, frozenset())
        return key in links if key != NOTHING else not links


@dataclass(frozen=True)
class Cell:
    """What meets in one cell."""

    offers: tuple[Linked, ...] = ()
    needs: tuple[Linked, ...] = ()

    @property
    def open_needs(self) -> int:
        """Needs that are not covered yet."""
        return sum(need.is_open for need in self.needs)

    @property
    def is_gap(self) -> bool:
        """Open needs and no offer."""
        return bool(self.open_needs and not self.offers)


@dataclass(frozen=True)
class Axis:
    """Rows or columns: a relation and its records by key, NOTHING last where something is linked with none."""

    relation: str
    labels: dict[int, str]


@dataclass(frozen=True)
class Matrix:
    """Cells by row and column."""

    rows: Axis
    columns: Axis
    cells: dict[tuple[int, int], Cell]

    @property
    def gaps(self) -> int:
        """Cells in which there are open needs and no offer."""
        return sum(cell.is_gap for cell in self.cells.values())


@dataclass
class Stock:
    """Offers and needs of a municipality with the catalogues they are sorted by."""

    offers: list[Linked]
    needs: list[Linked]
    catalogues: dict[str, dict[int, str]] = field(default_factory=dict)
    heirs: frozenset[tuple[str, int]] = frozenset()  # entries under which what names others stands too

    def narrowed(self, region: int | None, only_high: bool) -> "Stock":
        """What belongs to a region, and needs of high priority only."""
        inside: Callable[[Linked], bool] = lambda row: region is None or row.stands_in(REGIONS, region)  # noqa: E731
        needs = [need for need in self.needs if inside(need) and (not only_high or need.priority == Priority.HIGH)]
        return Stock([offer for offer in self.offers if inside(offer)], needs, self.catalogues, self.heirs)

    def axis(self, relation: str) -> Axis:
        """The catalogue; what is linked with none has a line of its own."""
        labels = dict(self.catalogues[relation])
        if any(row.stands_in(relation, NOTHING) for row in (*self.offers, *self.needs)):
            labels[NOTHING] = WITHOUT
        return Axis(relation, labels)

    def matrix(self, columns: str) -> Matrix:
        """Handlungsfelder against another relation; who has several stands in several cells."""
        across, down = self.axis(columns), self.axis(FIELDS)
        cells = {
            (row, column): Cell(meeting(self.offers, row, columns, column), meeting(self.needs, row, columns, column))
            for row in down.labels
            for column in across.labels
        }
        return Matrix(down, across, cells)


def meeting(rows: Iterable[Linked], field_key: int, relation: str, key: int) -> tuple[Linked, ...]:
    """What belongs to both."""
    return tuple(row for row in rows if row.stands_in(FIELDS, field_key) and row.stands_in(relation, key))


def read_stock(municipality: Municipality, cycle: PlanningCycle | None, today: date) -> Stock:
    """Offers that have not ended and the needs of the cycle, under the entries that hold today (six queries)."""
    entries = {name: list(model._default_manager.order_by("sort_key", "pk")) for name, model in CATALOGUES.items()}
    names = {name: stand_ins(rows, (today, today)) for name, rows in entries.items()}
    heirs: set[tuple[str, int]] = set()
    links: dict[str, dict[str, dict[int, set[int]]]] = {
        kind: {relation: defaultdict(set) for relation in RELATIONS} for kind in ("offer", "need")
    }
    for kind, relation, pk, target in pairs_statement().run(municipality):
        heir = names[relation][target].pk if relation in names else target
        heirs |= {(relation, heir)} if heir != target else set()
        links[kind][relation][pk].add(heir)

    def linked(kind: str, pk: int) -> dict[str, Keys]:
        return {relation: frozenset(links[kind][relation][pk]) for relation in RELATIONS}

    own = {"municipality": municipality}
    offers = Offer.objects.filter(**own).order_by("sort_key", "pk").values_list("pk", "label", "is_example", "end")
    needs = Need.objects.filter(cycle=cycle, **own).order_by("sort_key", "pk")
    used = {
        name: {key for kind in links.values() for keys in kind[name].values() for key in keys} for name in RELATIONS
    }
    stock = Stock(
        [
            Linked(pk, label, is_example, linked("offer", pk))
            for pk, label, is_example, end in (columns for columns in offers)
            if end is None or end.last >= today
        ],
        [
            Linked(pk, label, is_example, linked("need", pk), state != NeedState.COVERED, priority)
            for pk, label, is_example, state, priority in needs.values_list(
                "pk", "label", "is_example", "state", "priority"
            )
        ],
    )
    stock.catalogues = {
        **{
            name: {row.pk: row.label for row in rows if row.holds((today, today)) or row.pk in used[name]}
            for name, rows in entries.items()
        },
        REGIONS: dict(PlanningRegion.objects.filter(**own).order_by("sort_key", "pk").values_list("pk", "label")),
    }
    stock.heirs = frozenset(heirs)
    return stock


@cache
def pairs_statement() -> Prepared:
    """All links of offers and needs as rows of (kind, relation, from, to)."""
    parts: list[QuerySet[Any]] = []
    for kind, model in (("offer", Offer), ("need", Need)):
        for relation in RELATIONS:
            link: Any = model._meta.get_field(relation)
            target = f"{link.m2m_reverse_field_name()}_id"
            rows = link.remote_field.through._default_manager.filter(**{f"{kind}__municipality": MUNICIPALITY})
            names = {"what": Value(kind, output_field=CharField()), "how": Value(relation, output_field=CharField())}
            parts.append(rows.order_by().annotate(**names).values_list("what", "how", f"{kind}_id", target))
    return Prepared.of(parts[0].union(*parts[1:], all=True))
