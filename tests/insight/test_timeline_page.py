import csv
import io
import re
from datetime import date
from html import unescape

import pytest

from insight.timeline import print_svg
from insight.timeline.queries import Selection, marked_kinds, timeline_entries, without_repetition
from participation.enums import Advice, Legitimises, Occurrence, Outcome
from participation.models import Body, Consultation, NetworkEvent, Resolution, Session
from planning.models import Deadline, Goal, Hurdle, Measure, PlannerPost, PlanningStep
from records.registry import all_kinds
from records.vague import VagueDate
from tests.factories import make, make_kind

URL = "/kyffhaeuserkreis/zeitstrahl/"
iso = VagueDate.from_iso
DAY = date(2018, 12, 31)


def hurdle(place, title, begin="2017", end="2018", **given):
    return make(Hurdle, place, title=title, begin=iso(begin), end=iso(end), phase="inventory", **given)


def test_every_kind_with_a_date_in_its_description_stands_in_the_timeline(cast):
    for kind in all_kinds():
        if kind.is_tenant:
            make_kind(kind, cast.home)
    found = {entry.uid.split("-")[0] for entry in timeline_entries(cast.home)}
    deadline = "deadline"  # the programme's, on which one that was met stands
    by_step = {"report"}  # its day is set by the release: tests/reporting
    assert {kind.name for kind in marked_kinds() if kind.is_tenant} - by_step | {deadline} == found


def test_entry_carries_what_the_record_says(cast):
    post = make(
        PlannerPost,
        cast.home,
        title="Planerstelle",
        begin=iso("2017-10-01"),
        end=None,
        contradiction="01.10.2018",
        source="Bericht",
    )
    entry = next(entry for entry in timeline_entries(cast.home) if entry.kind_label == "Planerstelle")
    assert (entry.title, str(entry.begin), entry.shape, entry.lane) == ("Planerstelle", "01.10.2017", "period", 1)
    assert (entry.contradiction, entry.source) == ("01.10.2018", "Bericht")
    assert entry.url == f"/kyffhaeuserkreis/planerstellen/{post.pk}/"


def test_planned_session_is_expected_and_a_cancelled_one_is_left_out(cast):
    for state in Occurrence:
        make(Session, cast.home, title=state.label, state=state, held_on=iso("2018-01-01"))
    found = {entry.title: entry.expected for entry in timeline_entries(cast.home, Selection(kind="session"))}
    assert {title.rsplit(": ")[-1]: expected for title, expected in found.items()} == {
        "geplant": True,
        "stattgefunden": False,
    }


def test_a_resolution_is_joined_with_its_consultations_and_a_deferral_ends_with_its_follow_up(cast):
    names = ("Jugendhilfeausschuss", "Kreisausschuss", "Kreistag")
    first, second, council = (make(Body, cast.home, full=False, title=title) for title in names)
    own = {"body": council, "subject": "Plan 2018", "legitimises": Legitimises.OTHER, "full": False}
    deferred = {"outcome": Outcome.DEFERRED, "deferred_to": iso("2018-06")}
    old = make(Resolution, cast.home, resolved_on=iso("2018-03-20"), **own, **deferred)
    steps = {"resolution": old, "outcome": Advice.RECOMMENDED, "full": False}
    make(Consultation, cast.home, body=first, consulted_on=iso("2018-02-01"), **steps)
    make(Consultation, cast.home, body=second, consulted_on=iso("2018-03-01"), **steps)
    expected = "Kreistag: Plan 2018 (Juni 2018, vorgesehen)"
    assert expected in {entry.name for entry in timeline_entries(cast.home)}
    page = unescape(cast.client().get(URL).content.decode())
    assert page.count('class="chain"') == 2, "the line of the drawing and its sign in the legend"
    line = re.search(r'<path class="chain" d="(M[^"]+)" />', page)[1]
    assert line.count("L") == 2
    assert "Kreisausschuss: Vorberatung „Plan 2018“" in page
    assert "Beratungsfolge" in print_svg(timeline_entries(cast.home), today=DAY)
    make(Resolution, cast.home, resolved_on=iso("2018-06-19"), outcome=Outcome.ADOPTED, follows=old, **own)
    found = {entry.name for entry in timeline_entries(cast.home)}
    assert expected not in found
    assert "Kreistag: Plan 2018 (Folgebeschluss) (19.06.2018)" in found


def test_foreign_records_stay_out(cast):
    hurdle(cast.away, "fremd")
    assert timeline_entries(cast.home) == []


def test_content_carried_over_is_drawn_once(cast):
    old = make(Goal, cast.home, title="Ziel", target_date=iso("2019"))
    new = make(Goal, cast.home, title="Ziel", target_date=iso("2019"), level=old.level)
    Goal.objects.filter(pk=new.pk).update(predecessor=old)
    assert [entry.url for entry in timeline_entries(cast.home, Selection(kind="goal"))] == [
        f"/kyffhaeuserkreis/ziele/{new.pk}/"
    ]


