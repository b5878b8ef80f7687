"""What programs and ill-willed people send to the public form: it reaches nothing and is text everywhere."""

import random
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from funding.models import CostKind, FundingApplication
from planning.models import Document
from records.registry import kind_of
from tests.factories import pdf
from tests.funding.applicant import PAGES, filled, words
from tests.html import read_form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "{{ 7*7 }}{% include 'x' %}",
    "javascript:alert(1)",
    "</textarea><script>alert(2)</script>",
)
RAW = re.compile(r"<script>alert|<img src=x|<svg/onload|</textarea><script>")


def test_markup_in_every_field_is_text_on_every_page(applicant, cast, kind, django_capture_on_commit_callbacks):
    everywhere = " ".join(PAYLOADS)
    applicant.begin()
    for page, typed in filled(kind).items():
        hostile = dict.fromkeys(("legal_form", "phone", "account_holder", "approach"), everywhere[:150])
        for name in ("applicant", "contact", "title", "address", "description", "need_text", "ausgaben-0-title"):
            hostile[name] = f"{everywhere}"[:150]
        hostile |= {"ausgaben-0-basis": everywhere[:190], "finanzierung-0-giver": everywhere[:150]}
        hostile |= {"erfolg-0-title": everywhere[:180], "erfolg-0-unit": PAYLOADS[0], "cooperation": everywhere}
        hostile |= {"legal_form": PAYLOADS[1], "phone": PAYLOADS[0], "other_applications": everywhere}
        names = read_form(applicant.get(f"{page}/").content).values
        answer = applicant.send(page, typed | {name: text for name, text in hostile.items() if name in names})
        assert answer.status_code == 302, words(answer)
        assert not RAW.search(applicant.get(f"{page}/").content.decode())
    applicant.send("erfolg", {"file": pdf("<img src=x onerror=alert(1)>.pdf")}, "_upload")
    assert not RAW.search(applicant.get("pruefen/").content.decode())
    with django_capture_on_commit_callbacks(execute=True):
        applicant.hand_in()
    assert applicant.confirm().status_code == 302
    case = FundingApplication.objects.get()
    assert not RAW.search(applicant.get().content.decode())
    assert applicant.get("eingangsbestaetigung.pdf").status_code == 200
    described = kind_of(FundingApplication)
    pages = [described.url("list", cast.home)]
    pages += [described.url(name, cast.home, case.pk) for name in ("detail", "update", "history")]
    for each in case.documents.all():
        pages.append(kind_of(Document).url("detail", cast.home, each.pk))
    for address in pages:
        answer = cast.client().get(address)
        assert answer.status_code == 200
        assert not RAW.search(answer.content.decode()), address


def hostile_posts(applicant, count):
    """Whatever programs send: every page, broken values, wrong files, invented codes."""
    dice = random.Random(12)
    texts = (*PAYLOADS, "\x00", "\ud7ff𝔘", "1e999", "-1", "9" * 400, "x" * 30_000, "0001-01-01", "99.99.9999", "٣", "")
    names = sorted({name for page in filled(CostKind(pk=1)).values() for name in page} | {"goals", "life_phases"})
    names += ["ausgaben-rows", "ausgaben-39-amount", "ausgaben-9999-amount", "declaration", "code", "_remove", "_to"]
    for _ in range(count):
        page = dice.choice((*PAGES, "pruefen", "bestaetigen", "nirgends"))
        typed = {name: [dice.choice(texts) for _ in range(dice.randint(1, 2))] for name in dice.sample(names, 8)}
        typed[dice.choice(("_next", "_still", "_more", "_send", "_again", "_upload", "_to"))] = ["1"]
        if dice.random() < 0.1:
            typed["file"] = SimpleUploadedFile(dice.choice(("a.png", "b.docx", "../../c.pdf", "\x00")), b"%PDF- PK")
        yield applicant.client.post(f"{applicant.link}{page}/", typed).status_code


@pytest.mark.parametrize("count", [60, pytest.param(1000, marks=pytest.mark.long)])
def test_hostile_posts_reach_nothing_and_break_nothing(applicant, kind, count):
    applicant.begin()
    applicant.fill(kind)
    assert max(hostile_posts(applicant, count)) < 500
    begun = f"/antrag/{applicant.call.token}/"
    assert {applicant.client.post(begun, {"begonnen": text}).status_code for text in PAYLOADS} == {422}
    assert not FundingApplication.objects.exists()
    assert not Document.objects.exists()
    assert applicant.get("pruefen/").status_code == 200
