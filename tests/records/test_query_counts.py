"""The number of queries does not grow with the number of rows."""

from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from planning.models import Need
from records.kind import RecordKind
from records.models import Numbered
from records.models.base import Record, new_uid
from records.pages import listing
from records.registry import all_kinds, kind_of
from tests.cast import Cast, Walker
from tests.factories import make_kind, rows_at
from tests.kinds import every_kind

pytestmark = pytest.mark.usefixtures("quiet")
LIST, DETAIL, HISTORY, START, MINISTRY, FILE = 10, 20, 7, 12, 8, 25
WAITING = 7  # session, person, roles; what waits, what comes in the one municipality, what happened, what was read
OF_CASES = {"fundingapplication": 46, "fundingdecision": 26, "proofofuse": 26}  # many kinds of parts stand on them
OF_CASES["measure"] = DETAIL + 1  # what controlling has said
BESIDE_LIST = {"datagap": 5, "need": 1}  # Kennzahlen with their last values, areas, gaps; years of what has one name
TIMELINE = 30  # one for each kind with dates


def copies(record: Record, count: int) -> list[Any]:
    """That many copies of a record with its links, stored without history; a parent that must differ is copied too."""
    model = type(record)
    alone = [
        c.fields
        for c in model._meta.constraints
        if isinstance(c, models.UniqueConstraint) and not {"uid", "number", "case_number", "edition"} & set(c.fields)
    ]
    rows = []
    parents: dict[str, list[Any]] = {}
    by_year, by_title = False, False
    for names in alone:
        others = [name for name in names if name != "municipality"]
        parent = next((n for n in others if isinstance(model._meta.get_field(n), models.ForeignKey)), "")
        by_year |= not parent and "year" in others
        by_title |= not parent and "title" in others
        if parent and getattr(record, parent) is not None:
            parents[parent] = copies(getattr(record, parent), count)
    for number in range(count):
        row = model._default_manager.get(pk=record.pk) if number == 0 else model(**plain(rows[0]))
        if number == 0:
            rows.append(row)
            row = model(**plain(row))
        row.pk, row.uid = None, new_uid()
        if isinstance(row, Numbered):
            row.number = 1_000 * record.pk + model._default_manager.count() + number
        if by_year:  # one row for each year
            row.year = 3_000 + model._default_manager.count() + number
        if by_title:
            row.title = f"{rows[0].title} {model._default_manager.count()} {number}"
        for name, found in parents.items():
            setattr(row, name, found[number])
        rows.append(row)
    made = model._default_manager.bulk_create(rows[1:])
    for link in model.link_fields():
        through: Any = link.remote_field.through
        own, other = link.m2m_field_name(), link.m2m_reverse_field_name()
        targets = list(getattr(record, link.name).values_list("pk", flat=True))
        through.objects.bulk_create(
            [through(**{f"{own}_id": row.pk, f"{other}_id": target}) for row in made for target in targets]
        )
    return made


def plain(record: Any) -> dict[str, Any]:
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def queries(client: Walker, url: str) -> int:
    """Queries of a request, those for session and person included."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return len(captured)


def counts(cast: Cast, kind: RecordKind) -> list[int]:
    """Queries of the list with 5 rows and with 35, which are two pages; last those of the page of a record."""
    record = make_kind(kind, cast.home)
    client = cast.client("planner", Walker)
    url = kind.url("list", cast.home)
    queries(client, url)
    copies(record, 4)
    few = queries(client, url)
    copies(record, 30)
    assert rows_at(kind, cast.home).count() > listing.SIZES[0]
    lists = [few, queries(client, url)]
    detail = kind.url("detail", cast.home, record.pk)
    client.get(detail)  # the first visit is noted in the session
    return [*lists, queries(client, detail)]


@every_kind
def test_lists_need_the_same_queries_for_few_rows_and_for_many(cast, kind):
    *found, detail = counts(cast, kind)
    assert len(set(found)) == 1
    assert found[0] <= LIST + BESIDE_LIST.get(kind.model._meta.model_name, 0)
    assert detail <= OF_CASES.get(kind.name, DETAIL)


def test_details_and_files_need_the_same_queries_for_one_link_and_for_many(cast):
    need = make_kind(kind_of(Need), cast.home)
    client, kind = cast.client("planner", Walker), kind_of(Need)
    pages = [kind.url("detail", cast.home, need.pk), kind.url("csv", cast.home)]
    client.get(pages[0])
    first = [queries(client, url) for url in pages]
    for name in ("figures", "regions"):
        field = Need._meta.get_field(name)
        getattr(need, name).add(*copies(getattr(need, name).first(), 5))
        assert field.related_model.objects.count() >= 6
    assert [queries(client, url) for url in pages] == first
    assert first[1] <= FILE


def test_a_history_names_only_what_differs(cast):
    need, client = make_kind(kind_of(Need), cast.home), cast.client("planner", Walker)
    url = kind_of(Need).url("history", cast.home, need.pk)
    row = need.history.first()
    alike = queries(client, url)
    for title in ("Anders", "Noch anders"):
        row.pk, row.title, row.history_type = None, title, "~"
        row.save(force_insert=True)
    assert "Noch anders" in client.get(url).content.decode()
    assert queries(client, url) == alike <= HISTORY


def test_a_query_for_each_row_is_found(cast, monkeypatch):
    rows_of = listing.rows_of

    def careless(kind, records, *args):
        return [kind.model.history.filter(id=record.pk).first() for record in records] and rows_of(kind, records, *args)

    monkeypatch.setattr(listing, "rows_of", careless)
    found = counts(cast, kind_of(Need))
    assert found[1] > found[0] > LIST


def crowd(cast: Cast, count: int) -> None:
    """That many rows of every kind in one municipality."""
    for kind in all_kinds():
        if kind.is_tenant:
            copies(make_kind(kind, cast.home), count)


@pytest.mark.slow
def test_overviews_need_the_same_queries_with_many_rows(cast):
    slug = {"slug": cast.home.slug}
    pages = {
        "start": ("planner", reverse("overview:start", kwargs=slug), START),
        "timeline": ("planner", reverse("insight:timeline", kwargs=slug), TIMELINE),
        "ministry": ("ministry", reverse("overview:ministry"), MINISTRY),
        "waiting": ("planner", reverse("overview:waiting"), WAITING),
    }
    clients = {who: cast.client(who, Walker) for who in ("planner", "ministry")}
    found: dict[str, list[int]] = {name: [] for name in pages}
    for count in (1, 30):
        crowd(cast, count)
        for name, (who, url, _) in pages.items():
            found[name].append(queries(clients[who], url))
    assert {name: len(set(numbers)) for name, numbers in found.items()} == dict.fromkeys(pages, 1)
    assert [name for name, (_, _, most) in pages.items() if found[name][0] > most] == []
