"""Payments and proofs through their pages: the worked examples B, C and D to the cent, and the secret link."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from funding.domain.proofs.links import draft_of, new_link
from funding.domain.proofs.review import review_content
from funding.enums import ApplicationAction, ClaimAction, PaymentAction, ProofAction
from funding.models import (
    BaseRate,
    FrozenPaper,
    FundingApplication,
    FundingDecision,
    Payment,
    PaymentUse,
    ProofDraft,
    ProofOfUse,
    Receipt,
    RepaymentClaim,
)
from records.errors import StepRefused
from records.registry import kind_of
from records.templatetags.german import NARROW
from tests.factories import make
from tests.funding.cases import (
    base_rates,
    eur,
    go,
    make_case,
    make_payment,
    make_proof,
    money_rule,
    paid,
    recognised,
    without_drawing,
)
from tests.html import read_form
from tests.reporting.papers.conftest import assert_valid, text_of

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture(autouse=True)
def no_drawing(monkeypatch):
    without_drawing(monkeypatch)


def page_url(name, cast, *keys):
    return reverse(f"funding:{name}", args=[cast.home.slug, *keys])


def words(answer) -> str:
    """The page with plain blanks."""
    return answer.content.decode().replace(NARROW, " ").replace("\xa0", " ")


def typed(client, url, number=0, **given):
    """What a browser sends of a form of the page."""
    values = read_form(client.get(url).content).values
    return {name: value[0] for name, value in values.items() if value} | given


def proved(cast, actual, *, incomes=(("own", "6.000,00"),), **case):
    """A proof typed on the one page of the office; returns it with the case."""
    money_rule(minor_amount=Decimal("2600.00"))
    base_rates()
    plan = case.pop("plan", ("24.000,00", "3.000,00", "2.000,00", "1.000,00"))
    application = make_case(cast.home, plan, **case)
    paid(application, "24.000,00", date(2022, 10, 1))
    proof = make(ProofOfUse, cast.home, full=False, application=application, due=date(2023, 6, 30))
    client, url = cast.client(), page_url("proof-entry", cast, proof.pk)
    costs = application.decisions.get().costs.order_by("pk")
    told = {f"actual-{cost.pk}": amount for cost, amount in zip(costs, actual, strict=True)} | {"done": "Offen."}
    for number, (source, amount) in enumerate(incomes):
        told |= {f"source-{number}": source, f"amount-{number}": amount}
    answer = client.post(url, typed(client, url, **told))
    assert answer.status_code == 302, answer.context["form"].errors
    return proof


def test_b_an_overrun_of_a_cent_beyond_twenty_percent_is_seen_and_not_recognised(cast):
    proof = proved(cast, ("23.100,00", "3.600,00", "2.400,01", "899,99"))
    page = words(cast.client().get(page_url("proof-check", cast, proof.pk)))
    for told in ("+20,0005 %", "0,01 € zu viel", "+20 %", "29.999,99 €", "1.000,01 €", "120 % × 2.000,00 €"):
        assert told in page, told
    assert page.count("zu viel") == 1, "exactly 20 percent are allowed"
    assert recognised(cast, proof).recognised == eur("29.999,99")


def test_of_what_nobody_has_said_nothing_is_cut_or_recognised(cast):
    proof = make_proof(make_case(cast.home, ("24.000,00", "6.000,00")))
    page = words(cast.client().get(page_url("proof-check", cast, proof.pk)))
    assert page.count("nicht gesagt, wie viel ausgegeben wurde") == 2
    for told in (">0,00 €<", "Genehmigt oder gekürzt", "Kürzungen speichern"):
        assert told not in page, told
    assert '"0,00"' not in json.dumps(review_content(proof, timezone.now()))


C = ("24.000,00", "2.000,00", "1.000,00", "450,55")  # 27.450,55 of 30.000,00


@pytest.mark.parametrize(
    ("kind", "share", "incomes", "actual", "due", "back"),
    [
        ("share", "80", (("own", "6.000,00"),), C, "21.960,44", "2.039,56"),
        ("share", "80", (("own", "6.000,00"), ("third", "1.000,00")), C, "21.160,44", "2.839,56"),
        ("gap", None, (("own", "6.000,00"),), C, "21.450,55", "2.549,45"),
        ("fixed", None, (("own", "6.000,00"),), C, "24.000,00", "0,00"),
        ("share", "80", (("own", "6.000,00"),), (*C[:3], "450,57"), "21.960,45", "2.039,55"),
    ],
)
def test_c_what_goes_back_by_kind_of_financing(cast, kind, share, incomes, actual, due, back):
    proof = proved(cast, actual, financing=kind, share=share, incomes=incomes)
    page = words(cast.client().get(page_url("proof-check", cast, proof.pk)))
    assert f"{due} €" in page
    assert f"{back} €" in page
    assert ("Vorgeschlagen ist, darauf zu verzichten" in page) == (eur("0") < eur(back) < eur("2.600,00"))
    assert ("abgerundet" in page) == (actual[3] == "450,57")
    assert recognised(cast, proof).grant_due == eur(due)
    answer = cast.client().post(page_url("proof-claim", cast, proof.pk))
    assert answer.status_code == 302
    assert [claim.principal for claim in proof.claims.all()] == ([] if back == "0,00" else [eur(back)])


def its_page_writes_out_the_interest(cast, claim):
    shown = words(cast.client().get(kind_of(RepaymentClaim).url("detail", cast.home, claim.pk)))
    told = ("01.10.2022 bis 31.12.2022", "2.039,56 € × 4,12 % × 92/365 Tage", "21,18013… €", "2.093,66 €")
    assert [text for text in told if text not in shown] == []


def refused_without_rate(claim, lead, days):
    """The Basiszinssatz ends before the time for which interest is demanded."""
    latest = BaseRate.objects.filter(valid_from__year=2023)
    latest.update(valid_until=date(2023, 3, 20))
    with pytest.raises(StepRefused, match=r"21\.03\.2023 ist kein Basiszinssatz"):
        go(claim, ClaimAction.DEMAND, lead, on=date(2023, 3, 10), values=days)
    latest.update(valid_until=None)


def test_d_interest_on_what_goes_back_and_on_what_was_used_late(cast):
    proof = recognised(cast, proved(cast, C))
    cast.client().post(page_url("proof-claim", cast, proof.pk))
    claim = proof.claims.get()
    march = date(2023, 3, 5)
    go(claim, ClaimAction.HEAR, cast.planner, on=march, values={"heard_on": march, "answer_until": date(2023, 3, 8)})
    go(claim, ClaimAction.PREPARE, cast.planner, on=date(2023, 3, 9))
    days = {"demanded_on": date(2023, 3, 10), "due": date(2023, 3, 31)}
    refused_without_rate(claim, cast.lead, days)
    go(claim, ClaimAction.DEMAND, cast.lead, on=date(2023, 3, 10), values=days)
    claim.refresh_from_db()
    assert claim.interest == eur("54,10")
    assert [(each["first"], each["last"], each["days"], each["percent"]) for each in claim.segments] == [
        ("2022-10-01", "2022-12-31", 92, "4.1200"),
        ("2023-01-01", "2023-03-30", 89, "6.6200"),
    ]
    go(claim, ClaimAction.PAY, cast.planner, on=date(2023, 4, 1), values={"paid_on": date(2023, 3, 31)})
    claim.refresh_from_db()
    assert (claim.state, claim.interest) == ("paid", eur("54,10"))
    its_page_writes_out_the_interest(cast, claim)
    final, review, demand = FrozenPaper.objects.filter(application=proof.application).order_by("pk")
    assert (final.kind, review.kind, demand.kind, final.is_intact()) == ("final", "review", "repayment", True)
    assert all(told in bytes(final.data).decode() for told in ("27.450,55 €", "Zu erstatten sind 2.039,56 €"))
    assert all(told in bytes(demand.data).decode() for told in ("Zahlen Sie bis 31.03.2023: 2.093,66 €", '"32,92240"'))
    shown = words(cast.client().get(kind_of(FundingApplication).url("detail", cast.home, proof.application_id)))
    assert all(told in shown for told in ("Zuwendung 21.960,44 €", "2.039,56 €", "Zinsen 54,10 €", "24.000,00 €"))
    go(proof.application, ApplicationAction.CLOSE, cast.planner)

    case = make_case(cast.home, applicant="Anderer Verein")
    payment = paid(case, "12.000,00", date(2022, 10, 1))
    for day, amount in ((date(2022, 11, 15), "4.500,00"), (date(2023, 3, 15), "7.500,00")):
        make(PaymentUse, cast.home, full=False, payment=payment, used_on=day, amount=eur(amount))
    late = make(RepaymentClaim, cast.home, full=False, application=case, ground="late", principal=0, answer="Ja.")
    go(late, ClaimAction.HEAR, cast.planner, on=march, values={"heard_on": march, "answer_until": date(2023, 3, 8)})
    go(late, ClaimAction.PREPARE, cast.planner, on=march)
    go(
        late,
        ClaimAction.DEMAND,
        cast.lead,
        on=date(2023, 3, 20),
        values={"demanded_on": march, "due": date(2023, 3, 31)},
    )
    late.refresh_from_db()
    assert late.interest == eur("124,70")
    assert [each["days"] for each in late.segments] == [30, 73]


def test_several_payments_go_on_together_or_not_at_all(cast):
    money_rule()
    case = make_case(cast.home)
    rows = [make_payment(case, amount, need="", needed_until=None) for amount in ("10.000,00", "14.000,00", "0,01")]
    client, url = cast.client(), page_url("payments", cast)
    today = date.today()
    told = {}
    for row in rows:
        told |= {f"z{row.pk}-mark": "on", f"z{row.pk}-version": row.version, f"z{row.pk}-need": "Honorare"}
        told |= {f"z{row.pk}-until": f"{today:%d.%m.%Y}"}
    FundingDecision.objects.update(grant=eur("24.000,00"))
    assert client.post(url, {"_vorbereiten": "1"}).status_code == 422
    assert f'aria-label="Verwendet bis: {rows[0]}"' in client.get(url).content.decode(), "every cell has its name"
    wrong = client.post(url, told | {"_vorbereiten": "1", f"z{rows[1].pk}-until": "31.02.2027"})
    assert "Diesen Tag gibt es nicht" in words(wrong)
    assert f'<a href="#id_z{rows[1].pk}-until">Verwendet bis: {rows[1]}' in wrong.content.decode()
    assert wrong.content.decode().count("autofocus") == 1, "who cannot see it is led to what is wrong"
    assert client.post(url, told | {"_vorbereiten": "1"}).status_code == 302
    lead = cast.client("lead")
    marks = {f"z{row.pk}-mark": "on" for row in rows}
    sent = marks | {f"z{row.pk}-version": Payment.objects.get(pk=row.pk).version for row in rows}
    assert client.post(url, sent | {"_freigeben": "1"}).status_code == 403
    refused = lead.post(url, sent | {"_freigeben": "1"})
    assert "wären 24.000,01 € angewiesen; bewilligt sind 24.000,00 €" in words(refused)
    assert set(Payment.objects.values_list("state", flat=True)) == {"prepared"}, "none of them"
    del sent[f"z{rows[2].pk}-mark"]
    assert lead.post(url, sent | {"_freigeben": "1"}).status_code == 302
    assert sorted(Payment.objects.values_list("state", flat=True)) == ["prepared", "released", "released"]
    csv = lead.get(page_url("cash-list", cast)).content.decode("utf-8-sig").splitlines()
    assert (len(csv), "DE89370400440532013000;10000,00" in csv[1]) == (3, True)
    page = words(lead.get(url))
    assert ("DE89 … 3000" in page, "DE89370400440532013000" in page) == (True, False)
    assert cast.client("adviser").get(url).status_code == 403
    assert cast.client("foreign_planner").get(url).status_code == 404


LIST = """Nr.\tDatum\tEmpfänger\tGrund\tPosition\tBetrag
1\t03.04.2022\tDruckerei\tFlyer\tSach\t120,50
\t05.01.2023\tHonorarkraft\tKurs\t2\t300,00
3\t03.04.2022\tDruckerei\tFlyer\tSach\t120,50
"""


def test_receipts_are_read_as_pasted_and_marked_not_cut(cast):
    proof = proved(cast, C)
    other = make_proof(make_case(cast.home))
    make(
        Receipt, cast.home, full=False, proof=other, payee="druckerei ", paid_on=date(2022, 4, 3), amount=eur("120,50")
    )
    client, url = cast.client(), page_url("proof-entry", cast, proof.pk)
    seen = words(client.post(url, typed(client, url, receipts=LIST, _vorschau="1")))
    for told in (
        "auch im Nachweis zu",
        "steht zweimal in der Liste",
        "ohne Belegnummer",
        "außerhalb des Bewilligungszeitraums",
    ):
        assert told in seen, told
    assert proof.receipts.count() == 0, "looked at, not stored"
    for wrong, sentence in (
        (LIST.replace("300,00", "1.234"), "„1.234,00“ oder „1,23“"),
        (LIST.replace("05.01.2023", "31.02.2023"), "„31.02.2023“ ist kein Tag"),
        (LIST.replace("\t2\t", "\tMiete\t"), "„Miete“ steht nicht im Bescheid"),
        ("1;2", "Erwartet werden 6 Spalten"),
    ):
        answer = client.post(url, typed(client, url, receipts=wrong))
        assert (answer.status_code, sentence in words(answer)) == (422, True), sentence
        assert wrong.split("\n")[0] in answer.content.decode(), "nothing typed is lost"
        assert '<a href="#id_receipts">' in answer.content.decode()
    assert client.post(url, typed(client, url, receipts=LIST)).status_code == 302
    assert list(proof.receipts.values_list("number", "cost__title", "amount", "cut").order_by("pk")) == [
        ("1", "Sach", eur("120,50"), None),
        ("", "Honorar", eur("300,00"), None),
        ("3", "Sach", eur("120,50"), None),
    ]
    kept = proof.receipts.get(number="1").pk
    file = io.BytesIO(
        "Belegnummer;Bezahlt am;Empfänger;Grund;Ausgabe;Betrag\n1;03.04.2022;Druckerei;Flyer;Sach;120,50\n".encode()
    )
    file.name = "belege.csv"
    read = client.post(url, typed(client, url) | {"file": file, "_datei": "1"})
    text = read_form(read.content).values["receipts"][0]
    assert client.post(url, typed(client, url, receipts=text)).status_code == 302
    assert [row.pk for row in proof.receipts.all()] == [kept]


def test_a_secret_link_opens_one_proof_until_it_is_handed_in(cast, client):
    proof = proved(cast, C)
    other = make_proof(make_case(cast.home, applicant="Anderer Verein"))
    ProofOfUse.objects.filter(pk=proof.pk).update(done="")

    def link(of):
        answer = cast.client().post(page_url("proof-link", cast, of.pk))
        return answer.context["address"].split("testserver")[1]

    old, url = link(proof), link(proof)
    assert client.get(old).status_code == 404, "a new link makes the old one dead"
    token = url.split("/")[2]
    assert len(token) >= 27
    assert token not in str(list(ProofDraft.objects.values()))
    asked = client.get(url)
    assert (asked["Referrer-Policy"], asked["X-Robots-Tag"], asked["Cache-Control"]) == (
        "no-referrer",
        "noindex, nofollow",
        "no-store",
    )
    assert "Anderer Verein" not in asked.content.decode()
    assert token not in asked.content.decode(), "no link around the page tells the secret"
    told = typed(client, url, done="<script>alert(1)</script>", receipts=LIST)
    assert client.post(url, told | {"_speichern": "1"}).status_code == 302
    proof.refresh_from_db()
    assert (proof.done, proof.receipts.count()) == ("", 0), "apart until it is handed in"
    again = client.get(url).content.decode()
    assert "&lt;script&gt;" in again
    assert "<script>alert" not in again
    assert client.post(url, told | {"_einreichen": "1"}).status_code == 200
    proof.refresh_from_db()
    assert (proof.state, proof.received_on, proof.receipts.count()) == ("received", date.today(), 3)
    assert proof.steps.get().actor is None
    assert client.get(url).status_code == 404
    assert client.post(url, told | {"_einreichen": "1"}).status_code == 404
    other.refresh_from_db()
    assert other.state == "due"
    statuses = [client.get(f"/nachweis/{number}/").status_code for number in range(30)]
    assert (statuses[0], statuses[-1]) == (404, 429)


def test_who_prepared_the_payment_is_told_that_another_person_releases(cast):
    money_rule()
    payment = make_payment(make_case(cast.home), "1.000,00")
    go(payment, PaymentAction.PREPARE, cast.lead)
    lead = cast.client("lead")
    payment.refresh_from_db()
    sent = {f"z{payment.pk}-mark": "on", f"z{payment.pk}-version": payment.version, "_freigeben": "1"}
    assert "zweite Person" in words(lead.post(page_url("payments", cast), sent))


def test_a_list_of_receipts_that_is_asked_for_is_outweighed_by_a_reason_alone(cast):
    proof = proved(cast, C, proof_form="receipts")
    go(proof, ProofAction.RECEIVE, cast.planner, on=date(2023, 3, 1), values={"received_on": date(2023, 3, 1)})
    step = f"{kind_of(ProofOfUse).url('detail', cast.home, proof.pk)}schritt/geprueft/"
    assert "Der Bescheid verlangt eine Belegliste; sie fehlt." in words(cast.client().get(step))
    with pytest.raises(StepRefused, match="Belegliste"):
        go(proof, ProofAction.CHECK, cast.planner, on=date(2023, 3, 2))
    go(proof, ProofAction.CHECK, cast.planner, on=date(2023, 3, 2), note="Die Belege sind verbrannt.")
    with pytest.raises(StepRefused, match="Belegliste"):
        go(proof, ProofAction.RECOGNISE, cast.lead, on=date(2023, 3, 3))
    go(proof, ProofAction.RECOGNISE, cast.lead, on=date(2023, 3, 3), note="Einverstanden.")
    note = json.loads(bytes(FrozenPaper.objects.get(kind="review").data))
    told = json.dumps(note, ensure_ascii=False)
    assert ("Die Belege sind verbrannt." in told, "Es liegt keine Belegliste vor." in told) == (True, True)
    final = FrozenPaper.objects.get(kind="final")
    assert [final.number[-3:], note["number"][-3:]] == ["001", "002"]
    review = reverse("reporting:proof-review", args=[cast.home.slug, proof.pk])
    assert cast.client().get(review).url.endswith(f"/schreiben/{FrozenPaper.objects.get(kind='review').pk}/")


def test_with_receipts_no_reason_is_asked(cast):
    proof = proved(cast, C, proof_form="receipts")
    cost = proof.application.decisions.get().costs.first()
    make(Receipt, cast.home, full=False, proof=proof, cost=cost, payee="Druckerei", amount="1")
    assert recognised(cast, proof).recognised == eur("27.450,55")


@pytest.mark.once
@pytest.mark.slow
def test_every_paper_of_a_proof_is_valid_and_says_what_it_is(cast, monkeypatch):
    monkeypatch.undo()
    proof = proved(cast, C, proof_form="receipts")
    cost = proof.application.decisions.get().costs.first()
    for payee in ("Druckerei", "Druckerei"):
        make(Receipt, cast.home, full=False, proof=proof, cost=cost, payee=payee, amount="7.50")
    form, review = (
        cast.client().get(reverse(f"reporting:{name}", args=[cast.home.slug, proof.pk])).content
        for name in ("proof-form", "proof-review")
    )
    told = text_of(form)
    for words_of in ("24.000,00", "450,55", "Verein Beispiel", "Druckerei", "Unterschrift"):
        assert words_of in told
    assert "Laufend, Angaben vom" in text_of(review)
    assert "steht zweimal in der Liste" in text_of(review)
    recognised(cast, proof)
    cast.client().post(page_url("proof-claim", cast, proof.pk))
    claim, march = proof.claims.get(), date(2023, 3, 5)
    go(claim, ClaimAction.HEAR, cast.planner, on=march, values={"heard_on": march, "answer_until": date(2023, 3, 8)})
    go(claim, ClaimAction.PREPARE, cast.planner, on=date(2023, 3, 9))
    days = {"demanded_on": date(2023, 3, 10), "due": date(2023, 3, 31)}
    go(claim, ClaimAction.DEMAND, cast.lead, on=date(2023, 3, 10), values=days)
    papers = {paper.kind: bytes(paper.pdf) for paper in FrozenPaper.objects.all()}
    assert sorted(papers) == ["final", "repayment", "review"]
    assert "Mit freundlichen" not in text_of(papers["review"]), "it goes to nobody"
    for pdf in (form, review, *papers.values()):
        assert_valid(pdf)


def test_what_was_typed_of_a_proof_that_came_in_another_way_is_forgotten(cast):
    awaited, settled = (make_proof(make_case(cast.home, applicant=name)) for name in ("Verein A", "Verein B"))
    for proof in (awaited, settled):
        draft_of(new_link(proof, timezone.now()))
    ProofOfUse.objects.filter(pk=settled.pk).update(state="recognised")
    call_command("daily", verbosity=0)
    assert [draft.proof for draft in ProofDraft.objects.all()] == [awaited]
