"""Who hears nothing but the title of a page knows which one it is."""

import re
from collections import Counter
from html import unescape

import pytest

from funding.models import FundingDecision
from participation.models import AgendaItem, Body, Session
from planning.models import Goal, Measure, Milestone, Need, PlanningCycle, PlanningStep, SwotEntry
from records.registry import kind_of
from tests.factories import make

pytestmark = pytest.mark.usefixtures("quiet")


def title_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(unescape(re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)[1]).split())


@pytest.mark.parametrize("model", [Need, Measure, Milestone, PlanningStep, Body])
def test_titles_of_different_pages_differ(cast, model):
    kind, client = kind_of(model), cast.client()
    rows = [make(model, cast.home, text=text) for text in ("Eins", "Zwei")]
    listed, column = kind.url("list", cast.home), kind.title_field
    paths = [listed, f"{listed}?q=Eins", f"{listed}?sortierung={column}", f"{listed}?sortierung=-{column}"]
    paths += [kind.url("create", cast.home)]
    for page in ("detail", "update", "history", "delete"):
        paths += [kind.url(page, cast.home, row.pk) for row in rows]
    if model is Body:
        paths += [f"{kind.url('detail', cast.home, row.pk)}tabelle/mitglieder/" for row in rows]
    titles = {path: title_of(client, path) for path in paths}
    assert sorted(set(titles.values())) == sorted(titles.values())


def test_titles_of_records_of_one_name_differ(cast):
    """A carried on record keeps its name, and parts of different records often have the same."""
    client, titles = cast.client(), {}
    for model in (SwotEntry, Goal, Milestone, AgendaItem):
        kind, rows = kind_of(model), []
        for year in (2017, 2020):
            cycle = PlanningCycle.objects.filter(first_year=year).first()
            cycle = cycle or make(PlanningCycle, cast.home, full=False, first_year=year, last_year=year + 2)
            own = {"cycle": cycle} if not kind.parent else {}
            if model is Milestone:
                own["measure"] = make(Measure, cast.home, full=False, cycle=cycle, title="Gleich")
            if model is AgendaItem:
                own["session"] = make(Session, cast.home, full=False, title=f"Sitzung {year}")
            rows.append(make(model, cast.home, full=False, **{kind.title_field: "Gleich"}, **own))
        for row in rows:
            for page in ("detail", "update", "history", "delete"):
                path = kind.url(page, cast.home, row.pk)
                titles[path] = title_of(client, path)
    assert [title for title, count in Counter(titles.values()).items() if count > 1] == []


def test_a_title_says_whose_part_it_is_once(cast):
    decision = make(FundingDecision, cast.home)
    title = title_of(cast.client(), kind_of(FundingDecision).url("detail", cast.home, decision.pk))
    assert title.count(str(decision.application)) == 1, title


def test_titles_of_cuts_of_one_page_differ(cast):
    """Filters, forms in a page, orders, chapters: whoever hears the title knows what is shown."""
    cycle = make(PlanningCycle, cast.home, full=False, first_year=2017, last_year=2019)
    goal = make(Goal, cast.home, full=False, cycle=cycle, title="Ziel", level="guiding")
    need = make(Need, cast.home, full=False, cycle=cycle, title="Bedarf")
    body = make(Body, cast.home, full=False)
    other = make(Body, cast.home, full=False, title="Anderer Beirat")
    entry = make(SwotEntry, cast.home, full=False, cycle=cycle, kind="strength")
    home = f"/{cast.home.slug}/"
    cuts = {
        f"{home}roter-faden/": ["", "?luecken=ja", f"?ziel={goal.pk}", f"?bedarf={need.pk}", "?ansicht=grafik"],
        f"{home}zeitstrahl/": ["", "?von=2017&bis=2017", "?von=2017-Q2&bis=2017-Q2", "?umfang=alles", "?huerden=aus"],
        f"{home}beteiligung/": ["", "?von=2017", "?bis=2017"],
        f"{home}ziele/baum/": [
            "",
            "?neu=0",
            *(f"?{form}={goal.pk}" for form in ("neu", "nach", "umbenennen", "verschieben")),
        ],
        f"{home}suche/": ["?q=Bedarf", "?q=Bedarf&art=bedarfe"],
        f"{home}bedarfe/": ["", "?anzahl=100", "?sortierung=title"],
        f"{home}swot/tabelle/": ["", "?sortierung=title", "?sortierung=-title", "?q=S", f"?auswahl={entry.pk}"],
        f"{home}sitzungen/neu/": ["", f"?body={body.pk}", f"?body={other.pk}", f"?phase=needs&body={other.pk}"],
        f"{home}massnahmen/neu/": ["", f"?goals={goal.pk}", f"?needs={need.pk}"],
        f"{home}schritte/katalog/": ["", "?phase=bedarfsanalyse", "?phase=leitbild-und-ziele"],
        f"{home}sitzungen/nacherfassen/": ["", f"?gremium={body.pk}"],
    }
    cuts |= {
        f"{home}ziele/{goal.pk}/zuordnen/": ["measures/"],
        f"{home}bedarfe/{need.pk}/zuordnen/": ["measures/"],
    }
    client, admin = cast.client(), cast.client("admin")
    titles = {page + cut: title_of(client, page + cut) for page, all_cuts in cuts.items() for cut in all_cuts}
    people = "/konto/personen/"
    for cut in ("", "?q=a", f"{cast.planner.pk}/", f"{cast.lead.pk}/", f"{cast.lead.pk}/rollen/neu/"):
        titles[people + cut] = title_of(admin, people + cut)
    assert [title for title, count in Counter(titles.values()).items() if count > 1] == []


def test_no_name_says_a_part_twice(cast):
    cycle = make(PlanningCycle, cast.home, full=False, title="Planungszyklus 2017–2019")
    page = cast.client().get(f"{kind_of(Need).url('list', cast.home)}?cycle={cycle.pk}").content.decode()
    assert "Planungszyklus: Planungszyklus" not in page
    assert "Bedarfe, Planungszyklus 2017–2019" in " ".join(page.split())


def test_hits_and_rows_of_one_name_say_their_years_and_parts_whose_they_are(cast):
    """What is carried on keeps its name: links that lead to different records do not read alike."""
    before = None
    for year in (2017, 2020):
        cycle = make(PlanningCycle, cast.home, full=False, first_year=year, last_year=year + 2)
        before = make(Need, cast.home, full=False, cycle=cycle, predecessor=before, title="Wohnen im Alter")
        session = make(Session, cast.home, full=False, title=f"Sitzung {year}")
        make(AgendaItem, cast.home, full=False, session=session, title="Wohnen")
    for _ in range(2):
        make(Need, cast.home, full=False, cycle=cycle, title="Lesen lernen")
    found, listed = (
        " ".join(re.sub(r"</?mark>", "", cast.client().get(url).content.decode()).split())
        for url in (f"/{cast.home.slug}/suche/?q=wohnen", kind_of(Need).url("list", cast.home))
    )
    assert listed.count("Lesen lernen</a>") == 2, "the same years tell nothing apart"
    for years in ("2017–2019", "2020–2022"):
        assert f"Wohnen im Alter ({years})</a>" in found
        assert f"Wohnen im Alter ({years})</a>" in listed
    assert "Tagesordnungspunkt · Sitzung 2020" in found, "a part says whose it is"
