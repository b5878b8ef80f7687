import csv
import io
import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.utils import timezone

from insight.figures.queries import read_figures
from planning.domain.official import correct_value
from planning.models import DataSource, Indicator, IndicatorBreak, IndicatorValue, PlanningRegion, StatImport
from planning.queries.official import Stored
from records.domain.saving import update_record
from records.registry import kind_of
from tests.factories import make
from tests.insight.published import break_series, publish
from tests.records.tables import errors, exported, read_in, xlsx

URL = "/kyffhaeuserkreis/kennzahlen-verlauf/"


def indicator(title="Arbeitslosenquote", **given):
    return make(Indicator, None, title=title, unit="Prozent", definition="Was gezählt wird.", **given)


def enter(place, of, year, value, *, area="Kyffhäuserkreis", level="district", sign="", **given):
    number = None if value is None else Decimal(str(value))
    data = {"data_source": None, "source": "", "contradiction": "", "commune": None, "is_example": False, **given}
    return make(
        IndicatorValue, place, indicator=of, area=area, level=level, year=year, value=number, placeholder=sign, **data
    )


@pytest.fixture
def rate(cast):
    of = indicator()
    for year, value in ((2015, 10.5), (2016, 9.4)):
        enter(cast.home, of, year, value)
    enter(cast.home, of, 2017, None, sign="/")
    for year, value in ((2015, 7.4), (2016, 6.7), (2017, 6.1)):
        enter(cast.home, of, year, value, area="Thüringen", level="state")
    enter(cast.home, of, 2016, 8.8, area="Ost", level="region")
    return of


def text_of(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_overview_shows_a_small_chart_for_each_figure_and_leads_to_the_large_one(cast, rate):
    older = indicator("Ältere")
    for area in ("Artern", "Wiehe"):
        enter(cast.home, older, 2016, 5, area=area, level="commune")
    page = cast.client().get(URL).content.decode()
    assert re.findall(r"<h2>([^<]+)</h2>", page[page.index("<h1>") :]) == ["Ältere", "Arbeitslosenquote"]
    assert f'href="{URL}?kennzahl={rate.pk}"' in page
    assert page.count('<svg class="chart"') == 2
    assert "Kyffhäuserkreis: sinkt von 10,5 (2015) auf 9,4 (2016)" in page
    assert "Prozent · 2015–2017<" in page


def test_page_of_a_figure_has_chart_table_legend_and_downloads(cast, rate):
    page = cast.client().get(f"{URL}?kennzahl={rate.pk}").content.decode()
    assert page.count('<svg class="chart"') == 2  # wide and narrow
    assert "„/“ heißt: Wert nicht sicher genug. Die Linie ist dort unterbrochen, es ist keine Null." in page
    table = page[page.index("<table") : page.index("</table>")]
    assert text_of(table).split("Thüringen ")[1] == "2017 / 6,1 2016 9,4 6,7 2015 10,5 7,4"
    assert "Kyffhäuserkreis 2017: Wert nicht sicher genug" in table
    for form in ("svg", "csv"):
        assert f"{URL}export.{form}?kennzahl={rate.pk}" in page


def test_areas_are_chosen_in_the_address(cast, rate):
    page = cast.client().get(f"{URL}?kennzahl={rate.pk}&gebiet=region:Ost&gebiet=state:Th%C3%BCringen").content.decode()
    table = page[page.index("<table") : page.index("</table>")]
    assert ("Ost" in table, "Thüringen" in table, "Kyffhäuserkreis" in table) == (True, True, False)
    checked = re.findall(r'value="([^"]+)"[^>]* checked', page)
    assert checked == ["region:Ost", "state:Thüringen"]


def test_a_series_is_joined_by_the_area_that_was_chosen_whatever_it_is_called(cast, rate):
    """By form, grid and file alike one of the Kreis, its regions and Gemeinden, or Thüringen; names may change."""
    region = make(PlanningRegion, cast.home, title="Mitte")
    kind, client = kind_of(IndicatorValue), cast.client()
    data = {"indicator": rate.pk, "area": " mitte", "value": "5"}
    assert client.post(kind.url("create", cast.home), data | {"year": "2019"}).status_code == 302
    first = IndicatorValue.objects.get(year=2019, region=region)
    assert (first.area, first.level, first.commune_id) == ("Mitte", "region", None)
    region.title = "Zentrum"
    update_record(region, version=region.version, actor=None)
    assert client.post(kind.url("create", cast.home), data | {"area": "Zentrum", "year": "2020"}).status_code == 302
    series = {found.area: found for found in read_figures(cast.home, indicators=[rate.pk])[0].series}
    assert sorted(series["Zentrum"].by_year) == [2019, 2020]
    assert "Mitte" not in series
    refused = client.post(kind.url("create", cast.home), data | {"area": "Mittte", "year": "2021"})
    assert refused.status_code == 422
    assert "„Mittte“ gibt es hier nicht. Wählen Sie einen Namen aus der Liste." in refused.content.decode()
    table = exported(cast, kind)
    assert "Zentrum" in {row[table[0].index("Gebiet")] for row in table[1:]}
    table = [table[0][2:], [*table[1][2:]]]
    table[1][table[0].index("Gebiet")] = "Irgendwo"
    assert (2, "Gebiet") in errors(read_in(cast, kind, xlsx(table)))
    assert ">Zentrum</option>" in client.get(kind.url("grid", cast.home)).content.decode()


def test_values_or_development_can_be_asked_for(cast, rate):
    client = cast.client()
    page = client.get(f"{URL}?kennzahl={rate.pk}").content.decode()
    link = unescape(re.search(r'href="([^"]+als=entwicklung)"', page).group(1))
    assert "2015 = 100" not in page
    assert "2015 = 100" in client.get(link).content.decode()


def test_source_with_its_date_stands_below_the_table_and_examples_are_marked(cast):
    of = indicator(source="Regionaldatenbank", table_code="13211")
    source = make(DataSource, cast.home, title="Jahresbericht")
    enter(cast.home, of, 2016, 9, data_source=source)
    enter(cast.home, of, 2017, 8, data_source=source, is_example=True, contradiction="8,2 nach dem Amt")
    page = text_of(cast.client().get(f"{URL}?kennzahl={of.pk}").content.decode())
    assert f"Regionaldatenbank, Tabelle 13211. Werte aus: Jahresbericht, Datum der Angaben: {source.as_of}." in page
    assert "8 andere Quelle: 8,2 nach dem Amt, Beispiel" in page


def test_foreign_values_stay_out(cast, rate):
    other = indicator("Fremd")
    enter(cast.away, other, 2016, 1)
    client = cast.client()
    assert "Fremd" not in client.get(URL).content.decode()
    assert client.get(f"{URL}?kennzahl={other.pk}").status_code == 404


@pytest.mark.parametrize("query", ["kennzahl=", "kennzahl=abc", "kennzahl=-1", "kennzahl=" + "9" * 30, "kennzahl=²"])
def test_figure_that_does_not_exist_is_not_found(cast, query):
    client = cast.client()
    assert client.get(f"{URL}?{query}").status_code == 404
    assert client.get(f"{URL}export.csv?{query}").status_code == 404


def test_nonsense_in_the_choice_is_ignored(cast, rate):
    page = cast.client().get(f"{URL}?kennzahl={rate.pk}&gebiet=<b>&als=quatsch").content.decode()
    assert "Kyffhäuserkreis" in page[page.index("<table") :]


def test_empty_overview_says_what_to_do(cast):
    page = text_of(cast.client().get(URL).content.decode())
    assert "Noch keine Werte." in page
    assert "Kennzahlenwerte" in page


def test_csv_holds_signs_and_plain_numbers(cast, rate):
    enter(cast.home, indicator("=Summe"), 2016, 75700, area="@Kreis")

    def rows(query=""):
        content = cast.client().get(f"{URL}export.csv{query}").content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(content), delimiter=";"))

    shown = rows(f"?kennzahl={rate.pk}")
    assert {row["Gebiet"] for row in shown} == {"Kyffhäuserkreis", "Thüringen"}
    assert [(row["Jahr"], row["Wert"], row["Zeichen"], row["Bedeutung"]) for row in shown][:3] == [
        ("2015", "10,5", "", ""),
        ("2016", "9,4", "", ""),
        ("2017", "", "/", "Wert nicht sicher genug"),
    ]
    every = rows()
    assert len(every) == 8
    assert ("'=Summe", "'@Kreis", "75700") in [(row["Kennzahl"], row["Gebiet"], row["Wert"]) for row in every]


