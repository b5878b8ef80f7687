"""An application is entered on one page, stands in the queue by who acts next, and shows its case on one page."""

from base64 import b64encode
from datetime import date, timedelta
from io import BytesIO

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from funding.domain.calls import renew_link
from funding.enums import Actor, ApplicationAction
from funding.enums import ApplicationState as S
from funding.models import (
    Call,
    CostKind,
    CostPosition,
    DecisionStep,
    FinancePosition,
    FundingApplication,
    FundingDecision,
    Inquiry,
    LocalFundingRule,
    OfferedCriterion,
    Payment,
    ProofOfUse,
    RepaymentClaim,
)
from funding.queries.standing import standing
from planning.models import ActionField, Measure, PlanningCycle, QualityCriterion
from records.life.moving import take_step
from records.registry import kind_of
from tests.factories import make
from tests.html import read_form
from tests.records.tables import xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
IBAN = "DE89370400440532013000"


def rows_in(content):
    return list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


def application(place, **given):
    values = {"title": "Ferienspiele", "applicant": "Beispiel-Verein", "year": 2027, "project_class": "project"}
    return make(FundingApplication, place, full=False, **values | given)


def typed(client, url, **more):
    """The form as a browser sends it, filled in from a paper application."""
    kind = CostKind.objects.first() or make(CostKind, None, title="Honorar", code="HO")
    form = dict(read_form(client.get(url).content).values)
    form |= {"title": "Ferienspiele", "applicant": "Beispiel-Verein", "year": "2027", "project_class": "project"}
    form |= {"received_on": "01.06.2026", "iban": "DE89 3704 0044 0532 0130 00"}
    form |= {"ausgaben-0-cost_kind": str(kind.pk), "ausgaben-0-title": "Kursleitung", "ausgaben-0-amount": "1.200,50"}
    form |= {"ausgaben-0-eligible": "on"}
    form |= {"ausgaben-3-cost_kind": str(kind.pk), "ausgaben-3-title": "Miete", "ausgaben-3-amount": "300"}
    form |= {"finanzierung-0-source": "land", "finanzierung-0-amount": "1.200,40", "finanzierung-0-promise": "asked"}
    form |= {"finanzierung-1-source": "own", "finanzierung-1-amount": "300,10", "finanzierung-1-promise": "granted"}
    form |= {"kriterien-0-title": "Teilnehmende Kinder", "kriterien-0-kind": "output", "kriterien-0-target": "40"}
    return form | more


def test_a_paper_application_is_entered_and_received_on_one_page(cast):
    client, url = cast.client(), kind_of(FundingApplication).url("create", cast.home)
    sent = typed(client, url, _eingang="1")
    del sent["ausgaben-3-eligible"]
    assert client.post(url, sent).status_code == 302
    case = FundingApplication.objects.get()
    assert (case.case_number, case.state, case.received_on) == ("KYF-2027-001", S.RECEIVED, date(2026, 6, 1))
    assert [str(row.amount) for row in CostPosition.objects.all()] == ["1200.50", "300.00"]
    assert [str(row.amount) for row in FinancePosition.objects.all()] == ["1200.40", "300.10"]
    assert [row.eligible for row in CostPosition.objects.order_by("pk")] == [True, False]
    assert OfferedCriterion.objects.get().target == 40


def test_nothing_is_half_stored_and_nothing_typed_is_lost(cast):
    client, url = cast.client(), kind_of(FundingApplication).url("create", cast.home)
    wrong = typed(
        client, url, **{"ausgaben-3-amount": "1.234", "finanzierung-1-amount": "", "finanzierung-1-giver": "Kasse"}
    )
    answer = client.post(url, wrong)
    page = answer.content.decode()
    assert (answer.status_code, FundingApplication.objects.count(), CostPosition.objects.count()) == (422, 0, 0)
    assert ("1.234,00" in page, 'value="Kasse"' in page, "2 Zeilen sind" in page) == (True, True, True)
    uneven = client.post(url, typed(client, url, **{"ausgaben-3-amount": "300,01"}))
    assert (uneven.status_code, FundingApplication.objects.count()) == (422, 0)
    assert "Die Ausgaben sind 1.500,51\xa0€" in uneven.content.decode().replace(" €", "\xa0€")
    box = uneven.context["form"].confirmation
    assert client.post(url, typed(client, url, bestaetigt=box, **{"ausgaben-3-amount": "300,01"})).status_code == 302
    assert FundingApplication.objects.get().state == S.DRAFT


@pytest.fixture
def case(cast):
    return application(cast.home)


