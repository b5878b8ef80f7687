"""Somebody who applies by the public form, in a browser without cookies and JavaScript."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.core import mail
from django.test import Client
from django.utils.html import strip_tags

from funding.models import Call, CostKind, FundingApplication
from tests.factories import make
from tests.html import read_form

NOON = datetime(2026, 6, 15, 10, tzinfo=UTC)
LAST = datetime(2026, 6, 30, 21, 59, 59, 900_000, tzinfo=UTC)  # 23:59:59,9 in Berlin
PAGES = ("traeger", "vorhaben", "ausgaben", "finanzierung", "erfolg")
CODE = re.compile(r"\b[0-9]{6}\b")


def filled(kind: CostKind) -> dict[str, dict[str, str]]:
    """What a Träger types on each page."""
    return {
        "traeger": {
            "applicant": "Beispiel-Verein",
            "address": "Markt 1, 99706 Sondershausen",
            "contact": "Geschäftsstelle",
            "email": "verein@example.org",
        },
        "vorhaben": {
            "title": "Ferienspiele",
            "starts_on": "01.01.2027",
            "ends_on": "31.12.2027",
            "description": "Zwei Wochen Ferienspiele.",
            "need_text": "In den Ferien fehlen Angebote.",
        },
        "ausgaben": {
            "ausgaben-0-cost_kind": str(kind.pk),
            "ausgaben-0-title": "Honorare",
            "ausgaben-0-amount": "1.250,50",
        },
        "finanzierung": {
            "finanzierung-0-source": "land",
            "finanzierung-0-amount": "1.000,00",
            "finanzierung-0-promise": "asked",
            "finanzierung-1-source": "own",
            "finanzierung-1-amount": "250,50",
            "finanzierung-1-promise": "granted",
            "iban": "DE89 3704 0044 0532 0130 00",
        },
        "erfolg": {"erfolg-0-title": "Teilnehmende", "erfolg-0-kind": "output", "erfolg-0-target": "40"},
    }


def new_call(place, **given):
    values = {
        "title": "Mikroprojekte 2027",
        "year": 2027,
        "project_class": "project",
        "opens_on": date(2026, 6, 1),
        "closes_on": date(2026, 6, 30),
        "pot": Decimal("15000.00"),
    }
    return make(Call, place, full=False, **values | given)


class Applicant:
    """Somebody in a browser that sends no cookies, has no JavaScript, and checks tokens as in operation."""

    def __init__(self, call, clock, network="192.0.2.1"):
        self.call, self.clock = call, clock
        self.client = Client(enforce_csrf_checks=True, REMOTE_ADDR=network)

    def begin(self, **typed):
        begun = f"/antrag/{self.call.token}/"
        form = read_form(self.client.get(begun).content)
        self.clock.shift(timedelta(seconds=20))
        answer = self.client.post(begun, {"begonnen": form.values["begonnen"][0], "website": ""} | typed)
        if answer.status_code == 302:
            self.link = answer.headers["Location"].removesuffix("traeger/")
        return answer

    def get(self, page=""):
        return self.client.get(self.link + page)

    def send(self, page, typed=None, button="_next", **more):
        """What the page holds, and over it what is typed."""
        form = read_form(self.get(f"{page}/").content)
        shown = {name: values for name, values in form.values.items() if name not in ("file", "")}
        return self.client.post(f"{self.link}{page}/", shown | (typed or {}) | {button: "1"} | more)

    def fill(self, kind):
        for page, typed in filled(kind).items():
            answer = self.send(page, typed)
            assert answer.status_code == 302, words(answer)

    def hand_in(self):
        return self.client.post(f"{self.link}pruefen/", {"declaration": ["0", "1", "2", "3", "4"], "_send": "1"})

    def confirm(self, code=None):
        code = code or CODE.search(mail.outbox[-1].body)[0]
        return self.client.post(f"{self.link}bestaetigen/", {"code": code})


def words(answer):
    return " ".join(strip_tags(answer.content.decode()).split())


def apply_for(applicant, kind, django_capture_on_commit_callbacks):
    """From the first page to the confirmed application."""
    applicant.begin()
    applicant.fill(kind)
    with django_capture_on_commit_callbacks(execute=True):
        applicant.hand_in()
    with django_capture_on_commit_callbacks(execute=True):
        applicant.confirm()
    return FundingApplication.objects.latest("pk")
