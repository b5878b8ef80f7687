"""Pages of the controlling: the year, one measure after the other, goals, needs."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import access_of, in_municipality, person_of
from accounts.addresses import address
from accounts.enums import Action
from accounts.models import Municipality
from insight.controlling.forms import ControllingForm, MeasureForm, SubjectsForm
from insight.controlling.pages import goal_cards, measure_page, need_cards, overview_page
from insight.controlling.reading import ControllingYear, controlling_year, criterion_of, cycles_of, usual_year, years_of
from insight.controlling.ways import year_ways
from planning.models import Measure
from records.domain.batches import record_batch
from records.errors import DuplicateSubmission, RecordInUse, RecordLocked, StaleRecord
from records.forms.record import add_errors
from records.pages.drafting import drafted_fields
from records.parts import Link, Option
from records.places import home_link
from records.queries.batches import undo_address
from records.registry import kind_of
from records.views.kept import keeps_form

Form = Callable[[QueryDict | None], ControllingForm]


def get_year(municipality: Municipality, year: int) -> tuple[ControllingYear, list[int]]:
    """The year and all years, or Http404."""
    cycles = cycles_of(municipality)
    years = years_of(cycles, timezone.localdate().year)
    found = controlling_year(municipality, year, cycles) if year in years else None
    if found is None:
        raise Http404("Für dieses Jahr gibt es kein Controlling.")
    return found, years


def url_of(name: str, municipality: Municipality, *keys: int) -> str:
    """An address of the controlling."""
    return address(f"insight:{name}", municipality.slug, *keys)


def measure_url(year: ControllingYear, measure: Measure | None) -> str:
    """The page of a measure in the year; without one that of the year."""
    if measure is None:
        return url_of("controlling-year", year.municipality, year.year)
    return url_of("controlling-measure", year.municipality, year.year, measure.pk)


def crumbs(year: ControllingYear, *more: Link) -> list[Link]:
    """Kommune › Controlling 2018 › …"""
    own = url_of("controlling-year", year.municipality, year.year) if more else ""
    return [home_link(year.municipality), Link(f"Controlling {year.year}", own), *more]


def record_url(year: ControllingYear, measure: Measure) -> str:
    """The page of the measure itself, for those who read."""
    return kind_of(Measure).url("detail", year.municipality, measure.pk)


@in_municipality(Action.READ)
@require_safe
def latest(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """To the last year that is over; without a cycle to the page that says how one begins."""
    today = timezone.localdate().year
    year = usual_year(years_of(cycles_of(municipality), today), today)
    if year is None:
        messages.info(request, "Das Controlling beginnt mit einem Planungszyklus. Legen Sie zuerst einen an.")
        return HttpResponseRedirect(address("planning:planningcycle-list", municipality.slug))
    return HttpResponseRedirect(url_of("controlling-year", municipality, year))


@in_municipality(Action.READ)
@require_safe
def overview(request: HttpRequest, municipality: Municipality, year: int) -> HttpResponse:
    """The year: how far it is, all measures, the ways to goals, needs and the report."""
    found, years = get_year(municipality, year)
    writes = access_of(request).allows(Action.WRITE, municipality)
    context = {
        "crumbs": crumbs(found),
        "year": found,
        "years": [
            Option(url_of("controlling-year", municipality, number), str(number), number == year) for number in years
        ],
        "page": overview_page(found, measure_url if writes else record_url),
        "goals_url": url_of("controlling-goals", municipality, year),
        "needs_url": url_of("controlling-needs", municipality, year),
        "next_url": measure_url(found, found.next_after(None)),
        "next": found.next_after(None),
        "may_write": writes,
        "year_ways": year_ways(municipality, year),
    }
    return TemplateResponse(request, "insight/controlling/year.html", context)


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, municipality: Municipality, year: int, pk: int) -> HttpResponse:
    """A measure in the year; what is stored leads to the next one that nobody has spoken about."""
    found, _ = get_year(municipality, year)
    row = next((each for each in found.measures if each.pk == pk), None)
    if row is None:
        raise Http404("Diese Maßnahme gibt es in diesem Jahr nicht.")
    criteria = [criterion_of(each, year) for each in row.criteria.all()]
    before, after = found.beside(pk)
    context = {
        "crumbs": crumbs(found, Link(str(row), "")),
        "year": found,
        "measure": row,
        "page": measure_page(found, row, access_of(request)),
        "state": found.state_of(row),
        "before_url": measure_url(found, before) if before else "",
        "after_url": measure_url(found, after) if after else "",
        "back": measure_url(found, None),
        "criteria": criteria,
    }

    def build(data: QueryDict | None) -> ControllingForm:
        return MeasureForm(data, year=found, measure=row, criteria=criteria)

    following = found.next_after(pk)
    summary = f"Controlling {year}: {row.code} gespeichert"
    onward = measure_url(found, following)
    return answer(request, municipality, build, "insight/controlling/measure.html", context, summary, onward)


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(["GET", "HEAD", "POST"])
def goals(request: HttpRequest, municipality: Municipality, year: int) -> HttpResponse:
    """How far the goals were reached, in words and figures; what becomes of them."""
    found, _ = get_year(municipality, year)
    return subjects(request, found, found.goals, goal_cards, "Zielerreichung", "insight/controlling/goals.html")


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: HttpRequest, municipality: Municipality, year: int) -> HttpResponse:
    """What becomes of the needs."""
    found, _ = get_year(municipality, year)
    return subjects(request, found, found.needs, need_cards, "Bedarfe", "insight/controlling/needs.html")


def subjects(
    request: HttpRequest, year: ControllingYear, rows: list[Any], cards: Callable[..., Any], name: str, template: str
) -> HttpResponse:
    """A page about all goals or all needs."""
    back = url_of("controlling-year", year.municipality, year.year)

    def build(data: QueryDict | None) -> ControllingForm:
        return SubjectsForm(data, year=year, subjects=rows)

    context = {
        "crumbs": crumbs(year, Link(name, "")),
        "year": year,
        "heading": f"{name} {year.year}",
        "cards": cards(year, rows),
        "back": back,
    }
    summary = f"Controlling {year.year}: {name} gespeichert"
    return answer(request, year.municipality, build, template, context, summary, back)


def answer(
    request: HttpRequest,
    municipality: Municipality,
    build: Form,
    template: str,
    context: dict[str, Any],
    summary: str,
    onward: str,
) -> HttpResponse:
    """The page, with its form for those who write; on POST what storing leads to."""
    if request.method != "POST":
        return shown(request, build(drafted_fields(request)), template, context)
    form = build(request.POST)
    if form.is_valid():
        try:
            return HttpResponseRedirect(stored(request, municipality, form, summary, onward))
        except DuplicateSubmission as error:
            return HttpResponseRedirect(undo_address(onward, error.pk))
        except (StaleRecord, RecordInUse, RecordLocked) as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            add_errors(form, error)
    return shown(request, form, template, context, status=422)


def stored(request: HttpRequest, municipality: Municipality, form: ControllingForm, summary: str, onward: str) -> str:
    """Store what is typed as one batch; the address to go on at."""
    if not form.has_changed():
        messages.info(request, "Nichts geändert: Hier steht, was schon gespeichert ist.")
        return request.path
    actor, key = person_of(request), form.cleaned_data["form_key"]
    with record_batch(municipality=municipality, actor=actor, summary=summary, form_key=key) as batch:
        form.write(batch)
    assert batch.batch is not None
    return undo_address(onward, batch.batch.pk)


def shown(
    request: HttpRequest, form: ControllingForm, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The page; a draft that is shown again is not judged."""
    if status == 200 and form.is_bound:
        form.full_clean()
        form.errors.clear()
        form.confirmation = ""
    return TemplateResponse(request, template, {**context, "form": form}, status=status)
