"""Figures over the years, and a new Richtlinie from 2027: other fields and numbers, the past as it was, one mapping."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Municipality
from funding.models import BudgetLine, BudgetYear
from overview.enums import FigureKind
from overview.queries.figures import figures
from planning.models import ActionField, LifePhase, Measure, Need, Offer, PlanningCycle
from plans.compare import compare
from plans.queries.comparing import renamed_fields
from records.vague import VagueDate
from reporting.queries.state_report import read_state_year
from reporting.reports.state import state_report
from tests.factories import make

URL = "/ministerium/zahlen/"
iso = VagueDate.from_iso
OLD_END, NEW_BEGIN = date(2026, 12, 31), date(2027, 1, 1)


@pytest.fixture
def catalogue(cast):
    """Two fields of 2022 become one of 2027, a third keeps its place under another number."""
    new = {
        "wide": make(ActionField, None, full=False, number=1, title="Familie und Alltag", valid_from=NEW_BEGIN),
        "dialogue": make(ActionField, None, full=False, number=2, title="Dialog", valid_from=NEW_BEGIN),
    }
    old = {
        number: make(
            ActionField,
            None,
            full=False,
            number=number,
            title=title,
            valid_until=OLD_END,
            successor=new[heir],
        )
        for number, title, heir in ((1, "Steuerung", "wide"), (2, "Mobilität", "wide"), (6, "Dialog alt", "dialogue"))
    }
    return old, new


def fill(cast, old, new):
    """In each of three municipalities measures before and after the change, needs and offers over both."""
    for place in three(cast):
        fill_place(place, old, new)


def three(cast):
    """So many that sums may be told of them."""
    own = {"kind": cast.home.kind, "state_region": cast.home.state_region}
    return [cast.home, cast.away, Municipality.objects.create(ags="16068", name="Sömmerda", slug="soemmerda", **own)]


def fill_place(place, old, new):
    for first, last, fields in ((2025, 2026, (old[1], old[2], old[6])), (2027, 2028, (new["wide"], new["dialogue"]))):
        cycle = make(PlanningCycle, place, full=False, title=f"Z{first}", first_year=first, last_year=last)
        for number, field in enumerate(fields):
            own = {"cycle": cycle, "action_field": field, "begin": iso(str(first)), "end": iso(str(last))}
            measure = make(Measure, place, full=False, title=f"M{first}{number}", **own)
            if number == 0:
                year = make(BudgetYear, place, full=False, cycle=cycle, year=first)
                money = {"budget_year": year, "measure": measure, "title": "Kosten", "land": Decimal("700.10")}
                make(BudgetLine, place, full=False, **money)
        need = make(Need, place, full=False, cycle=cycle, title=f"B{first}")
        need.action_fields.set(fields[:2])


def told(table):
    return {line.title: [value for _, value in line.cells] for line in (*table.lines, table.total)}


def test_all_years_speak_of_one_catalogue_and_the_past_keeps_its_own(cast, catalogue):
    old, new = catalogue
    fill(cast, old, new)
    assert told(figures(FigureKind.MEASURES, False, range(2026, 2028), 2027)) == {
        "1 Familie und Alltag": [6, 3],
        "2 Dialog": [3, 3],
        "Verschiedene insgesamt": [9, 6],
    }
    before = told(figures(FigureKind.MEASURES, False, range(2025, 2027), 2026))
    assert before == {
        "1 Steuerung": [3, 3],
        "2 Mobilität": [3, 3],
        "6 Dialog alt": [3, 3],
        "Verschiedene insgesamt": [9, 9],
    }
    needs = told(figures(FigureKind.NEEDS, False, range(2026, 2028), 2027))
    assert needs["1 Familie und Alltag"] == [3, 3]  # of two old fields that are one now it counts once
    assert told(figures(FigureKind.MONEY, False, range(2025, 2028), 2027))["1 Familie und Alltag"] == [
        Decimal("2100.30"),
        None,
        Decimal("2100.30"),
    ]
    assert [line.title for line in state_report(read_state_year(2026)).by_field] == [
        "1 Steuerung",
        "2 Mobilität",
        "6 Dialog alt",
    ]
    page = cast.client("ministry").get(f"{URL}?bis=2027").content.decode()
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "„6 Dialog alt“ zählt unter „2 Dialog“" in words


def test_two_plans_are_compared_under_the_names_of_the_newer(catalogue):
    def plan(year, field, swot):
        needs = {"fields": [{"action_field": field, "needs": [{"uid": f"n{year}", "title": "Bus", "origin": "n"}]}]}
        needs["swot"] = [{"action_field": swot, **dict.fromkeys(("weaknesses", "opportunities", "threats"), ())}]
        needs["swot"][0]["strengths"] = [{"text": "Viele Ehrenamtliche und kurze Wege", "uid": ""}]
        needs["fields"][0]["needs"][0]["description"] = f"Stand {year}"
        return {"year": year, "chapters": [{"code": "needs", "body": needs, "text": ""}]}

    old, new = plan(2026, "6 Dialog alt", "6 Dialog alt"), plan(2027, "2 Dialog", "2 Dialog")
    mapped = compare(old, new, renamed=renamed_fields(2027))
    assert [(row.what, row.note) for row in mapped.rows] == [("Bedarf", "")]
    plain = compare(old, new)  # without the mapping the field would look changed
    assert [row.note for row in plain.rows if row.what == "Bedarf"] == ["jetzt im Handlungsfeld 2 Dialog"]
    assert renamed_fields(2026) == {"2 Dialog": "6 Dialog alt"}  # one of two predecessors is none


def test_offers_by_life_phase_and_the_file_hold_the_same(cast, django_assert_max_num_queries):
    phases = [make(LifePhase, None, full=False, number=n, title=t) for n, t in ((1, "Kinder"), (2, "Ältere"))]
    for place in three(cast):
        for title, begin, end, chosen in (
            ("A", "2016", None, phases),
            ("B", "2018", "2018", phases[1:]),
            ("C", None, None, []),
        ):
            if title == "B" and place == cast.away:
                continue
            offer = make(Offer, place, full=False, title=title, begin=begin and iso(begin), end=end and iso(end))
            offer.life_phases.set(chosen)
    client = cast.client("ministry")
    with django_assert_max_num_queries(8):
        answer = client.get("/ministerium/zahlen.csv?was=angebote&nach=lebensphase&bis=2019")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Lebensphase", "2014", "2015", "2016", "2017", "2018", "2019"]
    assert rows[1:] == [
        ["Kinder", "", "", "3", "3", "3", "3"],
        ["Ältere", "", "", "3", "3", "5", "3"],
        ["Ohne Zuordnung", "3", "3", "3", "3", "3", "3"],
        ["Verschiedene insgesamt", "3", "3", "6", "6", "8", "6"],
    ]
    Offer.objects.filter(municipality=cast.away, life_phases__number=1).delete()
    answer = client.get("/ministerium/zahlen.csv?was=angebote&nach=lebensphase&bis=2019").content.decode("utf-8-sig")
    few = [row[1:] for row in csv.reader(io.StringIO(answer), delimiter=";")][1:]
    untold = "zu wenige Kommunen"
    assert few[0] == ["", "", untold, untold, untold, untold], "two municipalities alone"
    assert few[2:] == [["3"] * 6, ["3", "3", *[untold] * 4]], "and the total does not say it either"
    by_field = client.get("/ministerium/zahlen.csv?was=angebote&bis=2019").content.decode("utf-8-sig").splitlines()
    assert by_field[-1].split(";")[3:] == [untold] * 4, "nor does the same total on the page by Handlungsfeld"
    for query in ("was=x&nach=y&bis=z", "bis=1", "bis=99999999999999999999", "was=geld&nach=lebensphase"):
        assert client.get(f"{URL}?{query}").status_code == 200
