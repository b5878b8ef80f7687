"""Numbers as evidence of a need: read where they are published or were entered, shown on its page, thread and plan."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.utils import timezone

from planning.domain.official import correct_value
from planning.models import Indicator, Need, OwnIndicator, OwnValue, QuotedFigure, StatImport
from planning.queries.official import Stored
from plans.builder import build_plan
from plans.content import to_json
from plans.enums import ChapterCode
from plans.parsing import from_json
from plans.queries.plans import plans_of
from records.registry import kind_of
from tests.factories import make
from tests.insight.published import publish
from tests.insight.test_thread_page import Plan, nodes, shown
from tests.plans import records
from tests.plans.records import add

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


def text_of(page):
    plain = " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
    return plain.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture
def people():
    return make(Indicator, None, full=False, title="Bevölkerung", unit="Personen")


def test_a_published_number_is_named_from_the_figure_and_shown_at_the_need(cast, people):
    [value] = publish(people, {("16065", 2024): 71_738})
    need = make(Need, cast.home, full=False, title="Nahverkehr")
    kind, client = kind_of(QuotedFigure), cast.client()
    page = client.get(f"/{cast.home.slug}/kennzahlen-verlauf/?kennzahl={people.pk}").content.decode()
    url = f"{kind.url('create', cast.home)}?indicator={people.pk}&year=2024"
    assert f'href="{unescape(url).replace("&", "&amp;")}"' in page
    form = client.get(url).content.decode()
    assert 'value="2024"' in form
    said = {"indicator": people.pk, "area": cast.home.name, "year": 2024, "meaning": "Es werden weniger."}
    assert client.post(kind.url("create", cast.home), said).status_code == 302
    quoted = QuotedFigure.objects.get()
    need.quoted.add(quoted)
    assert "Wert 71 738 Personen" in text_of(client.get(kind.url("detail", cast.home, quoted.pk)).content.decode())
    need_url = kind_of(Need).url("detail", cast.home, need.pk)
    assert "Bevölkerung, Kyffhäuserkreis 2024 71 738 Personen" in text_of(client.get(need_url).content.decode())
    later = StatImport.objects.create(name="neu.csv", sha256="x", state="done", stored_at=timezone.now())
    correct_value(
        stored=Stored(value.pk, value.value, "", ""), value=Decimal(71_800), sign="", quality="", stat_import=later
    )
    assert "71 800 Personen" in text_of(client.get(need_url).content.decode()), "a correction reaches it"
    gaps = client.get(f"{kind_of(Need).url('list', cast.home)}?luecke=ohne-beleg").content.decode()
    assert "Nahverkehr" not in gaps
    reader = cast.client("adviser").get(f"/{cast.home.slug}/kennzahlen-verlauf/?kennzahl={people.pk}").content.decode()
    assert "Als Beleg" not in reader


def test_one_kennzahl_is_named_and_none_that_is_reckoned(cast, people):
    total = make(Indicator, None, full=False, title="Summe", unit="Personen", formula="sum", parts=[people])
    own = make(OwnIndicator, cast.home, full=False, title="Hilfen", unit="Fälle")
    kind, client = kind_of(QuotedFigure), cast.client()
    said = {"area": cast.home.name, "year": 2024}
    for given, sentence in (
        ({"indicator": total.pk}, "Diese Kennzahl wird berechnet."),
        ({"indicator": people.pk, "own_indicator": own.pk}, "nicht beides"),
        ({}, "Wählen Sie eine Kennzahl des Landesprogramms oder eine eigene"),
    ):
        refused = client.post(kind.url("create", cast.home), said | given).content.decode()
        assert sentence in text_of(refused), given
    assert not QuotedFigure.objects.exists()


def test_it_stands_on_the_thread(cast, people):
    need, _, _ = Plan(cast.home).whole()
    need.quoted.add(make(QuotedFigure, cast.home, full=False, indicator=people, area="Thüringen", year=2017))
    assert "Kennzahl: Bevölkerung, Thüringen 2017" in nodes(shown(cast.client()))


def test_the_plan_prints_official_own_and_unknown_numbers_up_to_its_year():
    records.make_catalogue()
    plan = records.make_plan(records.municipality())
    records.fill(plan)
    place, people = plan.municipality, Indicator.objects.get()
    own = add(OwnIndicator, municipality=place, title="Hilfen", unit="Fälle", definition="Laufende am 31.12.")
    add(OwnValue, municipality=place, indicator=own, area="Kyffhäuserkreis", year=2017, value=Decimal(40))
    publish(people, {("16065", 2017): "7.5", ("16", 2018): "."}, factor=1_000)
    need = Need.objects.filter(municipality=place).first()
    of = {"municipality": place, "area": "Kyffhäuserkreis", "level": "district"}
    for given in (
        {"indicator": people, "year": 2017, "meaning": "Es werden weniger."},
        {"own_indicator": own, "year": 2017},
        {"indicator": people, "year": 2010},
        {"indicator": people, "year": 2019},
        {"indicator": people, "year": 2018, "area": "Thüringen", "level": "state"},
    ):
        need.quoted.add(add(QuotedFigure, **of | given))
    content = build_plan(plans_of(place).get(pk=plan.pk))
    entry = next(
        one for group in content.chapter(ChapterCode.NEEDS).body.fields for one in group.needs if one.uid == need.uid
    )
    texts = [one.text.replace("\u202f", " ").replace("\u00a0", " ") for one in entry.evidence if one.kind == "Kennzahl"]
    for words in (
        f"{people}, Kyffhäuserkreis, 2017: 7 500 {people.unit} (Es werden weniger)",
        "Hilfen, Kyffhäuserkreis, 2017: 40 Fälle",
        f"{people}, Kyffhäuserkreis, 2010: ohne Angabe",
        f"{people}, Thüringen, 2018: .",
    ):
        assert words in texts, texts
    assert not [text for text in texts if "2019" in text], "the plan is of 2018"
    data = to_json(content)
    assert to_json(from_json(data)) == data
