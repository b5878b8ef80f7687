"""Every kind of record by everybody who writes it: offered, created, found, changed, exported, deleted, gone.

What a person does there in a browser is in tests/browser/test_records.py, for one kind of each sort.
"""

import csv
import io

import pytest
from openpyxl import load_workbook

from accounts.enums import Action
from records.kind import RecordKind
from records.registry import all_kinds
from tests.accounts.access_table import OF_CASES
from tests.factories import change_of, make_kind, post_data, stored_values, values_for
from tests.html import read_form
from tests.kinds import kinds_for_all, typical_kinds, writers_of, writing_of

pytestmark = pytest.mark.usefixtures("quiet")
READERS = {Action.WRITE: "ministry", Action.SUPPORT: "ministry", Action.CATALOGUE: "planner", Action.ADVISE: "planner"}


every_kind_and_writer = pytest.mark.parametrize(
    ("kind", "who"),
    [pytest.param(kind, who, id=f"{kind.name}-{who}") for kind in all_kinds() for who in writers_of(kind)],
)


def exported_cells(client, kind: RecordKind, place) -> list[set[str]]:
    """All cells of the list as CSV, and as XLSX where the kind stands for others: both write the same cells."""
    table = client.get(kind.url("csv", place)).content.decode("utf-8-sig")
    if kind not in typical_kinds():
        return [{cell for row in csv.reader(io.StringIO(table), delimiter=";") for cell in row}]
    sheet = load_workbook(io.BytesIO(client.get(kind.url("xlsx", place)).content)).active
    rows = ([str(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
    return [{cell for row in found for cell in row} for found in (csv.reader(io.StringIO(table), delimiter=";"), rows)]


def links_on(client, url: str, **query) -> list[str]:
    response = client.get(url, query)
    assert response.status_code == 200, url
    return read_form(response.content).links


@every_kind_and_writer
def test_a_record_is_found_changed_exported_and_deleted(cast, kind, who):
    client, place = cast.client(who), cast.home if kind.is_tenant else None
    list_url = kind.url("list", place)
    if kind.creatable:
        # rows on the page of a parent are created from there
        assert kind.parent or kind.url("create", place) in [link.split("?")[0] for link in links_on(client, list_url)]
        data = post_data(kind, values_for(kind.model, place, text=f"Neu-{kind.name}"))
        assert client.post(kind.url("create", place), data).status_code == 302
    else:
        make_kind(kind, place, actor=getattr(cast, who))
    record = kind.model._default_manager.latest("pk")
    detail_url, update_url = kind.url("detail", place, record.pk), kind.url("update", place, record.pk)
    assert detail_url in links_on(client, list_url, q=record.label)
    assert update_url in links_on(client, detail_url)

    name, value = change_of(kind)
    data = post_data(kind, stored_values(kind, record)) | {name: value, "version": str(record.version)}
    assert client.post(update_url, data).status_code == 302
    record.refresh_from_db()
    assert detail_url in links_on(client, list_url, q=record.label)
    assert value in client.get(detail_url).content.decode()
    assert all(value in cells for cells in exported_cells(client, kind, place))

    if kind.deletable:
        delete_url = kind.url("delete", place, record.pk)
        assert delete_url in links_on(client, detail_url)
        assert client.post(delete_url, read_form(client.get(delete_url).content).values).status_code == 302
        assert detail_url not in links_on(client, list_url, q=record.label)
        assert client.get(detail_url).status_code == 404


@kinds_for_all
def test_a_person_without_the_right_sees_no_button_and_is_refused(cast, kind):
    client, place = cast.client(READERS[writing_of(kind)]), cast.home if kind.is_tenant else None
    pk = make_kind(kind, place, actor=None).pk
    pages = {"create": kind.creatable, "update": True, "delete": kind.deletable}
    addresses = [kind.url(page, place, None if page == "create" else pk) for page, has in pages.items() if has]
    if kind.name in OF_CASES:
        assert client.get(kind.url("list", place)).status_code == 403
        return
    for shown in (kind.url("list", place), kind.url("detail", place, pk)):
        links = links_on(client, shown)
        assert [link for link in links if link.startswith(tuple(addresses))] == []
    assert [client.get(address).status_code for address in addresses] == [403] * len(addresses)
