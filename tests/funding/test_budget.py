"""The Finanzplan through the front door: the example that was worked out by hand, its limits, its states."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from funding.models import BudgetExplanation, BudgetLine, BudgetStep, BudgetYear, OwnExpense
from planning.models import Measure
from planning.queries.thread_graph import read_thread_graph
from records.domain.saving import update_record
from records.registry import kind_of
from records.vague import VagueDate
from tests.factories import make, post_data, stored_values
from tests.funding.plans import WORKED, add, as_pasted, catalogue, line, year_of
from tests.html import read_form
from tests.records.grids import below, opened, send, shown, typed

pytestmark = pytest.mark.usefixtures("quiet")
LIMITS = {"maximum_grant": Decimal("681000.00"), "maximum_share": Decimal(70), "min_municipal_share": Decimal(30)}


def plain(response) -> str:
    """The page's text with ordinary blanks."""
    return response.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def page(cast, year=2018, who="planner") -> str:
    response = cast.client(who).get(f"/{cast.home.slug}/finanzplan/?jahr={year}")
    assert response.status_code == 200
    return plain(response)


def paste(cast, year, text, **more):
    url = f"{kind_of(BudgetLine).url('import', cast.home)}?zu={year.pk}"
    return cast.client().post(url, {"pasted": text, **more}), url


def taken_over(cast, year, text, **more):
    """Paste, look, take over: the three steps."""
    preview, url = paste(cast, year, text, **more)
    assert preview.status_code == 200, plain(preview)
    return cast.client().post(url, {"vorgang": read_form(preview.content).values["vorgang"][0]})


def sent_form(cast, row):
    """What a browser sends of the form of a line, with another amount."""
    values = stored_values(kind_of(BudgetLine), row) | {"land": Decimal("1.00")}
    return post_data(kind_of(BudgetLine), values) | {"version": str(row.version)}


def step(cast, year, slug, who, note="", status=302):
    url = f"{kind_of(BudgetYear).url('detail', cast.home, year.pk)}schritt/{slug}/"
    form = cast.client(who).get(url)
    if form.status_code != 200:
        return form
    data = {name: values[-1] for name, values in read_form(form.content).values.items() if name != "q"}
    response = cast.client(who).post(url, data | {"note": note})
    assert response.status_code == status, plain(response)
    return response


@pytest.fixture
def worked(cast):
    catalogue()
    year = year_of(cast.home, **LIMITS)
    assert taken_over(cast, year, as_pasted()).status_code == 302
    return year


def test_the_worked_example_is_right_to_the_cent(cast, worked):
    """Oracle A, pasted as it comes out of Excel."""
    shown_page = page(cast)
    for text in (
        "251.722,67",
        "139.242,53",
        "30.853,02",
        "1.500,00",
        "423.318,22",  # sums
        "61.409,15",
        "42.908,55",
        "296.333,85",
        "6.000,00",
        "16.666,67",  # by Handlungsfeld
        "58.909,15",
        "2.500,00",
        "355.909,07",  # by kind
        "59,4642 % aller zuwendungsfähigen Ausgaben",
        "64,3849 % von Land und Kommune zusammen",
        "Kommune 32,8931 %",
        "noch 429.277,33 € bis zum Höchstbetrag",
        "von höchstens 296.322,75 € (70 % aller zuwendungsfähigen Ausgaben)",
    ):
        assert text in shown_page, text
    assert "über dem Höchstbetrag" not in shown_page
    assert ">0,00<" not in shown_page  # what no line speaks of has no sum either
    assert [row.title for row in BudgetLine.objects.order_by("position", "pk")] == [row[0] for row in WORKED]
    own = cast.client().get(kind_of(BudgetYear).url("detail", cast.home, worked.pk)).content.decode()
    assert f"/finanzplan/?plan={worked.pk}" in own
    assert "423.318,22" in plain(cast.client().get(f"/{cast.home.slug}/finanzplan/?plan={worked.pk}"))
    assert BudgetLine.objects.get(title="Mikroprojekte").municipal is None  # no statement is no zero
    assert "–</span>" not in shown_page  # no dash behind the kind of costs where nobody noted anything


@pytest.mark.parametrize(("over", "said"), [("0.00", "noch 0,00 € frei"), ("0.01", "0,01 € zu viel")])
def test_the_share_holds_to_the_last_cent(cast, over, said):
    """296.322,75 of 423.318,22 passes, 296.322,76 does not: shifted between two sources, so that the base stays."""
    year = year_of(cast.home, **LIMITS)
    land = Decimal("296322.75") + Decimal(over)
    line(year, "Alles", land=land, municipal=Decimal("423318.22") - land)
    assert said in page(cast)


