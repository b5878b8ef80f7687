"""What programs and ill-willed people send to the public form: it reaches nothing and is text everywhere."""

import random
from datetime import date
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from funding.domain.proofs.links import new_link
from funding.models import CostKind, FundingApplication, Inquiry, ProofOfUse
from planning.models import Document
from records.registry import all_kinds, kind_of
from tests.factories import make, make_kind, pdf
from tests.funding.applicant import PAGES, filled, words
from tests.funding.cases import make_case, money_rule
from tests.html import read_form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "{{ 7*7 }}{% include 'x' %}",
    "javascript:alert(1)",
    "</textarea><script>alert(2)</script>",
    "<ScRiPt>alert(3)</ScRiPt>",
    "<scr<script>ipt>alert(4)</scr</script>ipt>",
    "<svg><script>alert(5)</script></svg>",
    "<body onload=alert(6)>",
    "<iframe src=javascript:alert(7)></iframe>",
    "<iframe srcdoc='<script>alert(8)</script>'>",
    "<object data=javascript:alert(9)>",
    "<embed src=javascript:alert(10)>",
    "<a href=javascript:alert(11)>x</a>",
    "<a href='java\tscript:alert(12)'>x</a>",
    "[x](javascript:alert(13))",
    "![x](javascript:alert(14))",
    "<javascript:alert(15)>",
    "<math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(16)>",
    "<details open ontoggle=alert(17)>",
    "<input autofocus onfocus=alert(18)>",
    "<select autofocus onfocus=alert(19)>",
    "<video><source onerror=alert(20)>",
    "<marquee onstart=alert(21)>",
    "<link rel=stylesheet href=//example.org/x.css>",
    "<style>@import '//example.org/x.css'</style>",
    "<meta http-equiv=refresh content=0;url=//example.org>",
    "<base href=//example.org/>",
    "<form action=//example.org><button>x</button></form>",
    "</title><script>alert(22)</script>",
    "</option></select><script>alert(23)</script>",
    "--><script>alert(24)</script><!--",
    "<![CDATA[<script>alert(25)</script>]]>",
    '" onmouseover="alert(26)',
    "' onmouseover='alert(27)",
    "` onmouseover=alert(28) x=`",
    "&lt;script&gt;alert(29)&lt;/script&gt;",
    "\\u003cscript\\u003ealert(30)",
    "%3Cscript%3Ealert(31)%3C/script%3E",
    "<template><script>alert(32)</script></template>",
    "<img src=`x` onerror=alert(33)//",
)
FOREIGN = "Kanarienvogel"
SHORT = 150
ALIEN = frozenset({"iframe", "object", "embed", "base", "math", "marquee", "video", "template", "style"})