def test_of_the_programme_only_what_concerns_the_municipality(cast):
    hurdle(cast.home, "H")
    make(NetworkEvent, None, title="mit", begin=iso("2017-05"), end=None, municipalities=[cast.home])
    make(NetworkEvent, None, title="ohne", begin=iso("2017-05"), end=None, municipalities=[cast.away])
    for year in (2017, 2027):
        make(Deadline, None, title="Plan", due=iso(f"{year}-11-15"), year=year)
    titles = {entry.title for entry in timeline_entries(cast.home)}
    assert titles == {"H", "mit", "Frist: Plan (2017)"}


def test_page_draws_marks_and_lists_them_by_year(cast):
    hurdle(cast.home, "Aufgabenfülle")
    page = cast.client().get(URL).content.decode()
    assert page.count("Aufgabenfülle") == 4  # lead, tooltip, label, list
    assert "<h3>2017</h3>" in page
    assert "1 Eintrag" in page


def test_filters_by_phase_kind_and_year(cast):
    hurdle(cast.home, "Hürde eins")
    make(PlanningStep, cast.home, title="Angebote erheben", begin=iso("2018-03"), end=None)
    make(Measure, cast.home, title="Rufbus", begin=iso("2018-07-01"), end=iso("2019-06-30"))
    make(Session, cast.home, title="Sitzung", held_on=iso("2016-08-17"), phase="goals")

    def listed(query):
        page = cast.client().get(f"{URL}?{query}").content.decode()
        page = page[page.index('id="liste"') :]
        return {title for title in ("Hürde eins", "Rufbus", "Sitzung") if re.search(f"[>:] ?(M 1 )?{title}<", page)}

    assert listed("phase=umsetzung&umfang=alles") == {"Hürde eins", "Rufbus"}
    assert listed("phase=umsetzung") == {"Hürde eins"}
    assert listed("art=measure") == {"Rufbus"}
    assert listed("von=2019&bis=2019&umfang=alles") == {"Rufbus"}
    assert listed("von=2018-06&bis=2018-06&umfang=alles") == {"Hürde eins"}
    assert listed("von=2018-Q3&bis=2018-Q3&umfang=alles") == {"Hürde eins", "Rufbus"}
    assert listed("huerden=aus") == {"Sitzung"}
    assert listed("von=2018&bis=2016&umfang=alles") == {"Hürde eins", "Rufbus", "Sitzung"}


def test_first_view_shows_the_essentials_and_says_what_it_hides(cast):
    make(Session, cast.home, title="Sitzung", held_on=iso("2016-08-17"))
    make(PlanningStep, cast.home, title="Angebote erheben", begin=iso("2016-03"), end=None, is_milestone=False)
    make(PlanningStep, cast.home, title="Start der Modellphase", begin=iso("2016-04"), end=None, is_milestone=True)
    make(Measure, cast.home, title="Rufbus", begin=iso("2016-07-01"), end=None, around=True)
    client = cast.client()
    page = client.get(URL).content.decode()
    assert ("Angebote erheben" in page, "Rufbus" in page, "Start der Modellphase" in page) == (False, False, True)
    assert "3 weitere ausgeblendet" in page  # the measure comes with its goal
    assert f'href="{URL}?umfang=alles"' in page
    rows = [client.get(f"{URL}export.csv{query}").content.decode().count("\r\n") for query in ("", "?umfang=alles")]
    assert rows[1] == rows[0] + 3
    drawings = [client.get(f"{URL}export.svg{query}").content.decode() for query in ("", "?umfang=alles")]
    assert ["Rufbus" in drawing for drawing in drawings] == [False, True]


