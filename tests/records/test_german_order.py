"""German order everywhere, on every database: umlauts like their letters, ß like ss, case aside, numbers by value."""

import csv
import io

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from accounts.text import sort_key
from participation.models import Body, BodyMembership, Resolution, Session
from planning.models import (
    Commune,
    Goal,
    Measure,
    Milestone,
    MissionStatement,
    Offer,
    PlanningCycle,
    PlanningRegion,
    Provider,
    TargetGroup,
)
from records.filters import read_labels
from records.models import Record
from records.order import OrderedAnew
from records.registry import all_kinds, kind_of
from tests.factories import make
from tests.records.tables import confirm, errors, exported, read_in, xlsx

pytestmark = pytest.mark.usefixtures("quiet")
IN_ORDER = [
    "2. Sitzung",
    "10. Sitzung",
    "Ämter",
    "amtlich",
    "M 6.2",
    "M 6.10",
    "„Öl und Ofen“",
    "Ölmühle",
    "Straße A",
    "Strasse B",
    "STRASSE c",
    "Überweg",
    "Umweg",
    "zuletzt",
]
SHUFFLED = sorted(IN_ORDER, key=lambda text: text[::-1])


def shown(client, url: str) -> list[str]:
    """The titles of a list in their order."""
    return [row.title for row in client.get(url).context["page"].rows]


def test_lists_choices_filters_files_and_tables_stand_in_the_same_order(cast):
    client = cast.client()
    for title in SHUFFLED:
        provider = make(Provider, cast.home, full=False, title=title)
        make(Offer, cast.home, full=False, title=title, provider=provider)
    for model in (Provider, Offer):
        assert shown(client, kind_of(model).url("list", cast.home)) == IN_ORDER
    kind = kind_of(Offer)
    url = kind.url("list", cast.home)
    assert shown(client, f"{url}?sortierung=-title") == IN_ORDER[::-1]
    assert shown(client, f"{url}?sortierung=provider") == IN_ORDER
    choices = [
        label for key, label in client.get(kind.url("create", cast.home)).context["form"]["provider"].field.choices
    ]
    assert choices[1:] == IN_ORDER
    assert list(read_labels(kind, ["provider"], cast.home, None)["provider"].values()) == IN_ORDER
    text = client.get(kind.url("csv", cast.home)).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row[next(name for name in row if name.startswith("Angebot"))] for row in rows] == IN_ORDER


def test_related_rows_stand_in_it_without_being_asked(cast):
    """What a page or a document reads over a relation has no order of its own."""
    names = ("Zeulenroda", "Ölsen", "Oldisleben", "Artern")
    communes = [make(Commune, cast.home, full=False, name=name) for name in names]
    region = make(PlanningRegion, cast.home, full=False, communes=communes)
    assert [row.name for row in region.communes.all()] == ["Artern", "Oldisleben", "Ölsen", "Zeulenroda"]
    body = make(Body, cast.home, full=False)
    for organisation in ("Zentrum", "ÖPNV", "Ortsbeirat"):
        make(BodyMembership, cast.home, full=False, body=body, organisation=organisation)
    assert [row.organisation for row in body.memberships.all()] == ["ÖPNV", "Ortsbeirat", "Zentrum"]


def test_no_model_and_no_kind_orders_by_a_text_as_it_is_typed():
    """Every order of a model goes by keys, dates, numbers and choices."""
    records = [model for model in apps.get_models() if issubclass(model, Record)]
    orders = {model: model._meta.ordering for model in records}
    for kind in all_kinds():
        orders[kind.model] = [*orders[kind.model], *(name for name in kind.ordering if isinstance(name, str))]
    wrong = []
    for model, names in orders.items():
        for name in names:
            column = name if isinstance(name, str) else name.expression.name  # F("up_to").asc(nulls_last=True)
            path, field = column.removeprefix("-").split("__"), None
            for part in path:
                owner = model if field is None else field.related_model
                field = owner._meta.get_field("id" if part == "pk" else part)
            typed = field.get_internal_type() in ("CharField", "TextField") and not field.choices
            if typed and field.name != "sort_key" and type(field).__name__ != "VagueDateField":
                wrong.append(f"{model.__name__}: {name}")
    assert wrong == []


