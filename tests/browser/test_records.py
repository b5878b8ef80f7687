"""Every kind of record in a real browser without JavaScript: its form is filled and saved, as a person does it.

The whole way of a record (found, changed, exported, deleted) is the same for all kinds; here one of each sort goes it,
in tests/records/test_whole_way.py every one. Kinds are taken from the registry, so a new one is tested without
further work.
"""

import csv
import io
from itertools import chain
from typing import Any

import pytest
from django.db import models
from openpyxl import load_workbook

from accounts.enums import Action
from records.domain.saving import delete_record
from records.fields import VagueDateField
from records.kind import RecordKind
from records.registry import all_kinds
from tests.browser.portal import fill, follow, row_link, save, search
from tests.factories import make_kind, post_data, values_for
from tests.kinds import few_kinds

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WRITERS = {Action.WRITE: ("planner",), Action.SUPPORT: ("planner", "adviser"), Action.CATALOGUE: ("ministry",)}
WRITERS[Action.ADVISE] = ("adviser",)
READERS = {Action.WRITE: "ministry", Action.SUPPORT: "ministry", Action.CATALOGUE: "planner", Action.ADVISE: "planner"}


def writing_of(kind: RecordKind) -> Action:
    """What opens the form of a new record."""
    return kind.policy.create[0].action


PAIRS = {f"{kind.name}-{who}": (kind, who) for kind in all_kinds() for who in WRITERS[writing_of(kind)]}
# With --long also one with a file, one of the catalogue, one that brings others along, one on its parent's page, one
# that comes with the cycle, and the third right.
WHOLE_WAY = ("need-planner",)
FURTHER_WAY = (
    *("document-planner", "steptemplate-ministry", "planningcycle-planner", "bodymembership-planner"),
    *("phasestate-planner", "supportrecord-adviser"),
)
# Few kinds have every input together, a file too; that every kind is created, tests/records/test_whole_way.py shows by
# HTTP.
TYPED_ONLY = [
    name
    for name, (kind, _) in PAIRS.items()
    if name not in WHOLE_WAY and (kind in few_kinds() or name in ("document-planner", "steptemplate-ministry"))
]
RIGHTS = ("need-planner", "supportrecord-adviser", "steptemplate-ministry")


def each(names, long=()):
    """A test for each of these kinds and its writer, for some with --long alone."""
    rows = [pytest.param(*PAIRS[name], id=name) for name in names]
    rows += [pytest.param(*PAIRS[name], id=name, marks=pytest.mark.long) for name in long]
    return pytest.mark.parametrize(("kind", "who"), rows)


@pytest.fixture(scope="module")
def tab(portal):
    """One tab for each person, kept for all kinds."""
    opened = {}

    def tab(who):
        if who not in opened:
            opened[who] = portal.page(who)
        return opened[who]

    yield tab
    for page in opened.values():
        page.close()


def newest(kind: RecordKind) -> Any:
    return kind.model._default_manager.latest("pk")


def words_of(kind: RecordKind) -> str:
    """The field that is changed: the title, else another text, else a number."""

    def rank(field: Any) -> int:
        if field.name == kind.title_field:
            return 0
        return 1 if isinstance(field, models.CharField | models.TextField) else 2

    fields = [kind.model._meta.get_field(name) for name in kind.field_names()]
    plain = [
        field
        for field in fields
        if isinstance(field, models.CharField | models.TextField | models.IntegerField | models.DecimalField)
        and not isinstance(field, VagueDateField | models.URLField | models.FileField)
        and not field.choices
    ]
    return min(plain, key=rank).name


def to_type(portal, kind: RecordKind, who: str) -> dict[str, Any]:
    """What is typed and chosen in a new form; makes the records that can be chosen, so ask it first."""
    return post_data(kind, values_for(kind.model, portal.place(kind), text=f"Neu-{kind.name}-{who}"))


def create(page, kind: RecordKind, typed: dict[str, Any]) -> Any:
    """Fill the open form and return what was stored."""
    fill(page, typed)
    save(page)
    assert page.get_by_text(f"{kind.label} gespeichert.").is_visible(), page.locator("main").inner_text()
    return newest(kind)


