"""Published plans for everybody: only stored editions, read from what was frozen, and only while they are published.

The pages look the same for all people, so that they may be kept by browsers and proxies; each time they ask whether
the plan is still published (``no-cache``), answered by the checksum.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import conditional_page, require_safe

from accounts.access import public
from participation.queries.open_surveys import answerable
from participation.queries.sign_ups import coming
from plans.content import groups_of_four
from plans.enums import AnyChapter
from plans.errors import DamagedVersion
from plans.models import PlanVersion
from plans.parsing import from_json
from plans.queries.published import place_at, public_places, published_at
from plans.queries.stored import stored_pages, stored_part
from records.parts import Link

View = Callable[..., HttpResponseBase]
NOBODY = {"frame": None, "messages": ()}  # nobody's navigation, nobody's messages
CACHE = "public, no-cache"


@dataclass(frozen=True)
class ChapterWay:
    """A chapter in the list beside the page."""

    number: int | str
    title: str
    url: str
    current: bool


@dataclass(frozen=True)
class PublicChapter:
    """A chapter of a published plan as it was released."""

    version: PlanVersion
    title: str
    authority: str
    office: tuple[str, ...]
    as_of: date | None
    code: AnyChapter
    html: SafeString
    chapters: list[ChapterWay]
    before: ChapterWay | None
    after: ChapterWay | None
    pdf_url: str
    json_url: str
    sums: tuple[tuple[str, tuple[str, ...]], ...]


def never_damaged(view: View) -> View:
    """Say that the edition is not shown, instead of showing what was not released (503)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except DamagedVersion as error:
            context = {**NOBODY, "sentence": str(error)}
            return TemplateResponse(request, "plans/public/damaged.html", context, status=503)

    return guarded


def for_everybody(view: View) -> View:
    """A page that is safe to ask for, equal for all people, with an ETag."""

    @conditional_page
    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = CACHE
        return response

    return public(never_damaged(require_safe(shown)))


# ---------------------------------------------------------------- addresses and rows
def url_of(name: str, version: PlanVersion) -> str:
    """Address of a page of a published plan."""
    return reverse(f"plans:public-{name}", args=[version.municipality.slug, version.year])


def get_versions(place: str) -> list[PlanVersion]:
    """The published plans of a municipality, or Http404."""
    versions = published_at(place)
    if not versions:
        raise Http404("Hier ist kein Plan veröffentlicht.")
    return versions


def get_version(versions: list[PlanVersion], year: int) -> PlanVersion:
    """The published plan of a year, or Http404."""
    version = next((version for version in versions if version.year == year), None)
    if version is None:
        raise Http404("Für dieses Jahr ist hier kein Plan veröffentlicht.")
    return version


# ---------------------------------------------------------------- pages
def _places(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "plans/public/places.html", {**NOBODY, "places": public_places()})


def _place(request: HttpRequest, place: str) -> HttpResponse:
    versions = get_versions(place)
    return _reading_page(request, versions, versions[0])


def _year(request: HttpRequest, place: str, year: int) -> HttpResponse:
    versions = get_versions(place)
    return _reading_page(request, versions, get_version(versions, year))


def _events(request: HttpRequest, place: str) -> HttpResponse:
    """What a municipality has announced; whether it has published a plan does not matter."""
    municipality = place_at(place)
    if municipality is None:
        raise Http404("Diese Kommune gibt es nicht.")
    today = timezone.localdate()
    plans = Link("Veröffentlichte Pläne", reverse("plans:public-places"))
    context = {
        **NOBODY,
        "crumbs": [plans, Link(f"Termine, {municipality}", "")],
        "place": municipality,
        "events": coming(today, municipality),
        "surveys": answerable(today, municipality),
        "today": today,
    }
    return TemplateResponse(request, "plans/public/events.html", context)


def _reading_page(request: HttpRequest, versions: list[PlanVersion], version: PlanVersion) -> HttpResponse:
    places = Link("Veröffentlichte Pläne", reverse("plans:public-places"))
    context = {
        **NOBODY,
        "crumbs": [places, Link(f"{version.municipality} {version.year}", "")],
        "page": reading_of(version, request.GET.get("kapitel", "")),
        "others": [Link(str(each.year), url_of("year", each)) for each in versions if each.pk != version.pk],
    }
    return TemplateResponse(request, "plans/public/plan.html", context)


def reading_of(version: PlanVersion, chapter: str) -> PublicChapter:
    """A chapter from the stored pages, the edition's first where it has none of this name. Raises DamagedVersion."""
    plan = from_json(stored_part(version, "content"))
    pages = stored_pages(version)
    codes = list(pages)
    code = next((each for each in codes if each.slug == chapter), codes[0])
    ways = [
        ChapterWay(
            each.number,
            str(each.label),
            f"{url_of('year', version)}?kapitel={each.slug}#kapitel",
            each == code,
        )
        for each in codes
    ]
    place = codes.index(code)
    return PublicChapter(
        version=version,
        title=plan.municipality_full,
        authority=plan.authority,
        office=plan.office,
        as_of=plan.as_of,
        code=code,
        html=mark_safe(pages[code]),  # made by the portal's own templates and covered by a checksum
        chapters=ways,
        before=ways[place - 1] if place else None,
        after=ways[place + 1] if place + 1 < len(ways) else None,
        pdf_url=url_of("pdf", version),
        json_url=url_of("json", version),
        sums=(
            ("PDF-Datei", groups_of_four(version.pdf_sha256)),
            ("Plandaten (plan.json)", groups_of_four(version.content_sha256)),
        ),
    )


# ---------------------------------------------------------------- files
def _file(part: str, media_type: str, ending: str) -> View:
    def send(request: HttpRequest, place: str, year: int) -> HttpResponseBase:
        version = get_version(get_versions(place), year)
        etag = f'"{getattr(version, f"{part}_sha256")}"'
        name = f"{version.municipality.ags}-{version.municipality.slug}-plan-{year}-fassung-{version.edition}.{ending}"
        headers = {
            "ETag": etag,
            "Cache-Control": CACHE,
            "Content-Disposition": f'attachment; filename="{name}"',
        }
        response = HttpResponse(stored_part(version, part), content_type=media_type, headers=headers)
        return get_conditional_response(request, etag=etag, response=response) or response

    return public(never_damaged(require_safe(send)))


places = for_everybody(_places)
place = for_everybody(_place)
events = for_everybody(_events)
year = for_everybody(_year)
pdf = _file("pdf", "application/pdf", "pdf")
plan_json = _file("content", "application/json", "json")