def put(case, state, model=None, part_state=None, **given):
    """The case in a state, with a row below it in a state of its own."""
    FundingApplication.objects.filter(pk=case.pk).update(state=state)
    if model:
        row = make(model, case.municipality, full=False, application=case, **given)
        if part_state:
            model.objects.filter(pk=row.pk).update(state=part_state)


SOON, PAST = timezone.localdate() + timedelta(days=20), timezone.localdate() - timedelta(days=20)
WITHOUT = "entscheiden, wie es ohne die Unterlagen weitergeht"
ASKED = {"title": "Satzung", "sent_on": PAST}
STANDINGS = [
    ("draft", (), {}, ("Eingang festhalten", Actor.PLANNER, None)),
    ("sketch", (), {}, ("zum Antrag einladen oder absagen", Actor.PLANNER, None)),
    ("invited", (), {}, ("Antrag einreichen", Actor.PROVIDER, None)),
    ("received", (), {}, ("prüfen", Actor.PLANNER, None)),
    ("checking", (), {}, ("prüfen", Actor.PLANNER, None)),
    ("asked", (Inquiry, None), ASKED | {"until": SOON}, ("Unterlagen nachreichen", Actor.PROVIDER, SOON)),
    (
        "asked",
        (Inquiry, None),
        ASKED | {"until": PAST},
        ("entscheiden, wie es ohne die Unterlagen weitergeht", Actor.PLANNER, PAST),
    ),
    ("checked", (), {}, ("beraten", Actor.BOARD, None)),
    ("advised", (), {}, ("Entscheidung vorbereiten", Actor.PLANNER, None)),
    ("advised", (FundingDecision, "prepared"), {}, ("Bescheid freigeben", Actor.LEAD, None)),
    ("decided", (FundingDecision, "released"), {}, ("Bescheid versenden", Actor.PLANNER, None)),
    ("decided", (Payment, "planned"), {"planned_on": SOON}, ("Auszahlung vorbereiten", Actor.PLANNER, SOON)),
    ("decided", (Payment, "prepared"), {"planned_on": SOON}, ("Auszahlung freigeben", Actor.LEAD, SOON)),
    ("decided", (Payment, "released"), {"planned_on": SOON}, ("auszahlen", Actor.CASH_OFFICE, SOON)),
    ("decided", (ProofOfUse, "due"), {"due": PAST}, ("Nachweis vorlegen", Actor.PROVIDER, PAST)),
    ("decided", (ProofOfUse, "received"), {"due": PAST}, ("Nachweis prüfen", Actor.PLANNER, None)),
    ("decided", (ProofOfUse, "checked"), {"due": PAST}, ("Nachweis anerkennen", Actor.LEAD, None)),
    ("decided", (ProofOfUse, "recognised"), {"due": PAST}, ("Vorgang abschließen", Actor.PLANNER, None)),
    ("decided", (RepaymentClaim, "demanded"), {}, ("Rückforderung zahlen", Actor.PROVIDER, None)),
    ("closed", (), {}, ("abgeschlossen", Actor.NOBODY, None)),
    ("withdrawn", (), {}, ("zurückgezogen", Actor.NOBODY, None)),
    ("refused", (FundingDecision, "released"), {}, ("Ablehnung versenden", Actor.PLANNER, None)),
]


def test_every_state_says_who_acts_next_and_until_when(case):
    for state, (model, part), given, expected in ((s, p or (None, None), g, e) for s, p, g, e in STANDINGS):
        put(case, state, model, part, **given)
        found = standing(case)
        assert (found.words, found.actor, found.until) == expected, state
        if model:
            model.objects.all().delete()


def test_the_queue_is_filtered_by_who_acts_in_a_constant_number_of_queries(cast):
    kind, client = kind_of(FundingApplication), cast.client()

    def queries(address):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            page = client.get(address).content.decode()
        return len(caught), page

    for number in range(2):
        put(application(cast.home, title=f"Klein {number}"), S.CHECKED)
    few, _ = queries(kind.url("list", cast.home))
    for number in range(10):
        put(application(cast.home, title=f"Groß {number}"), S.RECEIVED)
    many, page = queries(kind.url("list", cast.home))
    assert (many, page.count("Gremium: beraten"), page.count("Sozialplanung: prüfen")) == (few, 2, 10)
    _, board = queries(kind.url("list", cast.home) + "?dran=board")
    assert (board.count("Gremium: beraten"), "Groß" in board) == (2, False)


