"""The list of any kind as a page: a constant number of queries, whatever the number of rows."""

from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Value
from django.http import QueryDict

from accounts.access import Access
from accounts.models import Municipality
from accounts.policies import Right
from records.display import field_of, is_numeric, label_of, shown
from records.filters import PAGE, SIZE, SORT, FilterBar, Labels, apply_order, order_expression, read_labels
from records.kind import RecordKind
from records.pages.bulk import Asked, bulk_bar
from records.pages.grids import list_grid
from records.parts import Cell, Column, Link, ListPage, Option, Row
from records.queries.links import links_of_rows
from records.queries.names import names_apart
from records.queries.prepared import Prepared, PreparedRows
from records.queries.scope import Sight, key_of, rows_in_sight, sight_of
from records.registry import kind_of
from records.text import whole_number

Linked = dict[str, dict[int, list[int]]]
SIZES = (30, 100, 300)
STATE_CODES = {
    "done": "done",
    "finished": "done",
    "covered": "done",
    "held": "done",
    "adopted": "done",
    "running": "run",
    "working": "run",
    "forming": "run",
    "confirmed": "run",
    "approved": "run",
    "resting": "rest",
    "deferred": "rest",
    "open": "none",
    "not_started": "none",
    "found": "none",
    "idea": "none",
    "planned": "none",
    "expected": "none",
}


def link_names(kind: RecordKind) -> list[str]:
    """Columns that are links to several records."""
    return [name for name in kind.columns if (f := field_of(kind.model, name)) is not None and f.many_to_many]


def relations_to_label(kind: RecordKind, names: tuple[str, ...] | None = None) -> list[str]:
    """Relations whose labels a list needs: those of columns, of filters and of the bulk bar; or just those named."""
    if names is None:
        names = (*link_names(kind), *kind.filters, *kind.quiet_filters, *kind.columns, *kind.bulk)
    return list(dict.fromkeys(n for n in names if (f := field_of(kind.model, n)) is not None and f.is_relation))


def linked_ids(kind: RecordKind, pks: list[int]) -> Linked:
    """For each link column the ids linked to each row, in one query."""
    found: Linked = defaultdict(lambda: defaultdict(list))
    names = tuple(link_names(kind))
    if names and pks:
        keys = {f"key{place}": pk for place, pk in enumerate(pks)}
        for name, owner_id, target_id in links_of_rows(kind.model, names, len(pks)).run(None, **keys):
            found[name][owner_id].append(target_id)
    return found


def cells_of(kind: RecordKind, record: Any, labels: Labels, linked: Linked) -> tuple[Cell, ...]:
    """The cells of a row, without further queries."""
    cells = []
    for name, field, label, style in drawn_columns(kind.model, kind.columns):
        if style == "links":
            ids = set(linked[name][record.pk])
            text = " · ".join(text for pk, text in labels[name].items() if pk in ids)
            cells.append(Cell(label, text or "–"))
        elif style == "link":
            cells.append(Cell(label, labels[name].get(getattr(record, field.attname)) or "–"))
        elif style == "state":
            cells.append(Cell(label, shown(record, name), "state", STATE_CODES.get(getattr(record, name), "none")))
        else:
            cells.append(Cell(label, shown(record, name) or "–", style))
    return tuple(cells)


@cache
def drawn_columns(model: Any, columns: tuple[str, ...]) -> tuple[tuple[str, Any, str, str], ...]:
    """Name, field, head and manner of each column; the field is None for a property."""

    def style(name: str, field: Any) -> str:
        if field is not None and field.is_relation:
            return "links" if field.many_to_many else "link"
        if field is not None and name == "state":
            return "state"
        return "number" if field is not None and is_numeric(field) else "text"

    fields = [(name, field_of(model, name)) for name in columns]
    return tuple((name, field, label_of(model, name), style(name, field)) for name, field in fields)


