"""The Landeszuwendung through the front door: versions of notices, calls within them, what contradicts is refused."""

from decimal import Decimal

import pytest
import time_machine
from django.utils.html import strip_tags

from funding.models import FundsCall, NoticeCondition, StateGrant, StateNotice, StateProof
from planning.models import FundingRule
from records.registry import kind_of
from records.vague import VagueDate
from tests.factories import make, post_data, stored_values, values_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
NOON = "{}T12:00:00+01:00"


def day(text):
    return VagueDate.from_iso(text)


def send(cast, model, **typed):
    """The form of a new record, as a browser sends it."""
    kind = kind_of(model)
    values = values_for(model, cast.home, full=False) | typed
    return cast.client().post(kind.url("create", cast.home), post_data(kind, values))


def change(cast, record, **typed):
    """The form of a stored record with other values."""
    kind = kind_of(type(record))
    data = post_data(kind, stored_values(kind, record) | typed) | {"version": record.version}
    return cast.client().post(kind.url("update", cast.home, record.pk), data)


def page(cast, year=2018, on="2018-12-01", who="planner"):
    """The words of the page on a day, blanks that do not break as plain ones."""
    with time_machine.travel(NOON.format(on), tick=False):
        answer = cast.client(who).get(f"/{cast.home.slug}/landeszuwendung/?jahr={year}")
    assert answer.status_code == 200
    text = " ".join(strip_tags(answer.content.decode()).replace("\u202f", " ").replace("\u00a0", " ").split())
    return text.partition("Heute abrufbar")[2]


@pytest.fixture
def grant(cast):
    return make(StateGrant, cast.home, full=False, year=2018, applied_on=day("2017-11-10"))


@pytest.fixture
def notice(cast, grant):
    """Oracle E: 10.000,00 € of 1 March, changed to 12.500,00 € on 1 July."""
    return make(
        StateNotice,
        cast.home,
        full=False,
        grant=grant,
        number="LSZ-7",
        dated=day("2018-03-01"),
        amount=Decimal("10000.00"),
        begin=day("2018-01-01"),
        end=day("2018-12-31"),
    )


def changed(cast, grant):
    return send(cast, StateNotice, grant=grant, kind="change", dated=day("2018-07-01"), amount=Decimal("12500.00"))


def test_a_change_notice_replaces_the_amount_and_is_never_added(cast, grant, notice):
    assert changed(cast, grant).status_code == 302
    assert page(cast, on="2018-06-30").startswith(" 10.000,00 €")
    today = page(cast, on="2018-07-01")
    assert today.startswith(" 12.500,00 €")
    assert "22.500" not in today
    assert "Änderung vom 01.07.2018 gilt heute" in today
    assert "Bewilligung LSZ-7 vom 01.03.2018 ersetzt" in today
    assert "Die Förderung begann am 01.01.2018, der Bescheid ist vom 01.03.2018." in today
    assert "Noch kein Bescheid." in page(cast, on="2018-02-28")


def test_what_can_be_called_is_reckoned_and_never_exceeded(cast, grant, notice):
    first = send(cast, FundsCall, notice=notice, requested_on=day("2018-05-02"), amount=Decimal("6000.01"))
    assert first.status_code == 302
    asked = cast.client().get(kind_of(FundsCall).url("create", cast.home) + f"?notice={notice.pk}")
    assert 'value="3.999,99"' in asked.content.decode()  # what is left is offered
    over = send(cast, FundsCall, notice=notice, requested_on=day("2018-06-01"), amount=Decimal("4000.00"))
    assert over.status_code == 422
    assert "Rufen Sie höchstens 3.999,99" in over.content.decode().replace("\u202f", " ")
    earlier = send(cast, FundsCall, notice=notice, requested_on=day("2018-04-01"), amount=Decimal("4000.00"))
    assert earlier.status_code == 422  # on its own day there is room, on that of the stored call no longer
    to_the_cent = send(cast, FundsCall, notice=notice, requested_on=day("2018-06-01"), amount=Decimal("3999.99"))
    assert to_the_cent.status_code == 302
    assert "noch abrufbar 0,00 €" in page(cast)
    assert "Mittelabruf anlegen" not in page(cast)
    smaller = change(cast, notice, amount=Decimal("9999.99"))
    assert "schon 10.000,00" in smaller.content.decode()
    later = send(cast, StateNotice, grant=grant, kind="revocation", dated=day("2018-09-01"), amount=Decimal("8000.00"))
    assert "bleiben 8.000,00" in later.content.decode()  # asked, not refused


