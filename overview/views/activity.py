"""What happened, when and by whom: a page for the administration, without contents."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_portal
from accounts.date_words import read_vague
from accounts.enums import Action
from accounts.readings import absorb
from accounts.text import whole
from accounts.vague import VagueDate
from overview.queries.activity import DEEDS, Asked, deeds, everybody, told_models
from records.parts import Link, Option

SIZE, PAGES = 50, 100
DEED_WORDS = {"gelesen": "Gelesen", "angelegt": "Angelegt", "geaendert": "Geändert", "geloescht": "Gelöscht"}
DEED_WORDS |= {"schritt": "Schritte"}


def span(text: str, faults: dict[str, str], name: str) -> VagueDate | None:
    """What was typed, or nothing; why it is no date is told under the field's name."""
    try:
        return read_vague(text) if text.strip() else None
    except ValueError as error:
        faults[name] = str(error)
        return None


@in_portal(Action.PEOPLE)
@require_safe
def activity(request: HttpRequest) -> HttpResponse:
    """The newest first; what is looked for stands in the address."""
    try:
        absorb()
        is_whole = True
    except (DatabaseError, OSError):
        is_whole = False
    given = {name: request.GET.get(name, "") for name in ("person", "ort", "art", "was", "von", "bis")}
    people = everybody()
    places = access_of(request).visible()
    faults: dict[str, str] = {}
    since, until = (span(given[name], faults, name) for name in ("von", "bis"))
    asked = Asked(
        person=next((p.pk for p in people if str(p.pk) == given["person"]), None),
        place=next((p for p in places if p.slug == given["ort"]), None),
        kind=given["art"] if given["art"] in told_models() else "",
        deed=DEEDS.get(given["was"], ""),
        first=since.first if since else None,
        last=until.last if until else None,
    )
    number = min(max(whole(request.GET.get("seite", "")) or 1, 1), PAGES)
    rows = deeds(asked, SIZE + 1, (number - 1) * SIZE)
    kinds = sorted((str(model._meta.verbose_name), name) for name, model in told_models().items())
    query = request.GET.copy()

    def page_url(other: int) -> str:
        query["seite"] = str(other)
        return f"?{query.urlencode()}"

    context = {
        "rows": rows[:SIZE],
        "is_whole": is_whole,
        "given": given,
        "faults": faults,
        "people": [Option(str(p.pk), str(p), str(p.pk) == given["person"]) for p in people],
        "places": [Option(p.slug, p.name, p.slug == given["ort"]) for p in places],
        "kinds": [Option(name, label, name == given["art"]) for label, name in kinds],
        "deeds": [Option(code, DEED_WORDS[code], code == given["was"]) for code in DEEDS],
        "number": number,
        "newer": page_url(number - 1) if number > 1 else "",
        "older": page_url(number + 1) if len(rows) > SIZE and number < PAGES else "",
        "is_last": len(rows) > SIZE and number == PAGES,
        "now": timezone.localtime(),
        "crumbs": [Link("Aktivitäten", "")],
    }
    return TemplateResponse(request, "overview/activity.html", context)