def test_other_spending_of_the_kreis_counts_as_own_share(cast):
    """775.000 € of the Land beside 415.000 € of the Kommune in rows without Landesmittel: 65,1261 %."""
    year = year_of(cast.home, **LIMITS | {"maximum_grant": Decimal("900000.00")})
    line(year, "Programm", land="775000.00")
    line(year, "Familienberatungsstellen", municipal="415000.00")
    assert "65,1261 % aller" in page(cast)
    assert "833.000,00 €" in page(cast)
    assert "zu viel" not in page(cast)


def test_what_has_two_readings_is_asked_and_nothing_is_stored(cast, worked):
    before = BudgetLine.objects.count()
    response, _ = paste(cast, worked, "Posten\tLand\nMehrdeutig\t1.234\nKlar\t12,50\n")
    assert response.status_code == 422
    assert "1.234,00" in plain(response)
    assert "1,23" in plain(response)
    assert BudgetLine.objects.count() == before
    known, _ = paste(cast, worked, "Posten\tKostenart\tLand\nPlanerstelle\tPersonal\t1,00\n")
    assert known.status_code == 422
    assert "Diesen Eintrag gibt es schon" in plain(known)
    assert taken_over(cast, worked, "Posten\tKostenart\tLand\nPlanerstelle\tPersonal\t1,00\n", may_change="on")
    assert BudgetLine.objects.get(title="Planerstelle").land == Decimal("1.00")


def test_sums_and_limits_of_the_table_follow_what_was_typed(cast, worked):
    """The server reckons the same as the script, also where something is wrong and nothing was stored."""
    url = below(cast, worked, "posten")
    data = opened(cast, url)
    assert "noch 429.277,33 € bis zum Höchstbetrag" in plain(cast.client().get(url))
    again = send(cast, url, typed(data, 0, land="500.000,01") | typed({}, 1, land="viel"))
    assert again.status_code == 422
    assert "708.736,28" in plain(again)
    assert "27.736,28 € über dem Höchstbetrag" in plain(again)
    assert send(cast, url, typed(shown(again), 1, land="1.750,00")).status_code == 302
    assert "710.486,28 € von 681.000,00 €: 29.486,28 € über dem Höchstbetrag" in page(cast)


def test_a_second_planner_in_the_same_row_sees_both(cast, worked):
    url = below(cast, worked, "posten")
    mine, theirs = opened(cast, url), opened(cast, url)
    assert send(cast, url, typed(theirs, 5, land="4.300,00")).status_code == 302
    response = send(cast, url, typed(mine, 5, land="4.400,00"))
    assert response.status_code == 409
    assert "Jetzt gespeichert: „4.300,00" in plain(response)
    assert 'value="4.400,00"' in plain(response)


def test_a_measure_counts_in_the_years_in_which_it_runs(cast):
    year = year_of(cast.home, **LIMITS)
    runs = make(
        Measure, cast.home, cycle=year.cycle, title="Läuft", begin=VagueDate.from_iso("2018"), end=None, state="planned"
    )
    later = make(
        Measure,
        cast.home,
        cycle=year.cycle,
        title="Später",
        begin=VagueDate.from_iso("2019"),
        end=None,
        state="planned",
    )
    dropped = make(
        Measure,
        cast.home,
        cycle=year.cycle,
        title="Verworfen",
        begin=None,
        end=None,
        state="dropped",
        not_done_reason="Kein Träger.",
    )
    for measure, amount in ((runs, "100.00"), (later, "1000.00"), (dropped, "10000.00")):
        line(year, measure.title, measure=measure, land=amount)
    shown_page = page(cast)
    assert "100,00 € von 681.000,00 €" in shown_page
    assert shown_page.count("zählt nicht: Die Maßnahme läuft 2018 nicht") == 2
    refused = step(cast, year, "abstimmen", "planner", status=422)
    assert "„M 2 Später“, „M 3 Verworfen“" in plain(refused) or "Später" in plain(refused)


def test_a_line_says_what_a_measure_costs(cast):
    """Neither its list nor its red thread miss the money of a measure that a Finanzplan names."""
    year = year_of(cast.home)
    measure = make(Measure, cast.home, full=False, cycle=year.cycle, title="Rufbus", state="planned")
    url = f"{kind_of(Measure).url('list', cast.home)}?luecke=ohne-kosten"
    empty = line(year, "Rufbus", measure=measure)
    assert "Rufbus" in plain(cast.client().get(url))
    assert measure.pk not in read_thread_graph(cast.home).with_money
    empty.land = Decimal("1.00")
    update_record(empty, version=empty.version, actor=None)
    assert "Rufbus" not in plain(cast.client().get(url)).split("<main", 1)[1]
    assert measure.pk in read_thread_graph(cast.home).with_money