def test_a_call_rests_on_the_notice_of_its_day(cast, grant, notice):
    changed(cast, grant)
    newer = StateNotice.objects.get(kind="change")
    before = send(cast, FundsCall, notice=newer, requested_on=day("2018-06-30"), amount=Decimal(1))
    assert "Vorher lässt sich darauf nichts abrufen" in before.content.decode()
    old = send(cast, FundsCall, notice=notice, requested_on=day("2018-08-01"), amount=Decimal(1))
    assert "galt schon „Änderung vom 01.07.2018“" in old.content.decode()
    assert (before.status_code, old.status_code, FundsCall.objects.count()) == (422, 422, 0)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"received_on": day("2018-05-01"), "received_amount": Decimal(1)}, "received_on"),
        ({"received_on": day("2018-05-09")}, "received_on"),
        ({"used_on": day("2018-06-09")}, "used_on"),
        (
            {"received_on": day("2018-05-09"), "received_amount": Decimal(1), "used_on": day("2018-05-08")},
            "used_on",
        ),
        ({"needed_until": day("2018-05-01")}, "needed_until"),
        ({"requested_on": day("2100")}, "requested_on"),
    ],
)
def test_what_contradicts_in_a_call_is_said_at_its_field(cast, notice, values, field):
    typed = {"notice": notice, "requested_on": day("2018-05-02"), "amount": Decimal(10)} | values
    answer = send(cast, FundsCall, **typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors.get(field)


def test_two_notices_of_one_day_and_two_grants_of_one_year_are_refused(cast, grant, notice):
    twin = send(cast, StateNotice, grant=grant, kind="change", dated=day("2018-03-01"), amount=Decimal(1))
    assert "An jedem Tag gilt genau einer" in twin.content.decode()
    again = send(cast, StateGrant, year=2018)
    assert "schon eine Landeszuwendung" in again.content.decode()
    early = send(
        cast,
        StateNotice,
        grant=grant,
        kind="change",
        dated=day("2018-04-01"),
        amount=Decimal(1),
        received_on=day("2018-03-31"),
    )
    assert "nicht vorher eingegangen" in early.content.decode()
    second = send(cast, StateNotice, grant=grant, kind="grant", dated=day("2018-04-01"), amount=Decimal(1))
    assert "Ist das eine Änderung?" in second.content.decode()


def test_money_that_came_is_used_within_the_time_of_the_programme(cast, notice):
    call = {"notice": notice, "requested_on": day("2018-05-02"), "amount": Decimal("1000.50")}
    send(cast, FundsCall, **call, received_on=day("2018-12-31"), received_amount=Decimal("1000.50"))
    assert "für 2018 nicht hinterlegt und wird nicht geprüft" in page(cast, on="2019-02-01")
    make(FundingRule, None, full=False, year=2018, use_within=2, use_unit="months")
    text = page(cast, on="2019-02-28")
    assert "28.02.2019" in text
    assert "überfällig" not in text
    assert "Eingegangen und noch nicht als verwendet eingetragen: 1.000,50 €" in text
    assert "überfällig" in page(cast, on="2019-03-01")
    change(cast, FundsCall.objects.get(), used_on=day("2019-02-28"))
    assert "überfällig" not in page(cast, on="2019-03-01")
    change(cast, FundsCall.objects.get(), used_on=day("2019-03-01"))
    assert "zu spät verwendet" in page(cast, on="2019-03-05")


def test_conditions_are_tasks_and_the_proof_ends_the_year(cast, grant, notice):
    for title, due, done in (("Sachbericht", "2018-06", None), ("Personalkosten melden", "2018-05", day("2018-05-09"))):
        send(cast, NoticeCondition, notice=notice, title=title, due=day(due), done_on=done)
    text = page(cast)
    assert "Sachbericht · fällig Juni 2018 · überfällig" in text
    assert "Personalkosten melden · fällig Mai 2018 · erfüllt am 09.05.2018" in text
    longer = send(cast, StateProof, grant=grant, due=day("2019-06-30"), extended_to=day("2019-09-30"))
    assert "Nennen Sie den Grund" in longer.content.decode()
    before = send(cast, StateProof, grant=grant, submitted_on=day("2017-12-31"))
    assert "vorher gibt es nichts nachzuweisen" in before.content.decode()
    proof = {
        "grant": grant,
        "due": day("2019-06-30"),
        "extended_to": day("2019-09-30"),
        "extension_reason": "Krankheit",
    }
    assert send(cast, StateProof, **proof).status_code == 302
    assert "war fällig: 30.09.2019" in page(cast, on="2019-10-01")
    assert "war fällig" not in page(cast, on="2019-09-30")
    stored = StateProof.objects.get()
    assert (
        "Eingegangen sind 0,00"
        in change(cast, stored, submitted_on=day("2019-06-30"), repayment=Decimal(5)).content.decode()
    )
    assert change(cast, stored, submitted_on=day("2019-06-30"), recognised=Decimal("9000")).status_code == 302
    assert "Vom Land anerkannte Ausgaben 9.000,00 €" in page(cast, on="2019-10-01")


def test_readers_see_no_buttons_and_the_page_asks_a_fixed_number_of_queries(
    cast, grant, notice, django_assert_max_num_queries
):
    url = f"/{cast.home.slug}/landeszuwendung/?jahr=2018"
    for number in range(1, 9):
        make(FundsCall, cast.home, full=False, notice=notice, requested_on=day(f"2018-05-0{number}"), amount=number)
        make(NoticeCondition, cast.home, full=False, notice=notice, title=f"Auflage {number}")
    client = cast.client()
    with django_assert_max_num_queries(14):
        mine = client.get(url).content.decode()
    assert "Bescheid eintragen" in mine
    read = cast.client("ministry").get(url).content.decode()
    assert "Bescheid eintragen" not in read
    assert "Mittelabruf vom 08.05.2018" in read
    assert cast.client().get(f"/{cast.away.slug}/landeszuwendung/").status_code == 404
    assert (
        "Für 2031 ist keine Landeszuwendung eingetragen"
        in cast.client().get(f"/{cast.home.slug}/landeszuwendung/?jahr=2031").content.decode()
    )
    assert cast.client().get(f"/{cast.home.slug}/landeszuwendung/?jahr=x").status_code == 200
