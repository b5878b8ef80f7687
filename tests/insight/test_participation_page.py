import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insight.participation.queries import Heard
from insight.participation.voices import return_words, sum_words
from participation.models import Body, BodyMembership, Event, EventAttendance, Finding, Session, Survey
from planning.models import ActionField, LifePhase, Need, PlanningCycle, PlanningRegion
from printing.drawings.bars import Value, draw_bars
from printing.drawings.text import text_width
from records.vague import VagueDate
from tests.factories import make

URL = "/kyffhaeuserkreis/beteiligung/"
QUERIES = 14
iso = VagueDate.from_iso


def event(place, title="Konferenz", begin="2017-05-04", groups=None, **given):
    """An event that took place, with its groups."""
    given = {"state": "held", "begin": iso(begin) if begin else None} | given
    made = make(Event, place, full=False, title=title, **given)
    for group, count in (groups or {}).items():
        make(EventAttendance, place, full=False, event=made, group=group, count=count)
    return made


def finding(place, text="Aussage", **given):
    return make(Finding, place, full=False, text=text, origin="event", **given)


def need(place, title="Bedarf", **given):
    given.setdefault("cycle", PlanningCycle.objects.filter(municipality=place).first() or make(PlanningCycle, place))
    return make(Need, place, full=False, title=title, **given)


def shown(client, query=""):
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def main(page):
    return page[page.index("<main") :]