def test_svg_stands_alone_and_other_forms_do_not_exist(cast, rate):
    client = cast.client()
    answer = client.get(f"{URL}export.svg?kennzahl={rate.pk}")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.decode().lstrip().startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert client.get(f"{URL}export.svg").status_code == 404
    assert client.get(f"{URL}export.pdf?kennzahl={rate.pk}").status_code == 404


@pytest.mark.slow
def test_queries_do_not_grow_with_values(cast, rate, django_assert_num_queries):
    client = cast.client()
    for address, most in ((URL, 8), (f"{URL}?kennzahl={rate.pk}", 11)):
        counts = []
        for start in (1960, 1970):
            for year in range(start, start + 8):
                enter(cast.home, rate, year, 5)
            with django_assert_num_queries(most) as captured:
                client.get(address)
            counts.append(len(captured))
        assert counts[0] == counts[1]


def test_list_of_values_leads_here(cast):
    assert f'href="{URL}"' in cast.client().get("/kyffhaeuserkreis/kennzahlenwerte/").content.decode()


def test_published_values_stand_beside_typed_ones_and_count(cast, rate, django_assert_max_num_queries):
    publish(rate, {("16065", 2016): 9.6, ("16065", 2018): 9.0, ("16", 2018): 5.5, ("16066", 2018): 3.3})
    page = cast.client().get(f"{URL}?kennzahl={rate.pk}").content.decode()
    said = text_of(page)
    assert "andere Quelle: eingetragen ist 9,4" in said
    assert "Statistische Ämter des Bundes und der Länder, Statistik 12411" in said
    assert "3,3" not in said, "the area of another municipality"
    assert ">9,6</a>" not in page, "a published value is no record of the municipality"
    assert "Prozent · 2015–2018 " in text_of(cast.client().get(URL).content.decode())
    for number in range(40):
        of = indicator(f"Amtlich {number}")
        publish(of, {(code, year): number + 1 for code in ("16065", "16", "16065003") for year in range(2000, 2020)})
    client = cast.client()
    with django_assert_max_num_queries(8):
        assert client.get(URL).content.count(b'<svg class="chart"') == 41