def rows_of(kind: RecordKind, records: list[Any], municipality: Municipality | None, labels: Labels) -> tuple[Row, ...]:
    """Table rows for records that are already read."""
    linked = linked_ids(kind, [record.pk for record in records])
    threads = kind.threads(records, municipality, False) if kind.threads else {}
    keys = [record.pk for record in records]
    reckoned = [(each.label, each.told(keys)) for each in kind.reckoned]
    return tuple(
        Row(
            title=name,
            url=kind.url("detail", municipality, record.pk),
            cells=(
                *cells_of(kind, record, labels, linked),
                *(Cell(label, told[record.pk][0]) for label, told in reckoned),
            ),
            pk=record.pk,
            is_example=getattr(record, "is_example", False),
            thread=threads.get(record.pk),
            version=record.version,
        )
        for record, name in zip(records, names_apart(records), strict=True)
    )


def columns_of(kind: RecordKind, bar: FilterBar | None, url: str) -> tuple[Column, ...]:
    """Table heads; with a filter bar those that can be sorted are links."""
    heads = []
    wanted = bar.query.get(SORT, "") if bar else ""
    for name in ("title", *kind.columns):
        label = name_head(kind) if name == "title" else label_of(kind.model, name)
        numeric = name != "title" and is_numeric(field_of(kind.model, name))
        if bar is None or not can_be_ordered(kind.model, name):
            heads.append(Column(label, numeric=numeric))
            continue
        aria = {name: "ascending", f"-{name}": "descending"}.get(wanted, "none")
        next_sort = f"-{name}" if aria == "ascending" else name
        heads.append(Column(label, bar.address(url, **{SORT: next_sort}), aria, numeric))
    return (*heads, *(Column(each.label) for each in kind.reckoned))


def name_head(kind: RecordKind) -> str:
    """What stands above the names: the kind, where no other column is called so („Votum“, „Entscheidung“)."""
    return "Bezeichnung" if kind.label in {label_of(kind.model, name) for name in kind.columns} else kind.label


@cache
def can_be_ordered(model: Any, name: str) -> bool:
    """Whether the head of a column orders the rows."""
    return order_expression(kind_of(model), name) is not None


def filter_bar(kind: RecordKind, municipality: Municipality | None, query: QueryDict, access: Access) -> FilterBar:
    """What was asked for in the address."""
    return FilterBar(kind, query, read_labels(kind, relations_to_label(kind), municipality, access))


def filtered_rows(
    kind: RecordKind, municipality: Municipality | None, query: QueryDict, access: Access
) -> tuple[FilterBar, QuerySet[Any]]:
    """The filter bar and the rows in the wanted order; lists and exports share it."""
    bar = filter_bar(kind, municipality, query, access)
    rows = apply_order(kind, bar.apply(kind.rows(access, municipality)), query.get(SORT, ""))
    return bar, rows


class WholeList:
    """All rows of a kind that a person sees, counted and read page by page with statements that are compiled once."""

    def __init__(self, kind: RecordKind, municipality: Municipality | None, access: Access, sort: str) -> None:
        self.municipality, self.user = municipality, key_of(access)
        self.rows, self.number = whole_list(kind.model, sight_of(access, municipality), sort)

    def count(self) -> int:
        """How many there are (one query)."""
        return sum(number for (number,) in self.number.run(self.municipality, user=self.user))

    def __getitem__(self, part: slice) -> list[Any]:
        size = part.stop - part.start
        return self.rows.part(self.municipality, size, part.start, user=self.user) if size else []


@cache
def whole_list(model: Any, sight: Sight, sort: str) -> tuple[PreparedRows, Prepared]:
    """The rows in an order, and their number."""
    kind, rows = kind_of(model), rows_in_sight(model, sight)
    numbers = rows.order_by().select_related(None).annotate(all_rows=Value(1)).values("all_rows")
    return PreparedRows(apply_order(kind, drawn_rows(kind, rows), sort)), Prepared.of(
        numbers.annotate(number=Count("pk")).values_list("number")
    )


