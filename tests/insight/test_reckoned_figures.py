"""Kennzahlen that are reckoned, summed over Gemeinden, or counted by one municipality alone."""

import re
from decimal import Decimal

import pytest

from insight.figures.queries import read_figures
from planning.models import Commune, Indicator, OwnIndicator, OwnValue, PlanningRegion, ReportedIndicator
from records.domain.saving import create_record
from records.registry import kind_of
from tests.factories import make
from tests.insight.published import break_series, publish
from tests.insight.test_figures_page import URL, enter, text_of

FORM = "/programm/kennzahlen/neu/"


def counted(title, **given):
    return make(Indicator, None, title=title, unit="Personen", definition=f"{title}, gezählt.", **given)


def reckoned(title, formula, parts, base=(), **given):
    of = Indicator(title=title, unit="je 100", formula=formula, **given)
    return create_record(of, actor=None, links={"parts": list(parts), "base": list(base)})


@pytest.fixture
def ages():
    return [counted(title) for title in ("Unter 20", "Ab 65", "20 bis unter 65")]


def test_a_quotient_is_reckoned_with_its_formula_and_a_secret_part_gives_no_value(cast, ages):
    """The worked example of the field: (12 345 + 20 111) / 38 900 × 100 = 83,4344…, shown 83,4."""
    young, old, middle = ages
    for of, numbers in ((young, (12345, 12000, 12100)), (old, (20111, ".", 20300)), (middle, (38900, 38000, 37500))):
        publish(of, {("16065", 2019 + n): number for n, number in enumerate(numbers)})
    of = reckoned("Abhängigenquotient", "hundred", (young, old), (middle,))
    page = cast.client().get(f"{URL}?kennzahl={of.pk}").content.decode()
    said = text_of(page)
    assert "Berechnet: („Ab 65“ + „Unter 20“) ÷ „20 bis unter 65“ × 100." in said
    assert "2019 83,4" in said
    assert "2020 kein Wert Zum Rechnen fehlt (geheim): Ab 65" in said
    assert "Im Portal berechnet aus: Statistische Ämter des Bundes und der Länder, Statistik 12411" in said
    overview = cast.client().get(URL).content.decode()
    assert "je 100 · 2019–2021 · berechnet" in overview
    content = cast.client().get(f"{URL}export.csv?kennzahl={of.pk}").content.decode()
    assert "2020;;;kein Wert;Im Portal berechnet;;Zum Rechnen fehlt (geheim): Ab 65" in content


def test_parts_of_different_days_are_named_and_no_change_crosses_a_break(cast, ages):
    young, old, middle = ages
    for of, day in ((young, (12, 31)), (middle, (6, 30))):
        publish(of, {("16065", year): 10 * (year - 2000) for year in (2018, 2019)}, day=day)
    of = reckoned("Jugendquotient", "share", (young,), (middle,))
    said = text_of(cast.client().get(f"{URL}?kennzahl={of.pk}").content.decode())
    assert "aus Werten verschiedener Tage: 31.12.2019, 30.06.2019" in said
    publish(old, {("16065", 2020): 100, ("16065", 2021): 110, ("16065", 2022): 90, ("16065", 2023): 99})
    break_series()
    change = reckoned("Veränderung", "change", (old,), base_year=2022)
    series = read_figures(cast.home, indicators=[change.pk])[0].series[0]
    assert {year: value.value for year, value in series.by_year.items()} == {2022: Decimal(0), 2023: Decimal(10)}
    early = reckoned("Veränderung seit 2020", "change", (old,), base_year=2020)
    known = read_figures(cast.home, indicators=[early.pk])[0].series[0].by_year
    assert (known[2021].value, sorted(known)) == (Decimal(10), [2020, 2021])


def test_the_catalogue_refuses_what_cannot_be_reckoned(cast, ages):
    young, _, middle = ages
    chained = reckoned("Quotient", "hundred", (young,), (middle,))
    client = cast.client("ministry")
    data = {"title": "Neu", "unit": "Prozent", "definition": "", "level": "district", "formula": "share"}
    for more, sentence in (
        ({}, "Wählen Sie mindestens eine Kennzahl, aus der gerechnet wird."),
        ({"parts": [young.pk]}, "braucht auch B."),
        ({"parts": [chained.pk], "base": [middle.pk]}, "Selbst berechnet und darum kein Teil: Quotient."),
        ({"parts": [young.pk], "formula": "change"}, "Nennen Sie das Jahr, gegenüber dem verglichen wird."),
        ({"parts": [young.pk], "formula": ""}, "Wählen Sie, wie aus A und B gerechnet wird"),
    ):
        answer = client.post(FORM, data | more)
        assert answer.status_code == 422, more
        assert sentence in answer.content.decode()
    assert client.post(FORM, data | {"parts": [young.pk], "base": [middle.pk]}).status_code == 302