def test_a_migration_orders_what_was_stored_before(cast):
    rows = {key: make(TargetGroup, cast.home, full=False, title=key) for key in ("Gruppe 2 – b", "Gruppe 10")}
    for title, row in rows.items():
        TargetGroup.objects.filter(pk=row.pk).update(sort_key=title.casefold())
    OrderedAnew("planning")(apps, None)
    assert [row.title for row in TargetGroup.objects.order_by("sort_key")] == list(rows)
    assert TargetGroup.objects.get(title="Gruppe 10").sort_key == sort_key("Gruppe 10")


@given(st.text(max_size=60))
@pytest.mark.slow
def test_the_key_of_a_key_is_the_key(text):
    key = sort_key(text)
    assert sort_key(key) == key
    assert len(key) <= 200


def test_sessions_of_many_years_stand_by_date_and_then_by_number(cast):
    for number in (10, 9, 2):
        make(Session, cast.home, full=False, title=f"{number}. Sitzung")
    titles = [row.title for row in Session.objects.order_by("sort_key")]
    assert titles == ["2. Sitzung", "9. Sitzung", "10. Sitzung"]


def test_what_was_carried_on_under_its_name_is_told_apart_by_its_years_wherever_it_is_chosen(cast):
    years = ((2016, 2019), (2020, 2022))
    first = make(PlanningCycle, cast.home, full=False, title="Zyklus", first_year=2016, last_year=2019)
    second = make(PlanningCycle, cast.home, full=False, title="Zyklus", first_year=2020, last_year=2022)
    names = ((first, "Unsere Vision"), (second, "Unsere Vision"), (second, "Unser Weg"))
    made = [make(MissionStatement, cast.home, full=False, cycle=cycle, title=title) for cycle, title in names]
    client, kind = cast.client(), kind_of(Resolution)
    form = client.get(kind.url("create", cast.home)).context["form"]
    offered = {int(str(key)): label for key, label in form.fields["mission_statements"].choices}
    labels = ["Unsere Vision (2016–2019)", "Unsere Vision (2020–2022)", "Unser Weg"]
    assert [offered[statement.pk] for statement in made] == labels
    assert {label for key, label in form.fields["cycle"].choices if key} == {f"Zyklus ({a}–{b})" for a, b in years}
    filters = client.get(kind_of(Goal).url("list", cast.home)).context["page"].filters
    cycles = next(field for field in filters if field.name == "cycle")
    assert [option.label for option in cycles.options][1:] == ["Zyklus (2016–2019)", "Zyklus (2020–2022)"]
    bus = make(Measure, cast.home, full=False, title="Rufbus", cycle=first, number=7)
    again = make(Measure, cast.home, full=False, title="Rufbus", cycle=second, number=7, predecessor=bus)
    table = [["Meilenstein", "Maßnahme", "Stand"], ["Start", "Rufbus", "offen"]]
    refused = read_in(cast, kind_of(Milestone), xlsx(table))
    said = "„Rufbus“ gibt es 2-mal. Schreiben Sie „M 7 Rufbus (2016–2019)“ oder „M 7 Rufbus (2020–2022)“."
    assert errors(refused) == {(2, "Maßnahme"): said}
    table[1][1] = "M 7 Rufbus (2020–2022)"
    assert confirm(cast, kind_of(Milestone), read_in(cast, kind_of(Milestone), xlsx(table))).status_code == 302
    assert Milestone.objects.get().measure == again
    written = exported(cast, kind_of(Milestone))
    assert written[1][written[0].index("Maßnahme")] == "M 7 Rufbus (2020–2022)"