def drawn_rows(kind: RecordKind, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with nothing but what the table shows: no long texts, and no related records, whose labels are read."""
    model: Any = kind.model
    fields = [field_of(model, name) for name in kind.columns]
    measured = any(unit.startswith("=") for unit in model.units.values())
    if measured or None in fields:  # a property or a unit may ask for anything
        return rows
    shown_names = [field.name for field in fields if not field.many_to_many]
    states = [model.only_in[name].field for name in shown_names if name in model.only_in]
    marks = [name for name in ("label", "version", "is_example") if field_of(model, name)]
    return rows.select_related(None).only(*shown_names, *states, *marks)


def empty_link(kind: RecordKind, municipality: Municipality | None, access: Access) -> Link | None:
    """The way that an empty list offers besides creating, where the person may go it."""
    way = kind.empty_link
    if way is None or municipality is None or not access.allows(way.action, municipality):
        return None
    return Link(way.label, way.url(municipality))


def export_links(bar: FilterBar, municipality: Municipality | None) -> tuple[Link, ...]:
    """The list as it is filtered and ordered, as files; all its pages."""
    kind = bar.kind
    return tuple(
        Link(label, bar.address(kind.url(code, municipality)).replace(f"{PAGE}=", "_="))
        for code, label in (("csv", "CSV"), ("xlsx", "XLSX"))
    )


def list_page(
    kind: RecordKind, municipality: Municipality | None, query: QueryDict, access: Access, asked: Asked | None = None
) -> ListPage:
    """Everything the list shows. A page number out of range leads to the nearest page.

    ``asked`` is a change of marked rows that was refused: it is shown again.
    """
    url = kind.url("list", municipality)
    bar = filter_bar(kind, municipality, query, access)
    wanted = whole_number(query.get(SIZE))
    size = wanted if wanted in SIZES else SIZES[0]
    listed: Any = WholeList(kind, municipality, access, bar.sort)
    if bar.narrows:
        listed = apply_order(kind, drawn_rows(kind, bar.apply(kind.rows(access, municipality))), bar.sort)
    page = Paginator(listed, size).get_page(query.get(PAGE, "1"))
    records = list(page.object_list)
    may_create = kind.allows(Right.CREATE, access, municipality)
    create = Link(f"{kind.label} anlegen", kind.url("create", municipality)) if kind.creatable and may_create else None
    table = rows_of(kind, records, municipality, bar.labels)
    if asked:
        table = tuple(replace(row, marked=row.pk in asked.marks) for row in table)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return ListPage(
        title=kind.plural,
        intro=kind.intro,
        search=bar.search,
        filters=bar.fields(),
        active_filters=bar.active(url),
        clear_url=url,
        columns=columns_of(kind, bar, url),
        rows=table,
        total=page.paginator.count,
        first=page.start_index(),
        last=page.end_index(),
        pages=tuple(Link(str(n), bar.address(url, **{PAGE: str(n)}) if isinstance(n, int) else "") for n in numbers),
        current_page=page.number,
        previous_url=bar.address(url, **{PAGE: str(page.number - 1)}) if page.has_previous() else "",
        next_url=bar.address(url, **{PAGE: str(page.number + 1)}) if page.has_next() else "",
        sizes=tuple(Option(str(n), str(n), n == size) for n in SIZES),
        size_links=tuple(Link(str(n), bar.address(url, **{SIZE: str(n)})) for n in SIZES),
        exports=export_links(bar, municipality),
        create=create,
        empty_fact=kind.none_yet,
        empty_way=f"So beginnen andere: {kind.empty_way}" if kind.is_tenant else kind.empty_way,
        empty_link=empty_link(kind, municipality, access),
        sort=query.get(SORT, ""),
        quiet_filters=bar.quiet(),
        has_thread=kind.threads is not None,
        buttons=(*kind.buttons("list", municipality, access), *list_grid(bar, municipality, access)),
        read_in=Link("Einlesen", kind.url("import", municipality)) if kind.is_importable and may_create else None,
        bulk=bulk_bar(bar, municipality, access, table, asked),
    )