def test_a_plan_is_resolved_by_a_second_person_and_closed_for_good(cast, worked):
    """Draft, agreed, resolved, closed: lines are locked, and a closed year refuses SQL in every table."""
    assert step(cast, worked, "beschliessen", "lead").status_code != 200
    step(cast, worked, "abstimmen", "lead", "mit der Kämmerei")
    row = BudgetLine.objects.get(title="Dorfkümmerer")
    refused = cast.client().post(kind_of(BudgetLine).url("update", cast.home, row.pk), sent_form(cast, row))
    assert refused.status_code != 302
    assert "abgestimmt" in plain(refused)
    offers_no_lines(cast, worked)
    step(cast, worked, "beschliessen", "lead", "Kreistag", status=422)  # who agreed does not resolve
    step(cast, worked, "zurueckgeben", "planner", "noch einmal")
    step(cast, worked, "abstimmen", "planner")
    step(cast, worked, "beschliessen", "lead", "Kreistag 12.12.2017, Nr. 45")
    spent = add(OwnExpense, municipality=cast.home, line=row, paid_on="2018", amount=Decimal("5900.00"))
    why = add(BudgetExplanation, municipality=cast.home, line=row, text="Zwei Monate später begonnen.")
    step(cast, worked, "abschliessen", "lead")
    for model, pk in ((BudgetLine, row.pk), (OwnExpense, spent.pk), (BudgetExplanation, why.pk)):
        refuses_sql(f"UPDATE {model._meta.db_table} SET version = version + 1 WHERE id = {pk}")
        refuses_sql(f"DELETE FROM {model._meta.db_table} WHERE id = {pk}")
        columns = ", ".join(field.column for field in model._meta.concrete_fields if field.name != "id")
        copied = columns.replace("uid", "'neu'").replace("title", "'neu'")
        refuses_sql(
            f"INSERT INTO {model._meta.db_table} ({columns}) "
            f"SELECT {copied} FROM {model._meta.db_table} WHERE id = {pk}"
        )
    refuses_sql(f"UPDATE funding_budgetyear SET year = 2019 WHERE id = {worked.pk}")
    refuses_sql(f"DELETE FROM funding_budgetyear WHERE id = {worked.pk}")
    if connection.vendor == "sqlite":
        other = year_of(cast.home, 2019)
        columns = [field.column for field in BudgetLine._meta.concrete_fields]
        moved = ", ".join(str(other.pk) if column == "budget_year_id" else column for column in columns)
        refuses_sql(
            f"INSERT OR REPLACE INTO funding_budgetline ({', '.join(columns)}) "
            f"SELECT {moved} FROM funding_budgetline WHERE id = {row.pk}"
        )
    else:
        refuses_sql("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE funding_budgetline CASCADE")
    assert step(cast, worked, "wieder-oeffnen", "planner").status_code == 403
    step(cast, worked, "wieder-oeffnen", "lead", "Ein Beleg fehlt.")
    assert [each.action for each in BudgetStep.objects.order_by("number")][-1] == "revive"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE funding_ownexpense SET version = version + 1 WHERE id = {spent.pk}")


def offers_no_lines(cast, year: BudgetYear) -> None:
    """What is refused anyway leads back to the plan, which says why."""
    page, lines = kind_of(BudgetYear).url("detail", cast.home, year.pk), kind_of(BudgetLine)
    ways = (f"{page}tabelle/posten/", lines.url("import", cast.home) + f"?zu={year.pk}")
    for url in (*ways, f"{lines.url('create', cast.home)}?budget_year={year.pk}"):
        answer = cast.client().get(url, follow=True)
        assert answer.request["PATH_INFO"] == page, url
        assert "abgestimmt" in plain(answer)


def refuses_sql(statement: str) -> None:
    """The database itself says no."""
    with pytest.raises(DatabaseError, match="abgeschlossen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_new_year_begins_with_the_last_one_and_is_undone_in_one(cast, worked):
    url = f"/{cast.home.slug}/finanzplan/neu/?jahr=2019"
    form = cast.client().get(url)
    assert "423.318" not in plain(form)
    assert plain(form).count('name="posten"') == len(WORKED)
    values = {name: found for name, found in read_form(form.content).values.items() if name != "q"}
    made = cast.client().post(url, values | {"posten": ["0", "3"], "betraege": "on"})
    assert made.status_code == 302
    assert [row.title for row in BudgetLine.objects.filter(budget_year__year=2019)] == ["Planerstelle", "EEFLB"]
    assert "Jahre nebeneinander" in page(cast, 2019)
    assert "174.288,33" in page(cast, 2019)
    cast.client().post(url, values | {"posten": ["0"]})  # the same form once more: nothing twice
    assert BudgetYear.objects.count() == 2
    number = int(made.url.rpartition("=")[2])
    cast.client().post(f"/{cast.home.slug}/rueckgaengig/{number}/")
    assert BudgetYear.objects.count() == 1


def test_another_municipality_is_not_seen(cast, worked):
    foreign = cast.client("foreign_planner")
    for url in (
        f"/{cast.home.slug}/finanzplan/",
        f"/{cast.home.slug}/finanzplan/neu/",
        below(cast, worked, "posten"),
        f"/{cast.away.slug}/posten/einlesen/?zu={worked.pk}",
    ):
        assert foreign.get(url).status_code == 404, url
