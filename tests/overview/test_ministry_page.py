import csv
import gzip
import io
from datetime import date

import pytest
from django.utils import timezone

from accounts.enums import MunicipalityKind, StateRegion
from accounts.models import Municipality
from overview.queries.ministry import phases_in_words, standings
from participation.enums import SupportKind
from participation.models import SupportRecord
from planning.enums import Phase, Progress
from planning.models import EntryLevel, Hurdle, PhaseState, PlannerPost, PlanningCycle, PlanningStep
from plans.enums import PlanState
from plans.models import Plan
from printing.drawings.thueringen import outlines
from records.vague import VagueDate
from tests.factories import make

URL = "/ministerium/"
DAY = date(2018, 10, 22)
iso = VagueDate.from_iso


def all_municipalities(cast):
    """The districts of the map besides the two of the cast, and Eisenach."""
    known = {cast.home.ags, cast.away.ags}
    rest = [item["ags"] for item in outlines()["districts"] if item["ags"] not in known]
    for ags in rest:
        place(ags, f"Kommune {ags}", f"kommune-{ags}")
    place("16056", "Eisenach", "eisenach", valid_until=date(2021, 6, 30))


def place(ags, name, slug, region=StateRegion.EAST, **given):
    return Municipality.objects.create(
        ags=ags,
        name=name,
        slug=slug,
        kind=MunicipalityKind.DISTRICT,
        state_region=region,
        valid_from=date(1994, 7, 1),
        **given,
    )


def cycle_of(municipality, first=2017, last=2019, **states):
    cycle = make(PlanningCycle, municipality, full=False, title=f"Zyklus {first}", first_year=first, last_year=last)
    for phase in Phase:
        state = states.get(phase.value, Progress.NOT_STARTED)
        make(PhaseState, municipality, full=False, cycle=cycle, phase=phase, state=state)
    return cycle


def row_of(name, day=DAY):
    return next(row for row in standings(day) if row.name == name)


def test_row_says_what_the_records_say(cast):
    cycle = cycle_of(cast.home, mandate=Progress.DONE, inventory=Progress.RESTING, needs=Progress.RUNNING)
    make(EntryLevel, cast.home, level=2, begin=iso("2017"), end=iso("2017"))
    make(EntryLevel, cast.home, level=3, begin=iso("2018"), end=None)
    make(PlannerPost, cast.home, begin=iso("2017-10-01"), end=None, is_lsz_post=True)
    make(Hurdle, cast.home, begin=iso("2018-H1"), end=None)
    make(Hurdle, cast.home, begin=iso("2016"), end=iso("2017"))
    make(SupportRecord, cast.home, kind=SupportKind.REQUEST, is_open=True, begin=iso("2018-09"), end=None)
    make(SupportRecord, cast.home, kind=SupportKind.REQUEST, is_open=False, begin=iso("2018-09"), end=None)
    make(PlanningStep, cast.home, full=False, cycle=cycle, title="S", phase="needs", planned_end=iso("2018-12"))
    row = row_of("Kyffhäuserkreis")
    assert row.words == "läuft: 3*; ruht: 2*"  # without a date, entered later
    assert row.phases == ("done", "rest", "run", "none", "none", "none", "none", "none")
    assert (row.level, row.post_label, row.hurdles, row.requests) == (3, "besetzt", 1, 1)
    assert str(row.next_due) == "Dezember 2018"


@pytest.mark.slow
def test_page_of_22_busy_municipalities_stays_under_60_kilobytes(cast):
    all_municipalities(cast)
    for number, municipality in enumerate(Municipality.objects.current()):
        states = [Progress.RUNNING, Progress.RESTING, Progress.DONE]
        cycle = cycle_of(municipality, **{phase: states[(at + number) % 3] for at, phase in enumerate(Phase.values)})
        make(EntryLevel, municipality, full=False, level=3, begin=iso("2018"))
        make(PlannerPost, municipality, full=False, begin=iso("2017-10-01"), is_lsz_post=True)
        make(Hurdle, municipality, full=False, begin=iso("2018-H1"))
        make(SupportRecord, municipality, full=False, kind=SupportKind.REQUEST, is_open=True, begin=iso("2018-09"))
        make(PlanningStep, municipality, full=False, cycle=cycle, title="S", phase="needs", planned_end=iso("2099-12"))
    page = cast.client("ministry").get(URL)
    text = page.content.decode()
    assert text.count("gewünscht</a>") >= 22
    assert text.count('class="mini"') >= 22
    assert len(page.content) <= 60 * 1024
    assert len(gzip.compress(page.content)) <= 15 * 1024


def test_post_is_vacant_when_its_holder_has_left(cast):
    make(PlannerPost, cast.home, begin=iso("2017-01"), end=iso("2018-03"), is_lsz_post=True)
    assert row_of("Kyffhäuserkreis").post_label == "unbesetzt"
    assert row_of("Altenburger Land").post_label == "ohne Angabe"


def test_plan_shows_where_it_stands_in_its_life(cast):
    today = timezone.localdate()
    cycle = cycle_of(cast.home, today.year, today.year)
    assert row_of("Kyffhäuserkreis", today).plan_label == "noch kein Plan"
    plan = make(Plan, cast.home, full=False, cycle=cycle, year=today.year)
    labels = []
    for state in PlanState:
        Plan.objects.filter(pk=plan.pk).update(state=state)
        labels.append(row_of("Kyffhäuserkreis", today).plan_label)
    assert labels == [
        "Entwurf",
        "Entwurf",
        "freigegeben",
        "eingereicht",
        "in Prüfung",
        "zurückgegeben",
        "bewilligt",
        "veröffentlicht",
    ]


