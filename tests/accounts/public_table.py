"""The addresses that are open to everybody, and what they answer to GET and POST."""

import re

from django.urls import reverse

from tests.accounts.routes import routes

PUBLIC: dict[str, tuple[int, int]] = {
    "accounts:login": (200, 200),
    "accounts:invitation": (410, 410),
    "accounts:password_reset": (200, 200),
    "accounts:password_reset_done": (200, 405),
    "accounts:password_reset_confirm": (200, 200),
    "accounts:password_reset_complete": (200, 405),
    "overview:home": (200, 405),
    "overview:health": (200, 405),
    "overview:accessibility": (200, 405),
    "overview:barrier-report": (200, 422),
    "overview:barrier-thanks": (200, 405),
    "funding:public-call": (404, 404),  # no call has this token; what is: tests/funding/test_public_form.py
    "funding:public-draft": (404, 404),
    "funding:public-step": (404, 404),
    "funding:public-check": (404, 404),
    "funding:public-confirm": (404, 404),
    "funding:public-receipt": (404, 405),
    "funding:public-proof": (404, 404),  # no such link; one that opens: tests/funding/test_proof_pages.py
    "exchange:calendar-feed": (404, 405),  # no such link; one that opens: tests/exchange/test_calendar.py
    "participation:public-event": (404, 404),  # nothing is announced; what is: tests/participation/test_sign_ups.py
    "participation:public-calendar": (404, 405),
    "participation:public-survey": (404, 404),  # none is open; one that is: tests/participation/test_open_surveys.py
    "participation:public-thanks": (404, 405),
    "participation:sign-up": (404, 404),
    "plans:verification": (200, 422),
    "records:pasted": (405, 422),
    "plans:public-places": (200, 405),
    "plans:public-place": (404, 405),  # nothing is published; what is: tests/plans/life/test_public.py
    "plans:public-year": (404, 405),
    "plans:public-events": (200, 405),
    "plans:public-table": (404, 405),
    "plans:open-data": (200, 405),
    "plans:open-list-json": (200, 405),
    "plans:open-list-csv": (200, 405),
    "plans:open-catalogue": (200, 405),
    "plans:site-map": (200, 405),
    "plans:robots": (200, 405),
    "plans:public-pdf": (404, 405),
    "plans:public-json": (404, 405),
    "overview:privacy": (200, 405),
    "overview:imprint": (200, 405),
}


def public_url(name: str) -> str:
    """The address of one of PUBLIC, with something where it has placeholders."""
    pattern = next(route.pattern for route in routes() if route.name == name)
    given = {
        "uidb64": "MQ",
        "token": "x-1",
        "secret": "x-2",
        "step": "traeger",
        "pk": 1,
        "table": "ziele",
        "place": "kyffhaeuserkreis",
        "year": 2018,
    }
    return reverse(name, kwargs={part: given[part] for part in re.findall(r"<(?:\w+:)?(\w+)>", pattern)})