def test_the_page_of_a_case_says_what_is_kept_and_what_is_not_checked(cast):
    case = application(cast.home, iban=IBAN, starts_on=date(2027, 1, 1), received_on=date(2026, 6, 1))
    kind = make(CostKind, None, title="Honorar", code="HO")
    make(CostPosition, cast.home, full=False, application=case, cost_kind=kind, title="Leitung", amount="1000.00")
    make(FinancePosition, cast.home, full=False, application=case, source="land", giver="", amount="800.01")
    make(LocalFundingRule, cast.home, full=False, project_class="project", maximum_share="80")
    LocalFundingRule.objects.update(valid_from=date(2020, 1, 1), valid_until=None)
    page = cast.client().get(kind_of(FundingApplication).url("detail", cast.home, case.pk)).content.decode()
    page = page.replace("\xa0", " ").replace("\u202f", " ")
    assert "Förderquote: nicht eingehalten" in page
    assert "Es fehlen 199,99 € Finanzierung." in page
    assert "Nicht festgelegt und deshalb nicht geprüft: Eigenanteil mindestens" in page
    assert (IBAN in page, "DE89 … 3000" in page) == (False, True)
    assert cast.client("ministry").get(kind_of(FundingApplication).url("detail", cast.home, case.pk)).status_code == 403


def test_what_is_approved_becomes_a_measure_with_its_criteria(cast):
    cycle = make(PlanningCycle, cast.home, full=False, first_year=2025, last_year=2029)
    field = make(ActionField, None, full=False, number=3, title="Bildung")
    case = application(cast.home, action_field=field)
    make(OfferedCriterion, cast.home, full=False, application=case, title="Kinder", kind="output", target="40")
    put(case, S.DECIDED)
    page = kind_of(FundingApplication).url("detail", cast.home, case.pk)
    client, url = cast.client(), reverse("funding:application-measure", args=[cast.home.slug, case.pk])
    assert "Als Maßnahme anlegen" in client.get(page).content.decode()
    assert client.post(url).status_code == 302
    case.refresh_from_db()
    criterion = case.measure.criteria.get()
    assert (case.measure.cycle, case.measure.title, criterion.title) == (cycle, "Ferienspiele", "Kinder")
    assert [(value.year, value.target) for value in criterion.values.all()] == [(2027, 40)]
    client.post(url)  # once more: nothing is made twice
    assert (Measure.objects.count(), QualityCriterion.objects.count()) == (1, 1)


def test_who_releases_a_notice_has_not_written_the_criteria_that_come_with_it(cast):
    """Else the Leitung could no longer release the plan of which the measure is a part."""
    measure = make(Measure, cast.home, full=False)
    case = application(cast.home, measure=measure)
    make(OfferedCriterion, cast.home, full=False, application=case, title="Kinder", kind="output", target="40")
    put(case, S.ADVISED, FundingDecision, "released", grant="400.00", dated=date(2026, 9, 1))
    case.refresh_from_db()
    take_step(record=case, action=ApplicationAction.DECIDE, actor=cast.lead, version=case.version)
    told = [(row.history_user, row.history_change_reason) for row in measure.criteria.get().history.all()]
    assert told == [(None, "Aus dem bewilligten Antrag übernommen")]


def test_a_call_is_carried_on_in_two_steps_and_can_be_withdrawn(cast):
    days = {"opens_on": date(2026, 6, 1), "closes_on": date(2026, 8, 31), "pot": "1000.00"}
    call = make(Call, cast.home, full=False, title="Projekte 2027", year=2027, project_class="project", **days)
    case, given = application(cast.home, call=call), {"grant": "400.10", "dated": date(2026, 9, 1)}
    put(case, S.DECIDED, FundingDecision, "released", **given)
    client, kind, token = cast.client(), kind_of(Call), call.token
    page = client.get(kind.url("detail", cast.home, call.pk)).content.decode()
    page = page.replace("\xa0", " ").replace("\u202f", " ")
    assert (f'<a href="/antrag/{token}/">' in page, "599,90 €" in page, "1 Antrag" in page) == (True, True, True)
    form = Client().get(f"/antrag/{token}/")
    assert (form.status_code, call.title in form.content.decode()) == (200, True), "the address works without log-in"

    def press(name, **sure):
        return client.post(reverse(f"funding:call-{name}", args=[cast.home.slug, call.pk]), sure)

    forms = {press("next").url, press("next").url}
    new = Call.objects.exclude(pk=call.pk).get()
    assert forms == {kind.url("update", cast.home, new.pk)}
    assert (new.title, new.year) == ("Projekte 2028", 2028)
    assert (new.opens_on, new.closes_on) == (date(2027, 6, 1), date(2027, 8, 31))
    for name, told in (("withdraw", "keine Anträge mehr"), ("new-link", "bisherige Adresse führt dann nirgends")):
        assert told in press(name).content.decode()
        call.refresh_from_db()
        assert (call.withdrawn_on, call.token) == (None, token), "what nobody takes back is asked about"
    press("withdraw", _sicher="1")
    press("new-link", _sicher="1")
    call.refresh_from_db()
    assert (call.withdrawn_on is None, call.token == token, new.token in (token, call.token)) == (False, False, False)


