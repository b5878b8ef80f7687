"""Nothing ranks municipalities (docs/product.md §2.2): no page, file, address or drawing orders them by a value.

Five municipalities hold values of which neither the rising nor the falling order is the alphabetical one. A new page is
tested because it can be reached; a new parameter of the ministry's pages has to say here what it does.
"""

import ast
import csv
import html
import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.urls import NoReverseMatch, reverse
from openpyxl import load_workbook

from accounts.enums import MunicipalityKind, Role, StateRegion
from accounts.models import Municipality, RoleAssignment
from funding.models import StateGrant, StateNotice
from overview.pages.ministry_filter import LAYERS, QUICK
from overview.queries.ministry import standings
from participation.enums import SupportKind
from participation.models import Event, SupportRecord
from planning.enums import Phase, Progress
from planning.models import EntryLevel, Hurdle, Offer, PhaseState, PlannerPost, PlanningCycle, PlanningStep
from plans.domain import freezing
from printing.papers import making
from records.vague import VagueDate
from reporting.queries.state_report import read_state_year
from reporting.reports.state import state_report
from reporting.reports.state_paper import LEVELS, PLANS, maps_of
from tests.accounts.routes import routes
from tests.factories import make
from tests.plans.life.released import TO_PUBLISHED, actors_in, go, make_plan, small_pdf

NAMES = ("Ahorn", "Birke", "Eiche", "Linde", "Weide")
VALUES = (3, 1, 5, 2, 4)
YEAR = date.today().year
# What the pages over all municipalities read from their addresses: days, years, filters, the map's layer, the order
# by name or region, the subject of an experience, the chapter of a plan,
# whether a message was seen.
PARAMETERS = frozenset(
    "name region phase nur karte plan stufe stelle ordnung stand jahr planjahr was nach bis thema suche seite q "  # noqa: SIM905
    "kapitel gesehen".split()
)
ROOMS = (
    "overview/views",
    "overview/pages",
    "overview/queries",
    "reporting/views",
    "reporting/reports",
    "reporting/queries",
    "plans/views",
    "plans/queries",
    "plans/open_data",
    "plans/all_plans",
)
OPEN_TO_ALL = ("/ministerium/", "/programm/", "/austausch/", "/oeffentlich/", "/posteingang/", "/begleitung/")
WHOLE = ("plans/open_data", "plans/all_plans")  # rooms of which every module does
OVER_ALL = re.compile(
    r"ministry|review|deliveries|figures|money|state|durations|exchange|place|advice|network|published|public"
)
# What would be a value in a key by which rows are put in order.
A_VALUE = re.compile(
    r"hurdle|request|amount|granted|applied|called|received|recognis|extent|offers|needs|measures|total|count|sum\b|"
    r"population|share|remarks|len\(|median|percent|value|money|\blevel\b|events|people|bytes|size"
)


@pytest.fixture
def places(cast):
    """Five municipalities of one region with opposite amounts of everything."""
    day = VagueDate(date(YEAR, 1, 2))
    for number, (name, value) in enumerate(zip(NAMES, VALUES, strict=True)):
        place = Municipality.objects.create(
            ags=f"169{number}0",
            name=name,
            slug=name.lower(),
            kind=MunicipalityKind.CITY,
            state_region=StateRegion.EAST,
            population=value * 1000,
        )
        cycle = make(PlanningCycle, place, full=False, title="Z", first_year=YEAR, last_year=YEAR)
        for phase in Phase:
            state = Progress.DONE if phase.number <= value else Progress.RUNNING
            make(PhaseState, place, full=False, cycle=cycle, phase=phase, state=state, begin=day)
        make(EntryLevel, place, full=False, level=min(value, 3), begin=day)
        extent = Decimal(value) / 10
        make(PlannerPost, place, full=False, title="P", is_lsz_post=True, begin=day, full_time_equivalent=extent)
        ahead = VagueDate(date(YEAR + 1, value, 1))
        make(PlanningStep, place, full=False, cycle=cycle, title="S", phase="needs", planned_end=ahead)
        grant = make(StateGrant, place, full=False, year=YEAR, applied_amount=Decimal(value * 1000))
        make(StateNotice, place, full=False, grant=grant, dated=day, amount=Decimal(value * 900))
        for one in range(value):
            make(Hurdle, place, full=False, title=f"H{one}", begin=day)
            make(Offer, place, full=False, title=f"A{one}")
            make(Event, place, full=False, title=f"V{one}", begin=day, state="held")
            make(SupportRecord, place, full=False, kind=SupportKind.REQUEST, is_open=True, begin=day)
    return list(Municipality.objects.filter(name__in=NAMES))