def test_cycle_of_the_year_counts_not_the_newest_of_all(cast):
    cycle_of(cast.home, 2017, 2019, mandate=Progress.DONE)
    cycle_of(cast.home, 2020, 2023, mandate=Progress.RUNNING)
    assert row_of("Kyffhäuserkreis", date(2018, 12, 31)).phases[0] == "done"
    assert row_of("Kyffhäuserkreis", date(2021, 12, 31)).phases[0] == "run"
    assert row_of("Kyffhäuserkreis", date(2026, 1, 1)).phases[0] == "run"


def test_22_today_and_eisenach_in_the_past(cast):
    all_municipalities(cast)
    client = cast.client("ministry")
    today = client.get(URL).content.decode()
    past = client.get(f"{URL}?jahr=2020").content.decode()
    assert "22 Landkreise und kreisfreie Städte" in today
    assert 'class="rec" href="/ministerium/kommunen/eisenach/"' not in today
    assert 'class="rec" href="/ministerium/kommunen/eisenach/"' in past
    assert "bis 30.06.2021" in past


def test_order_is_alphabetical_in_german_or_by_region_never_by_figures(cast):
    place("16068", "Sömmerda", "soemmerda")
    place("16072", "Sonneberg", "sonneberg", StateRegion.SOUTH_WEST)
    place("16054", "Suhl", "suhl", StateRegion.SOUTH_WEST)
    names = [row.name for row in standings(DAY)]
    assert names == ["Altenburger Land", "Kyffhäuserkreis", "Sömmerda", "Sonneberg", "Suhl"]
    page = cast.client("ministry").get(f"{URL}?ordnung=region").content.decode()
    assert page.index("Nordthüringen</th>") < page.index("Ostthüringen</th>") < page.index("Südwestthüringen</th>")
    assert "aria-sort" not in page


def test_filters_by_name_region_phase_and_need(cast):
    place("16068", "Sömmerda", "soemmerda", StateRegion.CENTRE)
    cycle_of(cast.home, date.today().year, date.today().year, goals=Progress.RUNNING)
    make(SupportRecord, cast.away, kind=SupportKind.REQUEST, is_open=True, begin=iso("2018"))
    client = cast.client("ministry")

    def shown(query):
        page = client.get(f"{URL}?{query}").content.decode()
        names = ("Altenburger Land", "Kyffhäuserkreis", "Sömmerda")
        return [name for name in names if f'">{name}</a>' in page[page.index('id="kommunen"') :]]

    assert shown("name=SOEMMER") == ["Sömmerda"]
    assert shown("region=centre") == ["Sömmerda"]
    assert shown("phase=leitbild-und-ziele") == ["Kyffhäuserkreis"]
    assert shown("nur=unterstuetzung") == ["Altenburger Land"]
    assert shown("stelle=filled") == []
    assert shown("region=x&phase=y&nur=z&jahr=9999&karte=q&plan=w") == [
        "Altenburger Land",
        "Kyffhäuserkreis",
        "Sömmerda",
    ]


@pytest.mark.parametrize("layer", ["plan", "stufe", "stelle"])
def test_map_shows_each_quality_with_words(cast, layer):
    page = cast.client("ministry").get(f"{URL}?karte={layer}").content.decode()
    assert page.count("<title>Kyffhäuserkreis: ") == 1
    assert "GeoBasis-DE / BKG" in page


@pytest.mark.slow
def test_eight_queries_and_60_kb_for_22_municipalities(cast, django_assert_num_queries):
    all_municipalities(cast)
    for municipality in Municipality.objects.all():
        cycle_of(municipality, mandate=Progress.DONE, needs=Progress.RUNNING, goals=Progress.RESTING)
        make(EntryLevel, municipality, level=2, begin=iso("2017"), end=None)
        make(Hurdle, municipality, begin=iso("2018"), end=None)
        make(PlannerPost, municipality, begin=iso("2017"), end=None, is_lsz_post=True)
        make(SupportRecord, municipality, kind=SupportKind.REQUEST, is_open=True, begin=iso("2018"))
    client = cast.client("ministry")
    with django_assert_num_queries(8):
        page = client.get(URL)
    assert len(page.content) <= 60_000


def test_csv_and_xlsx_hold_the_filtered_table(cast):
    client = cast.client("ministry")
    text = client.get(f"{URL}export.csv?name=kyff").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(row["Kommune"], row["Plan"]) for row in rows] == [("Kyffhäuserkreis", "noch kein Plan")]
    assert client.get(f"{URL}export.xlsx").status_code == 200
    assert client.get(f"{URL}export.pdf").status_code == 404


@pytest.mark.parametrize("who", ["planner", "lead", "adviser"])
def test_municipalities_do_not_see_each_other(cast, who):
    assert cast.client(who).get(URL).status_code == 403


def test_phases_in_words_lists_numbers_by_state():
    codes = ("done", "run", "run", "rest", "none", "none", "none", "none")
    assert phases_in_words(codes, (Progress.RUNNING, Progress.RESTING)) == "läuft: 2, 3; ruht: 4"