def test_a_filled_form_is_read_in_as_it_was_given_out(cast):
    days = {"opens_on": date(2026, 6, 1), "closes_on": date(2026, 8, 31)}
    call = make(Call, cast.home, full=False, title="Projekte 2027", year=2027, project_class="project", **days)
    case = application(cast.home, iban=IBAN, description="Werken\nund Spielen", starts_on=date(2027, 7, 1))
    kind = make(CostKind, None, title="Investition", code="IN", eligible=False)
    make(CostPosition, cast.home, full=False, application=case, cost_kind=kind, title="Leitung", amount="1234.50")
    make(FinancePosition, cast.home, full=False, application=case, source="land", giver="=Kasse", amount="1234.50")
    client = cast.client()

    def file_of(record, name):
        return client.get(reverse(f"funding:{name}", args=[cast.home.slug, record.pk])).content

    url = reverse("funding:call-read-form", args=[cast.home.slug, call.pk])
    given = file_of(case, "application-form")
    answer = client.post(url, {"file": SimpleUploadedFile("a.xlsx", given)}, follow=True)
    form = dict(read_form(answer.content).values)
    assert (FundingApplication.objects.count(), "nicht zur Wahl" in answer.content.decode()) == (1, False)
    sent = client.post(kind_of(FundingApplication).url("create", cast.home), form)
    assert sent.status_code == 302, sent.content.decode()
    read = FundingApplication.objects.exclude(pk=case.pk).get()
    assert (read.call, read.iban, read.description, read.starts_on) == (call, IBAN, case.description, case.starts_on)
    assert not read.costs.get().eligible, "an investment is never eligible unasked"
    assert rows_in(file_of(read, "application-form")) == rows_in(given)
    other = client.post(url, {"file": xlsx([["Name"], ["x"]])})
    assert (other.status_code, "kein Antragsformular" in other.content.decode()) == (422, True)
    assert file_of(call, "call-form")[:2] == b"PK"


def test_the_page_tells_the_steps_of_all_lives(cast, case):
    put(case, S.DECIDED, FundingDecision, "prepared")
    decision = FundingDecision.objects.get()
    given = {"from_state": "draft", "to_state": "prepared", "at": timezone.now(), "actor_name": "Leitung A"}
    step = DecisionStep(decision=decision, number=1, action="prepare", note="Beispiel", **given)
    step.link_to(None)
    step.save()
    page = cast.client().get(kind_of(FundingApplication).url("detail", cast.home, case.pk)).content.decode()
    events = page[page.index('id="h-vorgang"') :]
    assert ("Entscheidung: " in events, "Leitung A" in events, "Beispiel" in events) == (True, True, True)


def test_the_public_address_of_a_call_as_a_picture_for_the_amtsblatt(cast):
    """The picture leads to the form that takes applications; a new address has a new picture."""
    days = {"opens_on": date(2026, 6, 1), "closes_on": date(2026, 8, 31)}
    call = make(Call, cast.home, full=False, title="Projekte 2027", year=2027, project_class="project", **days)
    pages = [reverse("funding:call-qr", args=[cast.home.slug, call.pk, ending]) for ending in ("svg", "png", "pdf")]
    page = cast.client().get(kind_of(Call).url("detail", cast.home, call.pk)).content.decode()
    assert [url in page for url in pages] == [True, True, False]
    pictures = []
    for _time in range(2):
        address = f"http://testserver{reverse('funding:public-call', args=[call.token])}"
        svg, png, other = (cast.client().get(url) for url in pages)
        assert svg.content.decode().count("<path") == 2, "white ground and modules"
        right = segno.make_qr(address, error="m").png_data_uri(scale=10, light="white")
        assert right.endswith(b64encode(png.content).decode())
        assert other.status_code == 404
        pictures.append(png.content)
        renew_link(call, cast.planner)
    assert pictures[0] != pictures[1]
