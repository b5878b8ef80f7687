"""A Träger applies with the keyboard alone: five pages, check, code, receipt; axe finds nothing on any of them."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.utils import timezone

from accounts import open_forms
from funding.models import Call, CostKind, FundingApplication
from tests.browser.eyes import Eyes
from tests.browser.narrow import NARROW, TOO_WIDE
from tests.browser.portal import DESKTOP
from tests.browser.test_keyboard_way import Keyboard
from tests.cast import another_municipality
from tests.factories import make
from tests.funding.applicant import CODE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TYPED = (
    {
        "applicant": "Tastaturverein",
        "address": "Markt 1",
        "contact": "Geschäftsstelle",
        "email": "verein@example.org",
    },
    {
        "title": "Mit der Tastatur beantragt",
        "starts_on": "01.01.2027",
        "ends_on": "31.12.2027",
        "description": "Ferienspiele",
        "need_text": "Es fehlt",
    },
    {"ausgaben-0-cost_kind": "", "ausgaben-0-title": "Honorare", "ausgaben-0-amount": "1.250,50"},
    {"finanzierung-0-source": "", "finanzierung-0-amount": "1.250,50"},
    {},
)


def looked_at(page, eyes):
    """What axe finds here on a desk, in the dark and on a narrow screen."""
    found = eyes.wide(page)
    page.emulate_media(color_scheme="dark")
    found += eyes.in_the_dark(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": NARROW, "height": 900})
    found += eyes.narrow(page) + page.evaluate(TOO_WIDE)
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    return [f"{page.url.rsplit('/', 2)[-2]}: {each}" for each in found]


def go_on(hands, name):
    """To the button below, from the field where the hands are."""
    hands.tab_to(hands.page.locator("main").get_by_role("button", name=name))
    hands.enter()


def test_a_traeger_applies_with_the_keyboard_alone(portal):
    home = another_municipality("Antragskreis")
    make(CostKind, None, full=False, title="Honorare der Tastatur", code="HT")
    day = timezone.localdate()
    call = make(Call, home, full=False, year=2027, opens_on=day, closes_on=day + timedelta(days=9), title="Aufruf")
    context = portal.browser.new_context(base_url=portal.url, locale="de-DE", reduced_motion="reduce")
    page = context.new_page()
    hands, eyes, problems = Keyboard(page), Eyes(), []
    with mock.patch.object(open_forms, "QUICKEST", 0):
        page.goto(f"/antrag/{call.token}/")
        problems += looked_at(page, eyes)
        hands.follow("button", "Antrag beginnen")
    for typed in TYPED:
        problems += looked_at(page, eyes)
        hands.skip_to_main()
        for name, text in typed.items():
            hands.tab_to(page.locator(f"main [name={name}]"))
            hands.type(text) if text else hands.press("ArrowDown")
        go_on(hands, "Speichern und weiter")
    problems += looked_at(page, eyes)
    hands.skip_to_main()
    for at in range(5):
        hands.tab_to(page.locator(f"#id_declaration_{at}"))
        hands.press("Space")
    go_on(hands, "Antrag absenden")
    problems += looked_at(page, eyes)
    hands.tab_to(page.locator("#id_code"))
    hands.type(CODE.search(mail.outbox[-1].body)[0])
    hands.enter()
    problems += looked_at(page, eyes)
    case = FundingApplication.objects.get(municipality=home)
    assert page.locator("h1").inner_text() == f"Antrag {case.case_number}"
    assert (case.title, context.cookies()) == ("Mit der Tastatur beantragt", [])
    context.close()
    assert not problems, "\n".join(problems)