def rows(page, caption):
    """Texts of the rows of a table."""
    body = re.search(rf"<caption[^>]*>{caption}</caption>.*?<tbody[^>]*>(.*?)</tbody>", page, re.DOTALL)[1]
    return [
        [plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    ]


def plain(html):
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def test_groups_are_counted_by_year_and_never_as_zero(cast):
    event(cast.home, "A", "2016-11", {"families": 12, "mayors": None, "church": 0})
    event(cast.home, "B", "2017", {"families": 30, "mayors": None})
    event(cast.home, "C", "2017-Q3", {"families": None})
    event(cast.home, "D", None, {"politics": 4})
    assert rows(shown(cast.client()), "Teilnehmende nach Gruppen und Jahren") == [
        ["Familien", "12", "30 und 1 × ohne Zahl", "–", "42 und 1 × ohne Zahl", "3"],
        ["Bürgermeisterinnen und Bürgermeister", "ohne Zahl", "ohne Zahl", "–", "2 × ohne Zahl", "2"],
        ["Kirche", "0", "–", "–", "0", "1"],
        ["Politik", "–", "–", "4", "4", "1"],
    ]


def test_vague_numbers_are_shown_as_text_and_not_added_up(cast):
    for number in range(3):
        event(cast.home, f"Konferenz {number}", participants_note="zusammen über 100")
    event(cast.home, "Gespräch", participants=24)
    event(cast.home, "Treffen")
    page = main(shown(cast.client()))
    assert "24 Personen bei 1 Veranstaltung gezählt" in page
    assert "3 Veranstaltungen mit ungefährer Angabe" in page
    assert "1 Veranstaltung ohne Zahl" in page
    assert page.count("Angabe: „zusammen über 100“") == 1
    assert [row[4] for row in rows(page, "Veranstaltungen")] == ["24", *["zusammen über 100"] * 3, "ohne Zahl"]


def test_only_what_took_place_counts(cast):
    event(cast.home, "Geplant", state="planned", groups={"church": 5})
    event(cast.home, "Abgesagt", state="cancelled", groups={"church": 5})
    event(cast.home, "Gewesen")
    page = main(shown(cast.client()))
    assert "Geplant" not in page
    assert "Abgesagt" not in page
    assert "1 geplante Veranstaltung zählt noch nicht" in page
    assert "Kirche" in page[page.index("Noch nicht als teilnehmend eingetragen") :]


def test_groups_that_were_not_heard_are_a_hint(cast):
    event(cast.home, groups={"families": 3})
    hint = re.search(r"Noch nicht als teilnehmend eingetragen</p>\s*<p>(.*?)</p>", shown(cast.client()))[1]
    assert hint.startswith("Bürgerinnen und Bürger, Bürgermeisterinnen")
    assert "Familien" not in hint
    assert "Weitere" not in hint


def test_chart_shows_numbers_and_what_nobody_counted(cast):
    event(cast.home, groups={"families": 12, "mayors": None})
    page = shown(cast.client())
    drawing = page[page.index('<svg class="bars"') :]
    drawing = drawing[: drawing.index("</svg>")]
    assert "<title>Familien: 12</title>" in drawing
    assert "<title>Bürgermeisterinnen und Bürgermeister: ohne Zahl</title>" in drawing
    assert drawing.count('class="bar"') == drawing.count('class="bars-open"') == 1


def test_without_any_number_there_is_no_chart(cast):
    event(cast.home, groups={"families": None})
    page = shown(cast.client())
    assert '<svg class="bars"' not in page
    assert "Für keine Gruppe ist eine Zahl eingetragen" in page


def test_what_came_of_it_is_linked(cast):
    made, first, second = event(cast.home), need(cast.home, "Bus"), need(cast.home, "Pflege")
    finding(cast.home, "eins", event=made, needs=[first])
    finding(cast.home, "zwei", event=made, needs=[first, second])
    finding(cast.home, "gelesen")
    page = shown(cast.client())
    assert "1 Veranstaltung. Daraus: 2 Erkenntnisse; 2 Bedarfe stützen sich darauf." in page
    assert rows(page, "Veranstaltungen")[0][-1] == "2 Erkenntnisse 2 Bedarfe stützen sich darauf B 1 Bus B 2 Pflege"
    assert f'href="/kyffhaeuserkreis/erkenntnisse/?event={made.pk}"' in page
    assert f'href="/kyffhaeuserkreis/bedarfe/{second.pk}/"' in page


def test_a_need_carried_over_counts_once(cast):
    made = event(cast.home)
    old, new = need(cast.home, "Bus"), need(cast.home, "Bus, fortgeschrieben")
    Need.objects.filter(pk=new.pk).update(predecessor=old)
    finding(cast.home, event=made, needs=[old, new])
    assert rows(shown(cast.client()), "Veranstaltungen")[0][-1] == (
        "1 Erkenntnis 1 Bedarf stützt sich darauf B 2 Bus, fortgeschrieben"
    )


def test_sessions_with_guests_of_that_time_or_with_findings_are_listed(cast):
    body = make(Body, cast.home, full=False, title="Beirat")
    for organisation, begin, person in (("Sparkasse", "2017", "Erika Geheim"), ("Feuerwehr", "2020", "")):
        make(
            BodyMembership,
            cast.home,
            full=False,
            body=body,
            organisation=organisation,
            kind="guest",
            begin=iso(begin),
            person_name=person,
        )
    other = make(Body, cast.home, full=False, title="Steuerung")
    held = {"state": "held", "phase": "needs"}
    make(Session, cast.home, full=False, body=body, title="Mit Gast", held_on=iso("2018-06-14"), **held)
    make(Session, cast.home, full=False, body=body, title="Zu früh", held_on=iso("2016"), **held)
    make(Session, cast.home, full=False, body=other, title="Unter sich", held_on=iso("2018"), **held)
    said = make(Session, cast.home, full=False, body=other, title="Mit Erkenntnis", held_on=iso("2018"), **held)
    finding(cast.home, session=said)
    page = shown(cast.client())
    found = [row[:5] for row in rows(page, "Sitzungen mit Gästen oder Erkenntnissen")]
    assert found == [
        ["Mit Erkenntnis", "2018", "Steuerung", "–", "ohne Zahl"],
        ["Mit Gast", "14.06.2018", "Beirat", "Sparkasse", "ohne Zahl"],
    ]
    assert "Erika Geheim" not in page


def test_surveys_show_their_return_rate_but_no_small_group(cast):
    common = {"target_group": "Familien", "begin": iso("2018")}
    make(Survey, cast.home, full=False, title="A", sent=3000, returned=1000, evaluated=990, **common)
    make(Survey, cast.home, full=False, title="B", sent=40, returned=4, evaluated=3, **common)
    make(Survey, cast.home, full=False, title="C", return_note="über 1 000", **common)
    found = [row[3:7] for row in rows(shown(cast.client()), "Befragungen")]
    assert found == [
        ["3\u202f000", "1\u202f000 (33,3\u202f%)", "990", "–"],
        ["40", "unter 5", "unter 5", "–"],
        ["ohne Zahl", "ohne Zahl", "ohne Zahl", "über 1 000"],
    ]


def test_findings_by_region_life_phase_and_field(cast):
    region = make(PlanningRegion, cast.home, full=False, title="Ost")
    late, early = (
        make(LifePhase, None, full=False, number=n, title=f"{letter}-Phase") for n, letter in ((2, "A"), (1, "B"))
    )
    field = make(ActionField, None, full=False, number=1, title="Feld")
    made, bus = event(cast.home, region=region), need(cast.home)
    finding(cast.home, event=made, region=region, life_phases=[late, early], action_field=field, needs=[bus])
    finding(cast.home, "zwei", event=made, life_phases=[early])
    page = shown(cast.client())
    base = "Erkenntnisse und Bedarfe nach "
    assert rows(page, f"{base}Planungsregion") == [["Ost", "1", "1", "1"], ["ohne Zuordnung", "0", "1", "0"]]
    assert rows(page, f"{base}Lebensphase") == [["B-Phase", "2", "1"], ["A-Phase", "1", "1"]]
    assert rows(page, f"{base}Handlungsfeld") == [["1 Feld", "1", "1"], ["ohne Zuordnung", "1", "0"]]


def test_period_narrows_everything(cast):
    finding(cast.home, event=event(cast.home, "Früh", "2016", {"church": 3}))
    event(cast.home, "Spät", "2019-Q2", {"politics": 3})
    event(cast.home, "Undatiert", None)
    page = main(shown(cast.client(), "von=2018&bis=2017"))
    assert "In diesem Zeitraum ist keine Beteiligung eingetragen." in page
    late = main(shown(cast.client(), "von=2018"))
    assert [row[0] for row in rows(late, "Veranstaltungen")] == ["Spät"]
    assert "1 Veranstaltung. Daraus: 0 Erkenntnisse" in late
    assert [row[0] for row in rows(main(shown(cast.client())), "Veranstaltungen")] == ["Früh", "Spät", "Undatiert"]


@pytest.mark.parametrize("query", ["von=abc&bis=99999", "von=-1&bis=²²²²", "von=1e30", "von=&bis="])
def test_nonsense_in_the_address_is_ignored(cast, query):
    event(cast.home, "Konferenz")
    assert "Konferenz" in main(shown(cast.client(), query))


def test_foreign_rows_stay_out(cast):
    made = event(cast.away, "Fremde Konferenz", groups={"church": 7})
    finding(cast.away, "Fremde Aussage", event=made, needs=[need(cast.away, "Fremder Bedarf")])
    make(Survey, cast.away, full=False, title="Fremde Befragung")
    body = make(Body, cast.away, full=False, title="Fremdes Gremium")
    session = make(Session, cast.away, full=False, body=body, held_on=iso("2018"), state="held", phase="needs")
    finding(cast.away, "Fremdes Wort", session=session)
    event(cast.home, "Eigene Konferenz")
    page = shown(cast.client())
    assert "Fremd" not in page
    assert "1 Veranstaltung. Daraus: 0 Erkenntnisse" in page
    assert cast.client("foreign_planner").get(URL).status_code == 404


def test_empty_page_says_how_to_begin(cast):
    assert "Veranstaltung anlegen" in main(shown(cast.client()))
    assert "Veranstaltung anlegen" not in main(shown(cast.client("adviser")))


def test_titles_are_escaped(cast):
    event(cast.home, "<script>x</script>", participants_note="<b>")
    page = shown(cast.client())
    assert "<script>x" not in page
    assert "<b>" not in main(page)


@pytest.mark.slow
def test_queries_do_not_grow_with_rows(cast):
    client, counts = cast.client(), []
    body = make(Body, cast.home, full=False, title="Beirat")
    for amount in (1, 30):
        for number in range(amount):
            made = event(cast.home, f"E {amount} {number}", groups={"church": 7})
            finding(cast.home, f"F {amount} {number}", event=made, needs=[need(cast.home, f"B {amount} {number}")])
            session = make(Session, cast.home, full=False, body=body, held_on=iso("2018"), state="held", phase="needs")
            finding(cast.home, f"S {amount} {number}", session=session)
            make(Survey, cast.home, full=False, title=f"U {amount} {number}")
        with CaptureQueriesContext(connection) as captured:
            shown(client)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= QUERIES


@pytest.mark.parametrize(
    ("counts", "words"),
    [([], "–"), ([0], "0"), ([None], "ohne Zahl"), ([None, None], "2 × ohne Zahl"), ([5, None], "5 und 1 × ohne Zahl")],
)
def test_missing_numbers_are_said(counts, words):
    assert sum_words(counts) == words


@pytest.mark.parametrize(
    ("sent", "returned", "words"),
    [(4, 0, "0"), (10, 4, "unter 5"), (10, 5, "5 (50\u202f%)"), (10, 0, "0 (0\u202f%)"), (None, 7, "7"), (0, 0, "0")],
)
def test_rate_gives_no_small_group_away(sent, returned, words):
    assert return_words(Heard("survey", 1, "U", None, sent=sent, returned=returned)) == words


def test_bars_and_their_numbers_stay_inside():
    chart = draw_bars(
        [Value("A", 90_000, "90 000 und 12 × ohne Zahl"), Value("B", 1, "1"), Value("C", None, "x")], title="", uid="u"
    )
    for bar in chart.bars:
        assert bar.text_x + text_width(bar.text, 14, 600) <= chart.width
    assert chart.bars[0].width > chart.bars[1].width