def in_their_order(words):
    """The municipalities in the order in which the texts name them first."""
    found = [name for word in words for name in NAMES if name in word]
    return list(dict.fromkeys(found))


def rows_of(page):
    """The first cell of each row of each table, and each entry of each list, table by table; the headings at last."""
    first = re.compile(r"<(th scope=\"row\"|li|dt|option)[^>]*>(.*?)</(?:th|li|dt|option)>", re.DOTALL)
    for _, part in re.findall(r"<(table|ul|ol|dl|select)\b[^>]*>(.*?)</\1>", page, re.DOTALL):
        yield [html.unescape(re.sub(r"<[^>]+>", " ", cell)) for _, cell in first.findall(part)]
    yield [html.unescape(heading) for heading in re.findall(r"<h[1-6]\b.*?</h[1-6]>", page, re.DOTALL)]


def pages_over_all(client):
    """Every page of the ministry without a municipality in its address that can be opened, with its text."""
    for route in routes():
        try:
            url = reverse(route.name)
        except NoReverseMatch:
            continue
        if not url.startswith(OPEN_TO_ALL):
            continue
        if "pdf" in url:
            continue
        answer = client.get(url)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            yield url, answer.content.decode()


@pytest.mark.slow
def test_every_page_names_municipalities_in_the_order_of_their_names(cast, places):
    client, seen = cast.client("ministry"), set()
    for url, page in pages_over_all(client):
        for cells in rows_of(page):
            order = in_their_order(cells)
            if len(order) == len(NAMES):
                assert order == sorted(order), url
                seen.add(url)
        assert "aria-sort" not in page or "/programm/" in url, url  # catalogues hold no municipality
    assert {"/ministerium/", "/ministerium/plaene/", "/ministerium/lieferungen/"} <= seen
    assert "/ministerium/landeszuwendungen/" in seen


@pytest.mark.slow
def test_no_parameter_orders_them_otherwise(cast, places):
    client = cast.client("ministry")
    tried = ("sortierung", "sort", "order", "ordnung", "o", "richtung", "nach", "rang", "wert")
    for name in tried:
        for value in ("huerden", "-huerden", "stufe", "plan", "hurdles", "-amount", "wert", "absteigend"):
            page = client.get(f"/ministerium/?{name}={value}").content.decode()
            (order,) = {tuple(o) for o in map(in_their_order, rows_of(page)) if len(o) == len(NAMES)}
            assert order == NAMES, (name, value)


def files_over_all(client):
    """Every file over all municipalities, found by its address, as an answer; PDFs come as the HTML that is printed."""
    for route in routes():
        for given in ({}, {"form": "csv"}, {"form": "xlsx"}, {"year": YEAR}):
            try:
                url = reverse(route.name, kwargs=given)
            except NoReverseMatch:
                continue
            if url.startswith((*OPEN_TO_ALL, "/sitemap")):
                answer = client.get(url)
                if answer.status_code == 200 and not answer.headers["Content-Type"].startswith("text/html"):
                    yield url, answer


def lists_in(value):
    """Each list of a JSON document as texts."""
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, list):
        yield [str(each) for each in value]
    for each in below:
        yield from lists_in(each)