def test_no_change_is_reckoned_across_a_break(cast):
    of = indicator("Bevölkerung")
    break_series()
    publish(of, {("16065", 2020): 74_000, ("16065", 2022): 71_000, ("16065", 2023): 70_500})
    said = text_of(cast.client().get(f"{URL}?kennzahl={of.pk}").content.decode())
    assert "auf der Grundlage des Zensus 2022" in said
    assert "sinkt von 71 000 (2022) auf 70 500 (2023)" in said
    assert "von 74 000" not in said


def test_a_break_is_of_a_kennzahl_a_statistic_or_an_area_and_holds_for_typed_values(cast, rate):
    other = indicator("Andere", table_code="")
    for year, value in ((2015, 10), (2016, 9)):
        enter(cast.home, other, year, value)
    entered = break_series("Neu gezählt.", date(2016, 1, 1), indicator=rate, statistic="", area_code="16065")

    def told(of):
        series = read_figures(cast.home, indicators=[of.pk])[0].series
        return {one.area: one.counted_otherwise for one in series if one.counted_otherwise}

    assert told(rate) == {"Kyffhäuserkreis": ((2016, "Neu gezählt."),)}
    assert told(other) == {}
    correct(cast, entered, indicator="", area_code="16")
    assert told(rate) == {"Thüringen": ((2016, "Neu gezählt."),)}
    correct(cast, entered, statistic="13211", area_code="")
    assert told(rate) == {}
    Indicator.objects.filter(pk=rate.pk).update(table_code="13211-02-05-4")
    assert set(told(rate)) == {"Kyffhäuserkreis", "Thüringen", "Ost"}


def correct(cast, entered, **given):
    """The form of a break, filled in anew."""
    entered.refresh_from_db()
    kept = {"words": entered.words, "day": "01.01.2016", "statistic": entered.statistic, "version": entered.version}
    url = kind_of(IndicatorBreak).url("update", None, entered.pk)
    assert cast.client("ministry").post(url, kept | given).status_code == 302


def test_the_ministry_enters_and_corrects_breaks_and_planners_read_them(cast, rate):
    kind = kind_of(IndicatorBreak)
    ministry, planner = cast.client("ministry"), cast.client()
    url, data = kind.url("create", None), {"words": "Neu gezählt.", "day": "01.01.2016"}
    refused = ministry.post(url, data)
    assert "Nennen Sie eine Statistik, eine Kennzahl oder ein Gebiet." in text_of(refused.content.decode())
    assert ministry.post(url, data | {"indicator": rate.pk}).status_code == 302
    said = text_of(planner.get(f"{URL}?kennzahl={rate.pk}").content.decode())
    assert "Neu gezählt. Über diese Stelle hinweg ist kein Vergleich möglich." in said
    assert planner.get(kind.url("list", None)).status_code == 200
    assert planner.get(url).status_code == 403


def test_a_correction_names_its_file_and_the_former_value(cast):
    of = indicator("Bevölkerung")
    value = publish(of, {("16065", 2023): 70_500})[0]
    later = StatImport.objects.create(name="neu.csv", sha256="x", state="done", stored_at=timezone.now())
    correct_value(
        stored=Stored(value.pk, value.value, "", ""), value=Decimal(70_499), sign="", quality="p", stat_import=later
    )
    said = text_of(cast.client().get(f"{URL}?kennzahl={of.pk}").content.decode())
    assert "aus neu.csv, vorher 70 500" in said
    assert "vorläufig" in said


def test_gemeinden_stand_on_a_map_with_the_same_as_a_table(cast):
    of = indicator("Bevölkerung")
    publish(of, {("16065001", 2023): 480, ("16065003", 2023): 9_800, ("16065005", 2023): 160, ("16065001", 2020): 1})
    page = cast.client().get(f"{URL}?kennzahl={of.pk}").content.decode()
    part = page[page.index('id="h-karte-gemeinde"') :]
    assert "Gemeinden 2023" in part
    inked = dict(re.findall(r'fill-opacity="([0-9.]+)"><title>(Abtsbessingen|Bellstedt|Bad Frankenhausen)', part))
    assert {name: ink for ink, name in inked.items()} == {
        "Bellstedt": "0.2",
        "Abtsbessingen": "0.45",
        "Bad Frankenhausen": "0.7",
    }
    assert part.count('fill-opacity="0"') > 5, "Gemeinden without a value are not inked"
    assert "9 800" in text_of(part)
    few = indicator("Zwei Gemeinden")
    publish(few, {("16065001", 2023): 480, ("16065003", 2023): 9_800})
    assert "h-karte" not in cast.client().get(f"{URL}?kennzahl={few.pk}").content.decode()
