"""The public form below the address of a call, by HTTP alone as a browser without JavaScript sends it."""

import logging
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from funding.enums import Actor
from funding.models import (
    Call,
    FundingApplication,
    FundingDecision,
    Inquiry,
    LocalFundingRule,
    PublicDraft,
    PublicFile,
)
from funding.queries.standing import standing
from lsz_portal.logs import HidesLinks
from planning.models import Document
from records.registry import kind_of
from tests.factories import make, pdf
from tests.funding.applicant import CODE, LAST, Applicant, apply_for, new_call, words
from tests.html import read_form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


def test_the_first_page_says_what_to_know_and_the_others_keep_what_is_typed(applicant):
    start = applicant.client.get(f"/antrag/{applicant.call.token}/")
    told = words(start)
    for text in ("Bis 30.06.2026, 23:59 Uhr", "15.06.2026, 12:00:00 Uhr", "15.000,00", "Datenschutz", "30 Tage"):
        assert text in told.replace("\u202f", " ").replace("\u00a0", " ")
    assert (start.headers["Referrer-Policy"], start.headers["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    applicant.begin()
    first = applicant.send("traeger", {"applicant": "Beispiel-Verein", "email": "kein"})
    assert first.status_code == 422
    assert "Alles Getippte ist gespeichert" in words(first)
    assert read_form(applicant.get("traeger/").content).values["email"] == ["kein"]  # nothing typed is lost
    assert "sind gleich" not in words(applicant.get("ausgaben/"))  # where nothing is said yet
    secret = applicant.link.split("/")[-2]
    assert secret not in " ".join(re.findall(r'href="(?!http)([^"]*melden[^"]*)"', first.content.decode()))
    assert not applicant.client.cookies


def test_the_whole_way_without_account_cookie_and_javascript(applicant, kind, cast, django_capture_on_commit_callbacks):
    applicant.begin()
    applicant.fill(kind)
    upload = {"file": pdf("Satzung.pdf")}
    assert applicant.send("erfolg", upload, "_upload").status_code == 302
    check = words(applicant.get("pruefen/"))
    assert "Ausgaben und Finanzierung sind gleich: 1.250,50 €." in check
    assert "Satzung.pdf" in check
    with django_capture_on_commit_callbacks(execute=True):
        assert applicant.hand_in().status_code == 302
    assert [message.to for message in mail.outbox] == [["verein@example.org"]]
    assert applicant.link not in mail.outbox[0].body
    assert not FundingApplication.objects.exists()
    assert not Document.objects.exists()
    assert "stimmt nicht" in words(applicant.confirm("12"))
    with django_capture_on_commit_callbacks(execute=True):
        assert applicant.confirm().status_code == 302
    case = FundingApplication.objects.get()
    as_sent(case, cast.home)
    assert not PublicFile.objects.exists()
    state = applicant.get()
    assert "Ihr Antrag ist eingegangen. Als Nächstes prüft ihn die Stelle." in words(state)
    draft = PublicDraft.objects.get()
    assert draft.sha256 in state.content.decode()
    assert (case.case_number in mail.outbox[1].body, draft.sha256 in mail.outbox[1].body) == (True, True)
    assert not applicant.client.cookies
    receipt = applicant.get("eingangsbestaetigung.pdf")
    assert receipt.status_code == 200
    assert receipt.content.startswith(b"%PDF")
    assert applicant.confirm("000000").status_code == 302  # once more is the same
    assert FundingApplication.objects.count() == 1
    page = cast.client().get(kind_of(FundingApplication).url("list", cast.home))
    assert case.case_number in page.content.decode()


def test_a_declaration_that_is_not_confirmed_is_named_beside_its_box(call, kind, clock):
    applicant = Applicant(call, clock)
    applicant.begin()
    applicant.fill(kind)
    answer = applicant.client.post(f"{applicant.link}pruefen/", {"declaration": ["0", "2", "3", "4"], "_send": "1"})
    assert answer.status_code == 422
    page = read_form(answer.content)
    assert (page.values["declaration"], "id_declaration_1_error" in page.ids) == (["0", "2", "3", "4"], True)
    assert '<a href="#id_declaration_1">' in answer.content.decode()
    assert "id_declaration_0_error" not in page.ids


def as_sent(case, home):
    """What the office has is what was typed."""
    assert (case.state, case.channel, case.received_on, case.municipality) == (
        "received",
        "link",
        date(2026, 6, 15),
        home,
    )
    assert case.case_number.endswith("-2027-001")
    assert [each.amount for each in case.costs.all()] == [Decimal("1250.50")]
    assert [(each.source, each.amount) for each in case.finances.all()] == [
        ("land", Decimal("1000.00")),
        ("own", Decimal("250.50")),
    ]
    assert [each.title for each in case.criteria.all()] == ["Teilnehmende"]
    assert [each.original_name for each in case.documents.all()] == ["Satzung.pdf"]
    assert [each["at"][:11] for each in case.declarations] == ["2026-06-15T"] * 5


def test_the_last_second_in_berlin_counts_and_not_the_next(call, kind, clock, django_capture_on_commit_callbacks):
    in_time, late = Applicant(call, clock), Applicant(call, clock)
    for each in (in_time, late):
        each.begin()
        each.fill(kind)
    clock.move_to(LAST)
    with django_capture_on_commit_callbacks(execute=True):
        assert in_time.hand_in().status_code == 302
    code = CODE.search(mail.outbox[-1].body)[0]
    clock.move_to(LAST + timedelta(milliseconds=100))
    answer = late.hand_in()
    assert (answer.status_code, "geschlossen worden" in words(answer)) == (200, True)
    assert "geschlossen worden" in words(late.client.get(f"/antrag/{call.token}/"))
    clock.shift(timedelta(minutes=9))
    assert in_time.confirm(code).status_code == 302  # sent in time, the code entered after midnight
    assert FundingApplication.objects.get().received_on == date(2026, 6, 30)
    assert late.confirm("123456").status_code == 302
    assert FundingApplication.objects.count() == 1


def test_a_withdrawn_call_is_gone_and_an_early_one_says_when(applicant, kind, django_capture_on_commit_callbacks):
    applicant.begin()
    applicant.fill(kind)
    with django_capture_on_commit_callbacks(execute=True):
        applicant.hand_in()
    Call.objects.filter(pk=applicant.call.pk).update(withdrawn_on=date(2026, 6, 15))
    for answer in (applicant.client.get(f"/antrag/{applicant.call.token}/"), applicant.get("traeger/")):
        assert (answer.status_code, "zurückgezogen" in words(answer)) == (410, True)
    assert applicant.confirm().status_code == 410
    assert not FundingApplication.objects.exists()
    Call.objects.filter(pk=applicant.call.pk).update(withdrawn_on=None, opens_on=date(2026, 6, 20))
    answer = applicant.client.get(f"/antrag/{applicant.call.token}/")
    assert (answer.status_code, "ab dem 20.06.2026, 00:00 Uhr" in words(answer)) == (200, True)


def test_a_link_opens_one_application_of_its_call_alone(
    applicant, cast, clock, kind, django_capture_on_commit_callbacks
):
    case = apply_for(applicant, kind, django_capture_on_commit_callbacks)
    other = Applicant(new_call(cast.away, title="Anderer"), clock)
    other.begin()
    secret = applicant.link.split("/")[-2]
    for page in ("", "traeger/", "pruefen/", "bestaetigen/", "eingangsbestaetigung.pdf"):
        for token, opener in ((other.call.token, secret), (applicant.call.token, "x" * 27), ("x", secret)):
            assert applicant.client.get(f"/antrag/{token}/{opener}/{page}").status_code == 404
    assert other.get("eingangsbestaetigung.pdf").status_code == 404
    assert case.title not in other.get("pruefen/").content.decode()
    assert not PublicDraft.objects.filter(key=secret).exists()  # the hash alone is stored


def test_ten_starts_an_hour_and_two_hundred_a_day(call, clock):
    applicant = Applicant(call, clock)
    assert [applicant.begin().status_code for _ in range(11)] == [302] * 10 + [429]
    assert Applicant(call, clock, "198.51.100.7").begin().status_code == 302
    now = datetime.now(UTC)
    PublicDraft.objects.bulk_create(PublicDraft(call=call, key=f"{at}", touched_at=now) for at in range(189))
    answer = Applicant(call, clock, "203.0.113.9").begin()
    assert (answer.status_code, "auf Papier" in words(answer)) == (429, True)


def test_programs_begin_nothing(applicant):
    assert applicant.begin(website="https://example.org").status_code == 422
    assert applicant.begin(begonnen="erfunden").status_code == 422
    form = read_form(applicant.client.get(f"/antrag/{applicant.call.token}/").content)
    assert (
        applicant.client.post(f"/antrag/{applicant.call.token}/", {"begonnen": form.values["begonnen"][0]}).status_code
        == 422
    )
    assert not PublicDraft.objects.exists()


def test_codes_are_limited_and_a_change_after_sending_has_to_be_sent_again(
    applicant, kind, clock, django_capture_on_commit_callbacks
):
    applicant.begin()
    applicant.fill(kind)
    with django_capture_on_commit_callbacks(execute=True):
        applicant.hand_in()
    code = CODE.search(mail.outbox[-1].body)[0]
    wrong = "000000" if code != "000000" else "111111"
    assert {applicant.confirm(wrong).status_code for _ in range(6)} == {422}
    assert "zu oft falsch" in words(applicant.confirm(code))
    for _ in range(4):
        applicant.client.post(f"{applicant.link}bestaetigen/", {"_again": "1"})
    answer = applicant.client.post(f"{applicant.link}bestaetigen/", {"_again": "1"})
    assert (answer.status_code, "mehrere Codes" in words(answer)) == (429, True)
    applicant.send("vorhaben", {"title": "Andere Ferienspiele"})
    assert applicant.get("bestaetigen/").headers["Location"].endswith("pruefen/")
    clock.shift(timedelta(hours=2))
    with django_capture_on_commit_callbacks(execute=True):
        applicant.hand_in()
    applicant.confirm()
    assert FundingApplication.objects.get().title == "Andere Ferienspiele"


def test_what_lacks_is_said_to_the_cent_and_an_amount_with_two_readings_is_asked(applicant, kind):
    applicant.begin()
    applicant.fill(kind)
    applicant.send("finanzierung", {"finanzierung-1-amount": "250,49"})
    check = applicant.get("pruefen/")
    assert "In der Finanzierung fehlen noch 0,01 € bis zu den Ausgaben von 1.250,50 €." in words(check)
    assert applicant.hand_in().status_code == 422
    answer = applicant.send("finanzierung", {"finanzierung-1-amount": "1.234"})
    assert (answer.status_code, "Was meinen Sie?" in words(answer)) == (422, True)
    assert "Die Summen stehen fest, wenn jede Zeile einen lesbaren Betrag hat." in words(answer)
    chosen = {"finanzierung-1-amount": "1.234", "finanzierung-1-amount_gemeint": "1.234|1,23"}
    assert applicant.send("finanzierung", chosen).status_code == 302
    assert "fehlen noch 249,27 €" in words(applicant.get("ausgaben/"))
    still = applicant.send("ausgaben", {"ausgaben-2-title": "Noch nicht fertig"}, "_still")
    assert still.status_code == 204
    assert read_form(applicant.get("ausgaben/").content).values["ausgaben-2-title"] == ["Noch nicht fertig"]


def test_files_are_checked_and_limited_and_stay_apart(applicant):
    applicant.begin()
    for name, content, sentence in (
        ("boese.exe", b"MZ", "wird nicht angenommen"),
        ("bild.png", b"kein Bild", "passt nicht zur Endung"),
        ("gross.pdf", b"%PDF-" + bytes(10 * 1024 * 1024), "bis zu 10 MB"),
    ):
        answer = applicant.send("erfolg", {"file": SimpleUploadedFile(name, content)}, "_upload")
        assert (answer.status_code, sentence in words(answer)) == (422, True)
    for at in range(10):
        assert applicant.send("erfolg", {"file": pdf(f"{at}.pdf")}, "_upload").status_code == 302
    assert "Möglich sind 10 Dateien" in words(applicant.send("erfolg", {"file": pdf()}, "_upload"))
    assert all(each.file.name.startswith("unconfirmed/") for each in PublicFile.objects.all())
    first = PublicFile.objects.first()
    assert applicant.send("erfolg", {}, "_remove", _remove=str(first.pk)).status_code == 302
    assert PublicFile.objects.count() == 9
    other = Applicant(applicant.call, applicant.clock)
    other.begin()
    other.send("erfolg", {}, "_remove", _remove=str(PublicFile.objects.first().pk))
    assert PublicFile.objects.count() == 9  # of another link nothing is removed


def test_unconfirmed_applications_and_files_go_after_30_days(applicant, clock, django_capture_on_commit_callbacks):
    applicant.begin()
    applicant.send("erfolg", {"file": pdf()}, "_upload")
    name = PublicFile.objects.get().file.name
    clock.shift(timedelta(days=29))
    call_command("clear_public_drafts", verbosity=0)
    assert PublicDraft.objects.exists()
    clock.shift(timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("daily", verbosity=0)
    assert not PublicDraft.objects.exists()
    assert not default_storage.exists(name)


def test_a_sketch_is_handed_in_where_the_rule_asks_for_one(applicant, cast, kind, django_capture_on_commit_callbacks):
    make(LocalFundingRule, cast.home, full=False, project_class="project", stages="sketch")
    LocalFundingRule.objects.update(valid_from=date(2026, 1, 1), valid_until=None)
    case = apply_for(applicant, kind, django_capture_on_commit_callbacks)
    assert (case.state, case.case_number) == ("sketch", "")
    assert "Ihre Skizze ist eingegangen." in words(applicant.get())
    assert applicant.get("eingangsbestaetigung.pdf").status_code == 200


def test_a_decision_is_told_by_its_notice_and_not_before(applicant, cast, kind, django_capture_on_commit_callbacks):
    case = apply_for(applicant, kind, django_capture_on_commit_callbacks)
    decision = make(FundingDecision, cast.home, full=False, application=case, outcome="refused")
    FundingApplication.objects.filter(pk=case.pk).update(state="refused")
    for state, is_told in (("released", False), ("sent", True)):
        FundingDecision.objects.filter(pk=decision.pk).update(state=state)
        text = words(applicant.get())
        assert ("Über Ihren Antrag ist entschieden" in text) is is_told
        assert "abgelehnt" not in text


def test_no_log_and_no_link_around_the_page_tells_the_secret(applicant):
    applicant.begin()
    secret = applicant.link.split("/")[-2]
    page = applicant.get("traeger/").content.decode()
    assert "?seite=/antrag/" in page
    around = re.findall(r"<(?:header|footer).*?</(?:header|footer)>", page, re.DOTALL)
    assert len(around) == 2
    assert not [part for part in around if secret in part]
    for place, begin in ((applicant.link, "/antrag/…"), (f"/nachweis/{secret}/", "/nachweis/…")):
        record = logging.makeLogRecord({"msg": 'Not Found: "GET %s" 404', "args": (f"{place}?x=1",)})
        assert HidesLinks().filter(record)
        assert (secret in record.getMessage(), begin in record.getMessage()) == (False, True)
    handlers = settings.LOGGING["handlers"]
    assert all("links" in handler["filters"] for handler in handlers.values())


def test_what_is_asked_for_is_answered_under_the_link(applicant, cast, kind, django_capture_on_commit_callbacks):
    case = apply_for(applicant, kind, django_capture_on_commit_callbacks)
    days = {"sent_on": "2026-06-15", "until": "2026-06-30"}
    asked = [
        make(Inquiry, cast.home, full=False, application=case, title=title, **days) for title in ("Satzung", "Plan")
    ]
    FundingApplication.objects.filter(pk=case.pk).update(state="asked")
    page = applicant.get()
    assert ("Nachzureichen bis 30.06.2026" in words(page), "Sie sind am Zug" in words(page)) == (True, True)

    def answer(inquiry, **sent):
        told = applicant.client.post(applicant.link, {"inquiry": inquiry.pk, **sent})
        inquiry.refresh_from_db()
        return told

    empty = answer(asked[0])
    wrong = answer(asked[0], answer="Anbei.", file=SimpleUploadedFile("virus.exe", b"MZ"))
    assert (empty.status_code, wrong.status_code, asked[0].answered_on) == (422, 422, None)
    assert (">Anbei.</textarea>" in wrong.content.decode(), case.documents.count()) == (True, 0)
    assert answer(asked[0], answer="Anbei.", file=pdf("neu.pdf")).status_code == 302
    assert (asked[0].answer, asked[0].answered_on) == ("Anbei.", date(2026, 6, 15))
    assert [each.original_name for each in case.documents.all()] == ["neu.pdf"]
    assert "nicht mehr offen" in words(answer(asked[0], answer="Noch einmal.")), "an answer is given once"
    other = make(Inquiry, cast.home, full=False, application=application_of(cast.home), title="Fremd", **days)
    assert (answer(other, answer="x").status_code, other.answered_on) == (422, None)
    assert answer(asked[1], answer="Kommt nicht.").status_code == 302
    line = standing(FundingApplication.objects.get(pk=case.pk))
    assert (line.actor, "Ihre Antworten sind eingegangen" in words(applicant.get())) == (Actor.PLANNER, True)
    FundingApplication.objects.filter(pk=case.pk).update(state="checked")
    Inquiry.objects.update(answered_on=None)
    assert answer(asked[1], answer="Zu spät.").status_code == 422


def test_the_limits_of_the_rule_stand_in_the_form_and_hinder_nobody(applicant, cast, kind):
    begun = f"/antrag/{applicant.call.token}/"
    assert "Was für die Höhe gilt" not in words(applicant.client.get(begun)), "nothing is set"
    rule = {"maximum_share": "70", "minimum_own_share": "20", "maximum_grant": "900", "weeks_before": 8}
    make(LocalFundingRule, cast.home, full=False, project_class="project", **rule)
    LocalFundingRule.objects.update(valid_from=date(2026, 1, 1), valid_until=None)
    text = words(applicant.client.get(begun)).replace("\u202f", " ")
    for told in ("höchstens 70 %", "mindestens 20 %", "höchstens 900,00 €", "8 Wochen"):
        assert told in text
    applicant.begin()
    applicant.fill(kind)
    assert "höchstens 70 %" in words(applicant.get("finanzierung/"))
    text = words(applicant.get("pruefen/"))
    assert ("Förderquote: 1.000,00 € von höchstens" in text, "Zuwendung: 1.000,00 €" in text) == (True, True)
    assert "Eigenanteil:" not in text
    assert "Antrag absenden" in text


def application_of(place):
    """Of somebody else."""
    return make(FundingApplication, place, full=False, title="Fremd", applicant="Andere", year=2027)