class Harm(HTMLParser):
    """Finds what a browser would run or load of a page and the portal never writes."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.found, self.bodies, self.in_script = [], 0, False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = {name: (value or "") for name, value in attrs}
        bad = tag in ALIEN or any(name.startswith("on") for name in told)
        targets = ["".join(told.get(name, "").split()).lower() for name in ("href", "src", "action", "content")]
        bad |= any(target.startswith("javascript:") or "example.org" in target for target in targets)
        bad |= tag == "img" and told.get("src") == "x"
        self.in_script = tag == "script"
        if bad:
            self.found.append((tag, attrs))

    def handle_data(self, data):
        if self.in_script and "alert(" in data:
            self.found.append(("script", data))

    def handle_endtag(self, tag):
        self.in_script = False


def harmless(answer, *, status=200):
    """The page, in which nothing of what was typed is more than text."""
    assert answer.status_code == status
    page = answer.content.decode()
    assert Harm(page).found == []
    assert "alert(" in page or "example.org" in page, "what was typed is shown"
    return page


def chunks():
    """All payloads for long fields, and cut into pieces for short ones: in a round every short field has one piece."""
    pieces, piece = [], ""
    for payload in PAYLOADS:
        if len(piece) + len(payload) > SHORT:
            pieces.append(piece)
            piece = ""
        piece += payload + " "
    return " ".join(PAYLOADS), [*pieces, piece]


def hostile_page(typed, names, number):
    """Every text of a page is hostile; what has to be a number, a day or a choice stays as it was."""
    whole, pieces = chunks()
    long = ("description", "need_text", "approach", "cooperation", "sustainability", "other_applications", "address")
    told = {}
    for at, name in enumerate(sorted(names)):
        last = name.rpartition("-")[2]
        if last in long:
            told[name] = whole
        elif last == "legal_form":
            told[name] = pieces[(number + at) % len(pieces)][:80]
        elif last in ("applicant", "contact", "title", "account_holder", "basis", "giver", "method"):
            told[name] = pieces[(number + at) % len(pieces)][:SHORT]
        elif last in ("unit", "phone"):
            told[name] = PAYLOADS[(number + at) % len(PAYLOADS)][:30]
    return typed | told


@pytest.mark.parametrize("rounds", [1, pytest.param(len(chunks()[1]), marks=pytest.mark.long)])
def test_markup_in_every_field_is_text_on_every_page(applicant, cast, kind, rounds, django_capture_on_commit_callbacks):
    assert len(PAYLOADS) >= 40
    assert Harm("".join(PAYLOADS)).found, "the payloads would do harm"
    applicant.begin()
    for number in range(rounds):
        for page, typed in filled(kind).items():
            names = [each for each in read_form(applicant.get(f"{page}/").content).values if "-1-" not in each]
            names = [each for each in names if "-2-" not in each]
            answer = applicant.send(page, hostile_page(typed, names, number))
            assert answer.status_code == 302, words(answer)
            harmless(applicant.get(f"{page}/"))
        applicant.send("erfolg", {"file": pdf("<img src=x onerror=alert(1)>.pdf")}, "_upload")
        harmless(applicant.get("pruefen/"))
    with django_capture_on_commit_callbacks(execute=True):
        applicant.hand_in()
    assert applicant.confirm().status_code == 302
    case = FundingApplication.objects.get()
    assert applicant.get("eingangsbestaetigung.pdf").status_code == 200
    days = {"sent_on": "2026-06-15", "until": "2026-06-30"}
    inquiry = make(Inquiry, cast.home, full=False, application=case, title=chunks()[0][:290], **days)
    harmless(applicant.get())
    wrong = applicant.client.post(applicant.link, {"inquiry": inquiry.pk, "answer": chunks()[0]})
    harmless(wrong, status=422)
    assert (
        applicant.client.post(applicant.link, {"inquiry": inquiry.pk, "answer": chunks()[0][:290]}).status_code == 302
    )
    described = kind_of(FundingApplication)
    pages = [described.url("list", cast.home)]
    pages += [described.url(name, cast.home, case.pk) for name in ("detail", "update", "history")]
    pages.append(reverse("funding:check", args=[cast.home.slug, case.pk]))
    pages += [kind_of(Document).url("detail", cast.home, each.pk) for each in case.documents.all()[:1]]
    pages += [kind_of(Inquiry).url(name, cast.home, inquiry.pk) for name in ("detail", "update", "history")]
    for address in pages:
        harmless(cast.client().get(address))
    FundingApplication.objects.filter(pk=case.pk).update(state="advised")
    harmless(cast.client().get(reverse("funding:decision", args=[cast.home.slug, case.pk])))


def test_markup_in_a_proof_is_text_under_its_link_and_in_the_office(cast):
    money_rule()
    proof = make(ProofOfUse, cast.home, full=False, application=make_case(cast.home), due=date(2030, 6, 30))
    url, (whole, pieces) = f"/nachweis/{new_link(proof, timezone.now())}/", chunks()
    client = Client()
    told = {name: value[0] for name, value in read_form(client.get(url).content).values.items() if value}
    told |= dict.fromkeys(("done", "results", "participants", "deviations", "outlook"), whole)
    costs = proof.application.decisions.get().costs.all()
    told |= {f"actual-{cost.pk}": "1,00" for cost in costs}
    told |= {"source-0": "third", "giver-0": pieces[0], "amount-0": "1,00"}
    told |= {"thing-0": pieces[1], "place-0": pieces[2], "value-0": "1,00"}
    told["receipts"] = "\n".join(
        "\t".join((str(at), "03.04.2022", text.replace("\t", " "), text.replace("\t", " "), "1", "1,00"))
        for at, text in enumerate(pieces)
    )
    harmless(client.post(url, told | {"_vorschau": "1"}))
    harmless(client.get(url))
    done = client.post(url, told | {"_einreichen": "1"})
    assert done.status_code == 200, words(done)
    assert Harm(done.content.decode()).found == []
    office = cast.client()
    for name in ("proof-check", "proof-entry"):
        harmless(office.get(reverse(f"funding:{name}", args=[cast.home.slug, proof.pk])))
    for name in ("detail", "update", "history"):
        harmless(office.get(kind_of(ProofOfUse).url(name, cast.home, proof.pk)))


def test_no_public_page_tells_what_is_of_others(applicant, cast, kind, django_capture_on_commit_callbacks):
    for described in sorted(all_kinds(), key=lambda each: each.is_tenant):
        make_kind(described, cast.away, text=FOREIGN if described.is_tenant else "Katalog")
    values = {"title": FOREIGN, "applicant": FOREIGN, "note": FOREIGN, "year": 2027}
    other = make(FundingApplication, cast.home, full=False, **values)
    make(Inquiry, cast.home, full=False, application=other, title=FOREIGN, sent_on="2026-06-15", until="2026-06-30")
    proof = make(
        ProofOfUse, cast.home, full=False, application=make_case(cast.home), due=date(2030, 6, 30), note=FOREIGN
    )
    found = [applicant.client.get(f"/antrag/{applicant.call.token}/")]
    applicant.begin()
    applicant.fill(kind)
    found += [applicant.get(f"{page}/") for page in (*PAGES, "pruefen")]
    with django_capture_on_commit_callbacks(execute=True):
        applicant.hand_in()
    found.append(applicant.get("bestaetigen/"))
    with django_capture_on_commit_callbacks(execute=True):
        applicant.confirm()
    case = FundingApplication.objects.get(title="Ferienspiele")
    FundingApplication.objects.filter(pk=case.pk).update(note=FOREIGN)
    make(Inquiry, cast.home, full=False, application=case, title="Satzung", sent_on="2026-06-15", until="2026-06-30")
    found += [applicant.get(), Client().get(f"/nachweis/{new_link(proof, timezone.now())}/")]
    assert [answer.status_code for answer in found] == [200] * len(found)
    assert [words(answer)[:60] for answer in found if FOREIGN in answer.content.decode()] == []


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