def links(page, name):
    """The links of a navigation by their words."""
    part = page[page.index(f'aria-label="{name}"') :]
    found = re.findall(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', part[: part.index("</nav>")], re.S)
    return {" ".join(unescape(re.sub(r"<[^>]+>", " ", words)).split()): unescape(url) for url, words in found}


def test_zoom_leads_from_a_year_to_a_month_back_and_to_its_neighbours(cast):
    for day in ("2016-02-01", "2017-05-09", "2017-05", "2017", "2018-01-01"):
        make(Session, cast.home, title=f"Sitzung {day}", held_on=iso(day))
    client = cast.client()
    years = links(client.get(f"{URL}?art=session").content.decode(), "Zeitraum nach Jahren")
    page = client.get(years["2017 3 Einträge"]).content.decode()
    months = links(page, "Zeitraum nach Monaten")
    assert list(months)[3:6] == ["April 0 Einträge", "Mai 2 Einträge", "Juni 0 Einträge"]
    assert links(page, "Zeitraum davor und danach") == {
        "‹ 2016": f"{URL}?art=session&von=2016&bis=2016",
        "2018 ›": f"{URL}?art=session&von=2018&bis=2018",
    }
    page = client.get(months["Mai 2 Einträge"]).content.decode()
    beside = links(page, "Zeitraum davor und danach")
    assert list(beside) == ["‹ April 2017", "2. Quartal 2017", "Juni 2017 ›"]
    assert page.count('aria-current="true">Mai') == 1
    assert "Mai 2017" in page
    page = client.get(beside["2. Quartal 2017"]).content.decode()
    assert list(links(page, "Zeitraum davor und danach")) == ["‹ 1. Quartal 2017", "2017", "3. Quartal 2017 ›"]
    first = client.get(f"{URL}?von=2016&bis=2016").content.decode()
    assert "2015" not in " ".join(links(first, "Zeitraum davor und danach"))


def test_drawing_of_a_month_for_download_names_the_month(cast):
    make(Session, cast.home, title="Sitzung", held_on=iso("2017-05-09"))
    drawing = cast.client().get(f"{URL}export.svg?von=2017-05&bis=2017-05").content.decode()
    assert "Zeitstrahl Mai 2017: 1 Eintrag" in drawing
    assert ">Mai<" in drawing


def test_drawing_can_be_skipped_and_comes_second_on_phones(cast):
    hurdle(cast.home, "H")
    page = cast.client().get(URL).content.decode()
    assert page.index('href="#liste">Zeichnung überspringen') < page.index('<svg class="timeline"')
    assert '<div id="grafik" class="only-l">' in page


@pytest.mark.parametrize(
    "query",
    [
        "von=2017-13&bis=2017-Q9",
        "von=2017-01-01",
        "umfang=<b>",
        "von=2100-12&bis=2100-12",
        "phase=x&art=y&von=abc&bis=99999",
        "von=-1&bis=12345",
        "ansicht=<b>",
        "von=2100",
    ],
)
def test_nonsense_in_the_address_is_ignored(cast, query):
    hurdle(cast.home, "H")
    assert cast.client().get(f"{URL}?{query}").status_code == 200


def test_empty_timeline_says_what_to_do(cast):
    assert "Noch kein Eintrag mit Datum" in cast.client().get(URL).content.decode()


def test_csv_holds_dates_as_meant_and_in_exchange_form(cast):
    hurdle(cast.home, "=SUMME(1)", begin="2017-Q1", end="2018-H1")
    rows = list(
        csv.DictReader(io.StringIO(cast.client().get(f"{URL}export.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    assert [rows[0][name] for name in ("Datum", "Beginn", "Ende", "Phase", "Eintrag")] == [
        "1. Quartal 2017 bis 1. Halbjahr 2018",
        "2017-Q1",
        "2018-H1",
        "Hürde",
        "'=SUMME(1)",
    ]


def test_downloads_are_attachments_and_others_do_not_exist(cast):
    hurdle(cast.home, "H")
    client = cast.client()
    for form in ("csv", "xlsx", "svg"):
        assert client.get(f"{URL}export.{form}")["Content-Disposition"].startswith("attachment")
    assert client.get(f"{URL}export.exe").status_code == 404


def test_titles_are_escaped_in_drawing_and_list(cast):
    hurdle(cast.home, "<script>x</script>")
    assert "<script>x" not in cast.client().get(URL).content.decode()


def test_queries_do_not_grow_with_rows(cast, django_assert_num_queries):
    client = cast.client()
    bodies = [make(Body, cast.home, title=f"Gremium {i}") for i in range(2)]
    counts = []
    for amount in (1, 30):
        for i in range(amount):
            hurdle(cast.home, f"H{amount}-{i}")
            make(Session, cast.home, body=bodies[i % 2], title=f"S{amount}-{i}", attending_members=[])
        with django_assert_num_queries(6):
            client.get(URL)
        counts.append(len(timeline_entries(cast.home)))
    assert counts[1] > counts[0] + 50


def test_repeated_names_are_said_once():
    assert without_repetition("Beirat: Beirat: 1. Sitzung") == "Beirat: 1. Sitzung"
    assert without_repetition("Zertifikat: Zertifikat „Audit“") == "Zertifikat „Audit“"
    assert without_repetition("Beirat: 1. Sitzung") == "Beirat: 1. Sitzung"
    assert without_repetition("Beirat Ost: 1. Sitzung des Beirats Ost") == "1. Sitzung des Beirats Ost"
    assert without_repetition("Externe Gruppe: Treffen der externen Gruppe") == "Treffen der externen Gruppe"
    assert (
        without_repetition("Externe Gruppe: Treffen der internen Gruppe")
        == "Externe Gruppe: Treffen der internen Gruppe"
    )
    assert without_repetition("Kreistag: Plan (Kreistag)") == "Kreistag: Plan"