def sequences_of(answer):
    """What a file names one after another: rows of tables, lists, descriptions."""
    kind = answer.headers["Content-Type"].partition(";")[0]
    if kind == "application/pdf":
        yield from rows_of(answer.content.decode())
    elif kind == "application/json":
        yield from lists_in(json.loads(answer.content))
    elif "xml" in kind and "sheet" not in kind:
        yield [each.text or "" for each in ElementTree.fromstring(answer.content).iter()]
    elif kind == "text/csv":
        yield [" ".join(row) for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")]
    elif "sheet" in kind:
        rows = load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
        yield [" ".join(map(str, row)) for row in rows]
    else:
        raise AssertionError(f"{kind}: a sort of file that nobody asks yet")


@pytest.fixture
def published(cast, places, monkeypatch):
    """Each has published its plan, in an order that is not the one of their names; one adviser is with all of them."""
    monkeypatch.setattr(freezing, "plan_pdf", small_pdf)
    people = ((cast.planner, Role.PLANNER), (cast.lead, Role.LEAD), (cast.adviser, Role.ADVISER))
    for place in sorted(places, key=lambda place: place.population):
        for person, role in people:
            RoleAssignment.objects.create(user=person, role=role, municipality=place, valid_from="2016-01-01")
        plan = make_plan(place, YEAR, cycle=PlanningCycle.objects.get(municipality=place))
        go(plan, actors_in(cast, cast.home), *TO_PUBLISHED)


@pytest.mark.slow
def test_every_file_names_them_in_the_order_of_their_names(cast, published, monkeypatch):
    monkeypatch.setattr(making, "render_pdf", lambda html, **given: html.encode())
    seen = set()
    for who in ("ministry", "adviser"):
        for url, answer in files_over_all(cast.client(who)):
            orders = [in_their_order(texts) for texts in sequences_of(answer)]
            for order in orders:
                assert len(order) < len(NAMES) or order == list(NAMES), url
            seen |= {url} if list(NAMES) in orders else set()
    assert seen >= {
        "/ministerium/export.csv",
        "/ministerium/export.xlsx",
        "/ministerium/landeszuwendungen.csv",
        "/ministerium/landesbericht.pdf",
        f"/begleitung/{YEAR}/uebersicht.csv",
        f"/begleitung/{YEAR}/uebersicht.pdf",
        "/oeffentlich/daten/plaene.json",
        "/oeffentlich/daten/plaene.csv",
        "/oeffentlich/daten/katalog.rdf",
    }


def test_drawings_show_states_by_patterns_and_never_how_much(cast, places):
    rows = standings(date.today())
    for name, (_, words, patterns, state_of) in LAYERS.items():
        assert set(words) == set(patterns), name  # every pattern has a word
        assert len(set(patterns.values())) == len(patterns), name  # and no two states share one
        assert {state_of(row) for row in rows} <= set(words)
    for _, patterns in (("Stufe", LEVELS), ("Plan", PLANS)):
        assert len({pattern for _, pattern in patterns}) == len(patterns)
    few, many = (next(row for row in rows if row.name == name) for name in ("Birke", "Eiche"))
    assert (few.hurdles, many.hurdles) == (1, 5)
    styles = re.compile(r"style=|fill=\"#|opacity|rgba?\(|hsl")
    page = cast.client("ministry").get("/ministerium/").content.decode()
    assert not styles.search(page)
    assert maps_of(state_report(read_state_year(YEAR)).places)


def modules():
    """The modules that put municipalities side by side."""
    for room in ROOMS:
        for path in sorted(Path(room).glob("*.py")):
            if OVER_ALL.search(path.stem) or room in WHOLE:
                yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_only_known_parameters_are_read_and_only_known_keys_order():
    assert set(QUICK) == {"unterstuetzung", "unbesetzt", "huerden"}  # they choose rows, and order none
    for path, tree in modules():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            told = ast.unparse(call.func)
            if re.search(r"(GET|query)\.(get|getlist)$", told) and isinstance(call.args[0], ast.Constant):
                assert call.args[0].value in PARAMETERS, f"{path}: {call.args[0].value}"
            if told == "text_of" and len(call.args) > 1:
                assert ast.literal_eval(call.args[1]) in PARAMETERS, path
            assert told.split(".")[-1] not in ("most_common", "nlargest", "nsmallest"), f"{path}: {told}"
            keys = [ast.unparse(each.value) for each in call.keywords if each.arg == "key"]
            keys += [ast.unparse(each) for each in call.args] if told.endswith(".order_by") else []
            for key in keys if told.endswith((".order_by", "sorted", ".sort")) else ():
                assert not A_VALUE.search(key), f"{path}: {told}({key})"
