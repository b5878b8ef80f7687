"""The whole case of a Träger from the call to the final notice: without JavaScript, and with the keyboard alone."""

import re
from unittest import mock

import pytest
from django.core import mail

from accounts import open_forms
from accounts.enums import Role
from funding.domain import papers
from funding.models import FrozenPaper, FundingApplication, RepaymentClaim
from tests.browser.hands import Keys, Mouse
from tests.browser.portal import problems_of
from tests.cast import another_municipality, make_person
from tests.funding.deciding import one_real, printed_notice, small_pdf
from tests.funding.whole_case import furnish, tell, walk

# The case goes its whole way daily by requests (tests/funding/test_whole_case.py); its pages are looked at among the
# page types, and the keyboard alone leads through a plan and through an application (test_keyboard_way.py,
# test_public_form.py).
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]


def people(portal, name):
    """A municipality with a planner and a Leitung; returns its world."""
    place = another_municipality(name)
    slug = place.slug
    portal.guests |= {
        f"{slug}-planner": make_person(f"planung-{slug}", Role.PLANNER, place),
        f"{slug}-lead": make_person(f"leitung-{slug}", Role.LEAD, place),
    }
    return furnish(place)


def paid_back(place):
    """The end of the case: its state, what was claimed, and the papers that went out."""
    case = FundingApplication.objects.get(municipality=place)
    claim = RepaymentClaim.objects.get(application=case)
    kinds = FrozenPaper.objects.filter(application=case).values_list("kind", flat=True)
    return case.state, str(claim.principal), claim.state, sorted(kinds)


END = ("closed", "2039.56", "paid", ["final", "notice", "repayment", "review"])


def code():
    """The six digits of the newest mail."""
    return re.search(r"\b[0-9]{6}\b", mail.outbox[-1].body)[0]


def test_the_whole_case_without_javascript(portal):
    world = people(portal, "Fallkreis")
    planner, lead = (Mouse(portal.page(f"fallkreis-{who}")) for who in ("planner", "lead"))
    applicant = Mouse(portal.page("anonymous"))
    with (
        mock.patch.object(open_forms, "QUICKEST", 0),
        mock.patch.object(papers, "paper_pdf", one_real(papers.paper_pdf)),
    ):
        walk(world, planner, lead, applicant, code)
    tell(Träger=applicant, Sozialplanung=planner, Leitung=lead)
    assert paid_back(world.place) == END
    assert "24.000,00" in printed_notice(world.place)


def test_the_whole_case_with_the_keyboard_alone(portal):
    world = people(portal, "Tastenkreis")
    pages = [portal.page(f"tastenkreis-{who}", script=True) for who in ("planner", "lead")]
    problems = [problems_of(page, portal.url) for page in pages]
    judged: set[str] = set()  # what one of them has seen the other need not look at
    planner, lead = (Keys(page, judged=judged) for page in pages)
    with mock.patch.object(papers, "paper_pdf", small_pdf):
        walk(world, planner, lead)
    tell(Sozialplanung=planner, Leitung=lead)
    assert paid_back(world.place) == END
    assert planner.faults + lead.faults == []
    # a search that is under way when its page is left is told by htmx
    assert [each for found in problems for each in found if "htmx:" not in each] == []
