"""Decisions: two people, versions that never add up, the pot, and notices that stay what they were."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO
from itertools import product

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from funding.domain.verifying import verify_papers
from funding.enums import DecisionAction as A
from funding.models import DecidedCost, DecisionCondition, FrozenPaper, FundingApplication, FundingDecision, TextBlock
from funding.queries.in_force import all_in_force, granted, in_force
from records.domain import saving
from records.errors import RecordLocked, StepRefused
from records.models.steps import digest
from tests.cast import make_cast, make_person
from tests.factories import make
from tests.funding.deciding import call, checked, drafted, go, released, remedy, step_by_page
from tests.plans.life.owner import guards_again, past_the_guards
from tests.records.test_interleaving import at_once
from tests.reporting.papers.conftest import assert_valid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet", "quick_letters")]


@pytest.fixture
def case(cast):
    remedy(cast.home)
    return checked(cast.home)


def second_lead(cast):
    return make_person("leitung-2", "lead", cast.home)


def test_amounts_of_versions_never_add_up(cast, case):
    """Oracle E of the rules of money, through the pages: 10.000,00 from 01.03., 12.500,00 from 01.07."""
    first = drafted(case, "10000", dated=date(2026, 3, 1))
    assert step_by_page(cast.client("planner"), first, "prepare") == 302
    assert step_by_page(cast.client("lead"), first, "release") == 302
    page = cast.client().get(reverse("funding:decision", args=[cast.home.slug, case.pk])).content.decode()
    assert "<h1>Änderung vorbereiten</h1>" in page
    second = drafted(case, "12500", dated=date(2026, 7, 1), change_reason="Mehr Teilnehmende.")
    assert step_by_page(cast.client("planner"), second, "prepare") == 302
    assert step_by_page(cast.client("lead"), second, "release") == 302
    other = released(checked(cast.home, "Anderes"), "700")
    amounts = {
        day: [
            granted(all_in_force(FundingApplication.objects.all(), day).get(each))
            for each in (case.pk, other.application_id)
        ]
        for day in (date(2026, 2, 28), date(2026, 6, 30), date(2026, 7, 1), date(2026, 11, 29))
    }
    assert amounts == {
        date(2026, 2, 28): [0, 0],
        date(2026, 6, 30): [10_000, 700],
        date(2026, 7, 1): [12_500, 700],
        date(2026, 11, 29): [12_500, 700],
    }
    second.refresh_from_db()
    assert (in_force(case, date(2026, 12, 1)), second.edition) == (second, 2)
    paper = FrozenPaper.objects.get(subject=FrozenPaper.subject_of(second))
    text = bytes(paper.data).decode()
    assert (paper.kind, "12.500,00" in text, "10.000,00" in text, "22.500" in text) == ("change", True, True, False)
    case.refresh_from_db()
    assert case.state == "decided"


DAYS = {"send": "sent_on", "waive": "waiver_on", "become_final": "final_on"}
WRITERS = {"planner", "lead", "second lead"}
LEADS = WRITERS - {"planner"}
WAY = {  # from the state: action, who may, and where it leads
    "draft": {"prepare": (WRITERS, "prepared")},
    "prepared": {"take_back": (WRITERS, "draft"), "return": (LEADS, "draft"), "release": (LEADS, "released")},
    "released": {"send": (WRITERS, "sent")},
    "sent": {"waive": (WRITERS, "final"), "become_final": (WRITERS, "final")},
    "final": {},
}


class Undo(Exception):
    """Ends an attempt."""


def reached(decision, action, person):
    """The state to which the person brings the decision, empty where refused; nothing stays of it."""
    state = ""
    try:
        with transaction.atomic():
            today = timezone.localdate()
            state = go(
                decision, action, person, note="Grund", **({DAYS[action]: today} if action in DAYS else {})
            ).state
            raise Undo
    except (Undo, PermissionDenied, StepRefused):
        return state


@pytest.mark.parametrize("preparer", ["planner", "lead"])
def test_nobody_decides_alone(cast, case, preparer):
    """Every step in every state by every role, and by the person who prepared."""
    people = {name: getattr(cast, name) for name in ("planner", "lead", "ministry", "adviser", "foreign_planner")}
    people["second lead"] = second_lead(cast)
    found = drafted(case)
    for state, steps in WAY.items():
        for action, (name, person) in product(A.values, people.items()):
            may, target = steps.get(action, (set(), ""))
            alone = action == "release" and name == preparer
            assert reached(found, action, person) == (target if name in may and not alone else ""), (
                state,
                action,
                name,
            )
        last = {"draft": "prepare", "prepared": "release", "released": "send", "sent": "waive"}.get(state)
        if last:
            who = people["second lead" if last == "release" else preparer]
            go(found, last, who, **({DAYS[last]: timezone.localdate()} if last in DAYS else {}))


def test_who_prepared_or_wrote_does_not_release(cast, case):
    both = second_lead(cast)
    found = drafted(case, actor=cast.lead)
    go(found, "prepare", both)
    for person in (cast.lead, both):
        with pytest.raises(StepRefused, match="zweite Person"):
            go(found, "release", person)
    with pytest.raises(PermissionDenied):
        go(found, "release", cast.planner)
    third = make_person("leitung-3", "lead", cast.home)
    assert go(found, "release", third).state == "released"
    assert cast.client("foreign_planner").get(detail(found)).status_code == 404


def detail(decision):
    return reverse("funding:fundingdecision-detail", args=[decision.municipality.slug, decision.pk])


def test_a_return_gives_its_reason_and_opens_the_draft(cast, case):
    found = go(drafted(case), "prepare", cast.planner)
    cost = DecidedCost.objects.get(decision=found)
    cost.title = "Anders"
    with pytest.raises(RecordLocked):
        saving.update_record(cost, version=cost.version, actor=cast.planner)
    with pytest.raises(StepRefused, match="Grund"):
        go(found, "return", cast.lead)
    assert go(found, "return", cast.lead, note="Betrag prüfen").state == "draft"
    assert "Betrag prüfen" in cast.client().get(detail(found)).content.decode()
    saving.update_record(cost, version=cost.version, actor=cast.planner)


def test_what_is_wrong_with_a_decision_is_said_to_the_cent(cast, case):
    remedy_less = TextBlock.objects.get()
    found = drafted(case, "10000", financing="share", share="80")
    DecidedCost.objects.update(amount="12500.01")
    with pytest.raises(StepRefused) as refused:
        go(found, "prepare", cast.planner)
    assert refused.value.reasons == ("Die anerkannten Ausgaben sind 12.500,01 €, die Finanzierung 10.000,00 €.",)
    DecidedCost.objects.update(amount="10000")
    with pytest.raises(StepRefused, match="mehr als 80 %"):
        go(found, "prepare", cast.planner)
    for values, words in (
        ({"financing": "fixed", "share": None, "decided_by": ""}, "Ergänzen Sie zuerst: Entschieden durch"),
        ({"decided_by": "Amt", "grant": "9999.99"}, "9.999,99 €"),
        ({"grant": "10000", "decided_on": date(2199, 1, 1)}, "liegt in der Zukunft"),
    ):
        FundingDecision.objects.filter(pk=found.pk).update(**values)
        with pytest.raises(StepRefused, match=words):
            go(found, "prepare", cast.planner)
    FundingDecision.objects.filter(pk=found.pk).update(decided_on=date(2026, 2, 1))
    TextBlock.objects.filter(pk=remedy_less.pk).update(valid_until=date(2020, 12, 31))
    with pytest.raises(StepRefused, match="Rechtsbehelfsbelehrung"):
        go(found, "prepare", cast.planner)
    assert go(found, "prepare", cast.planner, note="Belehrung liegt bei").state == "prepared"


def test_a_notice_stays_what_it_was_and_its_conditions_are_tasks(cast, case):
    found = drafted(case)
    task = make(
        DecisionCondition, cast.home, full=False, decision=found, title="Schild anbringen", due=date(2026, 5, 1)
    )
    assert found.label.startswith("Entscheidung in Vorbereitung: ")
    found = go(go(found, "prepare", cast.planner), "release", cast.lead)
    found.refresh_from_db()
    assert found.label.startswith("bewilligt ab ")
    paper = FrozenPaper.objects.get()
    url = reverse("funding:paper", args=[cast.home.slug, paper.pk])
    before = cast.client().get(url).content
    preview = cast.client().get(reverse("reporting:notice-preview", args=[cast.home.slug, found.pk]))
    assert preview.headers["Location"] == url  # what is out is no preview
    assert (digest(before), paper.number) == (paper.pdf_sha256, "KYF-B-2027-001")
    block = TextBlock.objects.get()
    block.text = "Ganz anders"
    saving.update_record(block, version=block.version, actor=cast.planner)
    assert cast.client("lead").get(url).content == before
    assert "Ganz anders" not in bytes(paper.data).decode()
    for who, status in (("foreign_planner", 404), ("ministry", 403), ("adviser", 403)):
        assert cast.client(who).get(url).status_code == status
    task.done_on = date(2026, 4, 20)
    saving.update_record(task, version=task.version, actor=cast.planner)
    task.title = "Kein Schild"
    with pytest.raises(RecordLocked):
        saving.update_record(task, version=task.version, actor=cast.planner)


def test_a_refusal_has_its_own_notice_and_an_end(cast, case):
    found = drafted(case, outcome="refused", grant=None, financing="", reasons="Der Topf ist ausgeschöpft.")
    found = go(go(found, "prepare", cast.planner), "release", cast.lead)
    case.refresh_from_db()
    paper = FrozenPaper.objects.get()
    data = json.loads(bytes(paper.data))
    assert (case.state, paper.kind, data["figures"]) == ("refused", "refusal", {})
    assert granted(in_force(case, date(2026, 12, 1))) == 0
    with pytest.raises(StepRefused, match="liegt vor der Freigabe"):
        go(found, "send", cast.planner, sent_on=date(2020, 1, 1))


def test_what_was_changed_behind_the_portal_is_found(cast, case, client):
    released(case)
    second = released(checked(cast.home, "Anderes"), "20")
    paper = FrozenPaper.objects.last()
    page = client.post("/pruefen/", {"sha256": paper.pdf_sha256}).content.decode()
    assert "KYF-B-2027-002 (Zuwendungsbescheid)" in " ".join(page.split())
    assert verify_papers().problems == []
    with past_the_guards():
        FrozenPaper.objects.filter(pk=paper.pk).update(pdf=b"%PDF-1.7")
        guards_again()
        assert verify_papers().problems == [
            "16065 Kyffhäuserkreis: Zuwendungsbescheid KYF-B-2027-002: Die PDF-Datei passt nicht zu ihrer Prüfnummer."
        ]
        assert verify_papers(cast.away).problems == []
        assert "Prüfung nicht möglich" in client.post("/pruefen/", {"sha256": paper.pdf_sha256}).content.decode()
    FundingDecision.objects.filter(pk=second.pk).update(notice_number="KYF-B-2027-009", state="draft")
    with pytest.raises(CommandError, match="Abweichungen: 2"):
        call_command("verify_notices", municipality="16065", stdout=StringIO())


def test_what_was_cut_as_a_whole_is_found_against_an_earlier_check(cast, case, tmp_path):
    second = released(case)
    output = StringIO()
    call_command("verify_notices", json=True, stdout=output)
    earlier = tmp_path / "frueher.json"
    earlier.write_text(output.getvalue(), encoding="utf-8")
    call_command("verify_notices", against=earlier, stdout=StringIO())
    with past_the_guards():
        FrozenPaper.objects.all().delete()
        second.steps.all().delete()
        FundingDecision.objects.update(state="draft", notice_number="")
        guards_again()
        call_command("verify_notices", stdout=StringIO())  # the database alone cannot tell
        told = StringIO()
        with pytest.raises(CommandError, match="Abweichungen: 2"):
            call_command("verify_notices", against=earlier, stdout=told)
    assert "Schreiben KYF-B-2027-001: Bei der früheren Prüfung war es anders" in told.getvalue()
    earlier.write_text("{}", encoding="utf-8")
    with pytest.raises(CommandError, match="keine Ausgabe von verify_notices"):
        call_command("verify_notices", against=earlier, stdout=StringIO())


@pytest.mark.once
@pytest.mark.slow
def test_the_real_paper_holds_its_data(cast, case, monkeypatch):
    monkeypatch.undo()
    released(case)
    paper = FrozenPaper.objects.get()
    pdf = pypdfium2.PdfDocument(bytes(paper.pdf))
    text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert all(words in text for words in ("KYF-B-2027-001", "10.000,00", "Beispiel-Verein", "Widerspruch"))
    assert bytes(pdf.get_attachment(0).get_data()) == bytes(paper.data)
    assert_valid(bytes(paper.pdf))


@pytest.mark.django_db(transaction=True)
def test_releases_at_the_same_moment_never_exceed_the_pot():
    cast = make_cast()
    remedy(cast.home)
    pot = call(cast.home, "2500")
    found = [go(drafted(checked(cast.home, f"Vorhaben {n}", call=pot), "1000"), "prepare") for n in range(6)]
    refused = []

    def work(decision):
        for _ in range(6):
            try:
                go(decision, "release")
                return
            except StepRefused as error:
                refused.append(error.reasons)

    at_once(*(lambda decision=each: work(decision) for each in found))
    out = FundingDecision.objects.filter(state="released")
    assert sum((each.grant for each in out), Decimal(0)) == 2_000
    assert sorted(FrozenPaper.objects.values_list("number", flat=True)) == ["KYF-B-2027-001", "KYF-B-2027-002"]
    assert any("Topf" in reason for reasons in refused for reason in reasons)