def change(page, kind: RecordKind, detail_url: str, name: str, value: str) -> None:
    page.goto(detail_url)
    follow(page.get_by_role("link", name="Bearbeiten", exact=True))
    page.locator(f'main form.form [name="{name}"]').fill(value)
    save(page)
    assert page.get_by_text(f"{kind.label} gespeichert.").is_visible(), page.locator("main").inner_text()
    page.goto(detail_url)
    assert value in page.locator("main").inner_text()


def exported(page, label: str) -> bytes:
    """The file behind „Liste ausgeben“."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=label, exact=True).click()
    return waiting.value.path().read_bytes()


def assert_exported(page, value: str) -> None:
    rows = csv.reader(io.StringIO(exported(page, "CSV").decode("utf-8-sig")), delimiter=";")
    assert value in chain.from_iterable(rows)
    sheet = load_workbook(io.BytesIO(exported(page, "XLSX"))).active
    assert value in {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}


def delete(page, kind: RecordKind, detail_url: str) -> None:
    page.goto(detail_url)
    follow(page.get_by_role("link", name="Löschen", exact=True))
    follow(page.get_by_role("button", name=f"{kind.label} löschen"))
    told = page.get_by_role("status").filter(has_text=kind.label).filter(has_text="gelöscht")
    assert told.first.is_visible(), page.locator("main").inner_text()


@each(TYPED_ONLY)
def test_a_form_is_filled_and_saved_without_javascript(portal, tab, kind, who):
    page, typed = tab(who), to_type(portal, kind, who)
    page.goto(kind.url("create", portal.place(kind)))
    record = create(page, kind, typed)
    delete_record(record, version=record.version, actor=None)


@each(WHOLE_WAY, FURTHER_WAY)
def test_record_is_created_found_changed_exported_and_deleted_without_javascript(portal, tab, kind, who):
    place, page = portal.place(kind), tab(who)
    record = portal.records[kind.name]
    if kind.creatable:
        typed = to_type(portal, kind, who)
        page.goto(kind.url("list", place))
        follow(page.get_by_role("link", name=f"{kind.label} anlegen", exact=True))
        record = create(page, kind, typed)
    list_url, detail_url = kind.url("list", place), kind.url("detail", place, record.pk)

    search(page, list_url, record.label)
    follow(row_link(page, detail_url))
    assert page.locator("h1").inner_text() == record.label

    name = words_of(kind)
    value = "7" if isinstance(kind.model._meta.get_field(name), models.IntegerField) else f"Geändert {kind.name}"
    change(page, kind, detail_url, name, value)
    search(page, list_url, kind.model._default_manager.get(pk=record.pk).label)
    assert row_link(page, detail_url).is_visible()
    assert_exported(page, value)

    if kind.deletable:
        delete(page, kind, detail_url)
        search(page, list_url, kind.model.history.filter(id=record.pk).latest("history_id").instance.label or value)
        assert row_link(page, detail_url).count() == 0
        assert page.goto(detail_url).status == 404


@pytest.mark.parametrize("kind", [PAIRS[name][0] for name in RIGHTS], ids=lambda kind: kind.name)
def test_person_without_the_right_sees_no_button_and_is_refused(portal, tab, kind):
    place, page = portal.place(kind), tab(READERS[writing_of(kind)])
    pk = portal.records[kind.name].pk
    addresses = [kind.url(name, place, key) for name, key in (("create", None), ("update", pk), ("delete", pk))]
    for shown in (kind.url("list", place), kind.url("detail", place, pk)):
        assert page.goto(shown).status == 200
        for address in addresses:
            assert page.locator(f'a[href^="{address}"]').count() == 0, address
    assert {address: page.request.get(address).status for address in addresses} == dict.fromkeys(addresses, 403)


def test_adviser_changes_own_support_records_only(portal):
    kind = next(kind for kind in all_kinds() if writing_of(kind) == Action.SUPPORT)
    foreign = make_kind(kind, portal.cast.home, text="Von der Planung", actor=portal.cast.planner)
    page = portal.page("adviser")
    page.goto(kind.url("detail", portal.cast.home, foreign.pk))
    assert page.get_by_role("link", name="Bearbeiten").count() == 0
    assert page.request.get(kind.url("update", portal.cast.home, foreign.pk)).status == 403
    page.close()