def test_regions_are_summed_only_where_the_figure_may_be_and_nothing_is_missing(cast):
    people, rate = counted("Bevölkerung", may_sum=True), counted("Quote", may_sum=False)
    for title, keys in (
        ("Nord", {"16065001": "Abtsbessingen", "16065003": "Bad Frankenhausen/Kyffhäuser"}),
        ("Süd", {"16065005": "Bellstedt"}),
    ):
        own = [make(Commune, cast.home, ags=ags, name=name) for ags, name in keys.items()]
        make(PlanningRegion, cast.home, title=title, communes=own)
    numbers = {"16065001": 480, "16065003": 9_800, "16065005": 160}
    for of in (people, rate):
        publish(of, {(code, 2023): number for code, number in numbers.items()})
    publish(people, {("16065001", 2022): 470, ("16065005", 2022): 150})
    series = {row.area: row for row in read_figures(cast.home, indicators=[people.pk])[0].series}
    assert {year: value.value for year, value in series["Nord"].by_year.items()} == {2023: Decimal(10_280)}
    assert sorted(series["Süd"].by_year) == [2022, 2023]
    page = cast.client().get(f"{URL}?kennzahl={people.pk}").content.decode()
    part = page[page.index('id="h-karte-planungsregion"') :]
    assert "10 280 Summe aus 2 Gemeinden" in text_of(part)
    assert re.search(r'fill-opacity="0.2"><title>Süd: 160', part)
    levels = {row.level for row in read_figures(cast.home, indicators=[rate.pk])[0].series}
    assert levels == {"commune"}, "a rate is never summed"


def test_a_figure_of_ones_own_is_entered_by_region_and_stays_with_its_municipality(cast):
    client = cast.client()
    for title in ("Mitte", "Ost"):
        make(PlanningRegion, cast.home, title=title, communes=[])
    kind = kind_of(OwnIndicator)
    made = client.post(kind.url("create", cast.home), {"title": "Hilfen", "unit": "Fälle", "definition": "Am 31.12."})
    assert made.status_code == 302
    own = OwnIndicator.objects.get()
    values = kind_of(OwnValue)
    for area, number in (("Mitte", "40"), ("Ost", "61")):
        data = {"indicator": own.pk, "area": area, "year": "2023", "value": number}
        assert client.post(values.url("create", cast.home), data).status_code == 302
    jump = client.post(values.url("create", cast.home), data | {"year": "2022", "value": "6100"})
    assert (jump.status_code, "Stimmt der Sprung?" in jump.content.decode()) == (422, True)
    assert "Fälle · 2023 · eigene" in client.get(URL).content.decode()
    said = text_of(client.get(f"{URL}?kennzahl=e{own.pk}").content.decode())
    assert "Planungsregionen 2023" in said
    assert (
        f"{values.url('list', cast.home)}?indicator={own.pk}"
        in client.get(f"{URL}?kennzahl=e{own.pk}").content.decode()
    )
    away = cast.client("foreign_planner").get(f"/{cast.away.slug}/kennzahlen-verlauf/?kennzahl=e{own.pk}")
    assert away.status_code == 404


def test_a_figure_is_put_into_the_plan_from_its_page_once(cast):
    of = counted("Bevölkerung")
    enter(cast.home, of, 2016, 5)
    client, page = cast.client(), f"{URL}?kennzahl={of.pk}"
    assert "Im Plan zeigen" in client.get(page).content.decode()
    for _ in range(2):
        answer = client.post(f"{URL}in-den-plan/", {"kennzahl": of.pk})
        entry = ReportedIndicator.objects.get()
        assert answer["Location"] == kind_of(ReportedIndicator).url("update", cast.home, entry.pk)
    assert "Steht im Plan" in client.get(page).content.decode()
    assert client.post(f"{URL}in-den-plan/", {"kennzahl": "9999"}).status_code == 404
