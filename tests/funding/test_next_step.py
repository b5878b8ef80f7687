"""Each page of a case has one main button: the step that its head line names, and no step that is out of time."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.access import Access
from funding.enums import Actor
from funding.models import (
    ApplicationStep,
    BoardVote,
    CostKind,
    CostPosition,
    FinancePosition,
    FundingApplication,
    FundingDecision,
    Inquiry,
    Payment,
    ProofOfUse,
    RepaymentClaim,
)
from funding.queries.standing import standing
from participation.models import Session
from records.domain.sent_once import AGAIN
from records.models import Batch
from records.registry import kind_of
from records.waiting import of_money, read_here, source_of
from tests.factories import make
from tests.funding.test_case_pages import ASKED, PAST, SOON, application, put
from tests.html import read_form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
PRIMARY = re.compile(r'<a class="kern-btn kern-btn--primary" href="([^"]+)"><span class="kern-label">([^<]+)')
WAYS = re.compile(r'<p class="plan-ways">.*?</p>', re.DOTALL)
LINK = re.compile(r'href="([^"]+)"')
LONG_AGO = timezone.localdate() - timedelta(days=60)
LEAD, PLANNER = ("lead",), ("planner", "lead")
CASES = [
    ("draft", None, "", {}, "Eingang festhalten", PLANNER),
    ("sketch", None, "", {}, "Zum Antrag einladen", PLANNER),
    ("invited", None, "", {}, "Eingang festhalten", PLANNER),
    ("received", None, "", {}, "Prüfung beginnen", PLANNER),
    ("received", Inquiry, "", ASKED | {"until": SOON}, "Unterlagen nachfordern", PLANNER),
    ("checking", None, "", {}, "Prüfung abschließen", PLANNER),
    ("asked", Inquiry, "", ASKED | {"until": SOON}, "Nachforderung erledigt", PLANNER),
    ("asked", Inquiry, "", ASKED | {"until": PAST}, "Nachforderung erledigt", PLANNER),
    ("asked", None, "", {}, "Nachforderung erledigt", PLANNER),
    ("checked", None, "", {}, "Voten einer Sitzung erfassen", PLANNER),
    ("advised", None, "", {}, "Entscheidung vorbereiten", PLANNER),
    ("advised", FundingDecision, "draft", {}, "Entscheidung vorbereiten", PLANNER),
    ("advised", FundingDecision, "prepared", {}, "Bescheid freigeben", LEAD),
    ("refused", FundingDecision, "released", {"outcome": "refused"}, "Versand festhalten", PLANNER),
    ("decided", FundingDecision, "draft", {}, "Entscheidung vorbereiten", PLANNER),
    ("decided", FundingDecision, "prepared", {}, "Bescheid freigeben", LEAD),
    ("decided", FundingDecision, "released", {}, "Versand festhalten", PLANNER),
    ("decided", FundingDecision, "sent", {"sent_on": PAST}, "Rechtsbehelfsverzicht festhalten", PLANNER),
    ("decided", FundingDecision, "sent", {"sent_on": LONG_AGO}, "Bestandskraft festhalten", PLANNER),
    ("decided", FundingDecision, "final", {"proof_due": SOON}, "Nachweis vormerken", PLANNER),
    ("decided", Payment, "planned", {"planned_on": SOON}, "Auszahlung vorbereiten", PLANNER),
    ("decided", Payment, "prepared", {"planned_on": SOON}, "Zur Zahlung freigeben", LEAD),
    ("decided", Payment, "released", {"planned_on": SOON}, "Als ausgezahlt festhalten", PLANNER),
    ("decided", Payment, "paid", {"planned_on": PAST, "paid_on": PAST}, "Auszahlungen ansehen", PLANNER),
    ("decided", Payment, "cancelled", {"planned_on": PAST}, "Auszahlungen ansehen", PLANNER),
    ("decided", ProofOfUse, "due", {"due": PAST}, "Eingang des Nachweises festhalten", PLANNER),
    ("decided", ProofOfUse, "received", {"due": PAST}, "Nachweis prüfen", PLANNER),
    ("decided", ProofOfUse, "asked", {"due": PAST}, "Nachforderung erfüllt", PLANNER),
    ("decided", ProofOfUse, "checked", {"due": PAST}, "Nachweis anerkennen", LEAD),
    ("decided", ProofOfUse, "recognised", {"due": PAST}, "Vorgang abschließen", PLANNER),
    ("decided", RepaymentClaim, "draft", {}, "Anhörung festhalten", PLANNER),
    ("decided", RepaymentClaim, "heard", {"answer_until": SOON}, "Rückforderung vorlegen", PLANNER),
    ("decided", RepaymentClaim, "heard", {"answer_until": PAST}, "Rückforderung vorlegen", PLANNER),
    ("decided", RepaymentClaim, "prepared", {}, "Rückforderung freigeben", LEAD),
    ("decided", RepaymentClaim, "demanded", {"due": SOON}, "Zahlung des Trägers festhalten", PLANNER),
    ("decided", RepaymentClaim, "paid", {}, "Auszahlungen ansehen", PLANNER),
    ("closed", None, "", {}, "", ()),
    ("refused", None, "", {}, "", ()),
    ("withdrawn", None, "", {}, "", ()),
    ("lapsed", None, "", {}, "", ()),
]
OWN_STEP = {"Entscheidung vorbereiten": "Zur Freigabe geben"}  # on the page of the decision itself
OVER = {"Nachweis vormerken", "Auszahlungen ansehen", "Vorgang abschließen"}  # says nothing of the part itself


def page_of(client, record):
    return client.get(kind_of(type(record)).url("detail", record.municipality, record.pk)).content.decode()


def check_page(client, page, expected):
    """One main button or none, with a page that opens; and no other way that leads back at once."""
    assert [label for _, label in PRIMARY.findall(page)] == ([expected] if expected else [])
    links = [url for url, _ in PRIMARY.findall(page)]
    for part in WAYS.findall(page):
        links += LINK.findall(part)
    for url in links:
        assert client.get(url).status_code == 200, url
    return links


@pytest.mark.once
@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_main_button_is_the_step_of_the_head_line(cast, number):
    state, model, part_state, given, label, acting = CASES[number]
    case = application(cast.home)
    put(case, state, model, part_state, **given)
    case.refresh_from_db()
    line = standing(case)
    assert (line.actor == Actor.NOBODY) == (not label)
    assert line.actor != Actor.LEAD or acting == LEAD
    for who in PLANNER:
        client = cast.client(who)
        page = page_of(client, case)
        assert line.line in page
        check_page(client, page, label if who in acting else "")
        if model in (None, Inquiry):
            continue
        part = model.objects.get()
        own = OWN_STEP.get(label, "" if label in OVER else label)
        page = page_of(client, part)
        check_page(client, page, own if who in acting else "")
        begun = {FundingDecision: "draft", Payment: "planned", ProofOfUse: "due", RepaymentClaim: "draft"}[model]
        assert ("Löschen</span>" in page) == (part_state == begun)
        if model is ProofOfUse:
            assert ("Angaben erfassen" in page) == (part_state in ("due", "received", "asked"))


def test_a_vote_that_is_undone_put_off_or_deleted_takes_the_advice_back(cast):
    case, client = application(cast.home), cast.client()
    put(case, "checked")
    session = make(Session, cast.home, full=False)
    url = reverse("funding:votes", args=[cast.home.slug, session.pk])

    def vote(told):
        sent = dict(read_form(client.get(url).content).values) | {AGAIN: "1"}
        sent |= {f"voten-{case.pk}-recommendation": told}
        assert client.post(url, sent).status_code == 302
        case.refresh_from_db()
        return case.state

    assert vote("for") == "advised"
    client.post(reverse("records:undo", args=[cast.home.slug, Batch.objects.get().pk]))
    case.refresh_from_db()
    assert (case.state, BoardVote.objects.count()) == ("checked", 0)
    step = ApplicationStep.objects.order_by("number").last()
    assert (step.action, step.actor) == ("take_advice_back", cast.planner)
    assert vote("for") == "advised"
    assert vote("later") == "checked", "put off"
    assert vote("for") == "advised"
    given = BoardVote.objects.get()
    client.post(kind_of(BoardVote).url("delete", cast.home, given.pk), {"version": given.version})
    case.refresh_from_db()
    assert (case.state, BoardVote.objects.count()) == ("checked", 0)


@pytest.mark.once
@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_case_waits_for_the_person_whom_its_line_names(cast, number):
    state, model, part_state, given, _, _ = CASES[number]
    case = application(cast.home)
    put(case, state, model, part_state, **given)
    case.refresh_from_db()
    line, today = standing(case), timezone.localdate()
    waiting, leads = (read_here(Access(who), cast.home, today) for who in (cast.planner, cast.lead))
    told = {str(source_of(row).actor) for row in of_money(waiting)}
    idle = line.actor == Actor.NOBODY or "kein Termin" in line.words
    assert told == (set() if idle else {str(line.actor.label)}), waiting
    if line.actor == Actor.LEAD:
        assert (bool(waiting.mine), bool(leads.mine)) == (False, True)
    elif line.actor == Actor.PROVIDER:  # the office asks where the day has passed
        assert bool(waiting.mine) == (line.is_late(today) or part_state == "asked")
    else:
        is_due = line.actor == Actor.CASH_OFFICE or line.until is None or line.until < today
        assert bool(waiting.mine) == (is_due and not idle)


def test_the_page_of_a_case_asks_as_little_with_thirty_rows_as_with_one(cast):
    case, client = application(cast.home), cast.client()
    kind = make(CostKind, None, full=False, title="Honorare", code="HO")
    put(case, "decided", FundingDecision, "final")

    def grow(number):
        for _ in range(number):
            made = {"full": False, "application": case}
            make(CostPosition, cast.home, cost_kind=kind, title="Leitung", amount="1", **made)
            make(FinancePosition, cast.home, source="land", giver="x", amount="1", **made)
            make(Inquiry, cast.home, **made, **ASKED, until=SOON)
            make(Payment, cast.home, planned_on=SOON, amount="1", **made)
            make(ProofOfUse, cast.home, due=SOON, **made)
        with CaptureQueriesContext(connection) as caught:
            page_of(client, case)
        return len(caught)

    FundingApplication.objects.filter(pk=case.pk).update(state="draft")
    grow(1)
    FundingApplication.objects.filter(pk=case.pk).update(state="decided")
    few = grow(0)
    FundingApplication.objects.filter(pk=case.pk).update(state="draft")
    grow(29)
    FundingApplication.objects.filter(pk=case.pk).update(state="decided")
    assert (grow(0), few <= 29) == (few, True), few
