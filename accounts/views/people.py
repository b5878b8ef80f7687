"""People and roles, kept by the administration."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import in_portal, person_of
from accounts.domain.administration import why_role_stays
from accounts.domain.anonymising import anonymise_people, to_anonymise
from accounts.domain.people import delete_role, save_person, save_role
from accounts.domain.sessions import end_sessions, sessions_of
from accounts.domain.versions import Stale
from accounts.enums import Action
from accounts.forms.people import AdministrationForm, PersonForm, RoleForm
from accounts.models import RoleAssignment, User
from accounts.queries.people import left_without, people_with_roles, stored_person, stored_role
from accounts.queries.person_history import history_of
from accounts.text import whole
from accounts.views.invitations import invitation_part
from accounts.views.session import period_text

form_methods = require_http_methods(["GET", "HEAD", "POST"])
PEOPLE = "Personen und Rollen"


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent; an empty form that was sent is judged too."""
    return request.POST if request.method == "POST" else None


def tell(request: HttpRequest, form: ModelForm, what: str) -> None:
    """What saving did; without a change nothing was stored."""
    if form.has_changed():
        messages.success(request, f"{what} gespeichert.")
    else:
        messages.info(request, f"Nichts geändert: {what} steht so schon im Portal.")


def warn_of_gaps(request: HttpRequest, roles: list[RoleAssignment]) -> None:
    """Say where a change leaves a municipality without a role that it needs."""
    for role in dict.fromkeys(role.role for role in roles):
        places = [held.municipality for held in roles if held.role == role and held.municipality]
        for sentence in left_without(places, role):
            messages.warning(request, sentence)


@require_safe
def _people_list(request: HttpRequest) -> HttpResponse:
    """All people with their roles, found by name."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    context = {"people": people_with_roles(query), "q": query, "crumbs": [{"label": PEOPLE, "url": ""}]}
    return TemplateResponse(request, "accounts/people.html", context)


@form_methods
def _person_create(request: HttpRequest) -> HttpResponse:
    form = PersonForm(sent(request))
    return _save_person(request, form, "Person anlegen")


@form_methods
def _person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    form = PersonForm(sent(request), instance=person)
    return _save_person(request, form, "Person bearbeiten")


def refused(form: AdministrationForm, error: ValidationError, stored: Any) -> list[tuple[str, str, str]]:
    """Say what was refused; where somebody else saved meanwhile, both versions side by side."""
    form.add_error(None, error.messages)
    return form.show_stored(stored) if isinstance(error, Stale) and stored else []


def _save_person(request: HttpRequest, form: PersonForm, heading: str) -> HttpResponse:
    beside: list[tuple[str, str, str]] = []
    if form.errors and (known := form.made_before()):
        messages.info(request, "Nichts geändert: Diese Person steht so schon im Portal.")
        return redirect("accounts:person_edit", pk=known.pk)
    if request.method == "POST" and form.is_valid():
        try:
            person = save_person(form.instance, actor=person_of(request))
        except ValidationError as error:
            beside = refused(form, error, stored_person(form.instance.pk))
        else:
            tell(request, form, "Person")
            if not person.is_active and form.has_changed():
                warn_of_gaps(request, list(person.assignments.valid().select_related("municipality")))
            return redirect("accounts:person_edit", pk=person.pk)
    stored = stored_person(form.instance.pk)
    roles = list(stored.assignments.select_related("municipality")) if stored else []
    context = {
        "form": form,
        "heading": heading,
        "person": stored,
        "beside": beside,
        "history": history_of(stored) if stored else [],
        "roles": [{"role": role, "period": period_text(role), "ended": has_ended(role)} for role in roles],
        "sessions": sessions_of(stored, request.session.session_key) if stored else [],
        "crumbs": [{"label": PEOPLE, "url": reverse("accounts:people")}, {"label": heading, "url": ""}],
    }
    if stored:
        context |= invitation_part(request, stored)
    return TemplateResponse(request, "accounts/person.html", context, status=422 if form.errors else 200)


@form_methods
def _role_create(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    return _save_role(request, person, RoleForm(sent(request), instance=RoleAssignment(user=person)))


@form_methods
def _role_edit(request: HttpRequest, pk: int, role_pk: int) -> HttpResponse:
    assignment = get_object_or_404(RoleAssignment, pk=role_pk, user_id=pk)
    return _save_role(request, assignment.user, RoleForm(sent(request), instance=assignment))


def _save_role(request: HttpRequest, person: User, form: RoleForm) -> HttpResponse:
    before, beside = stored_role(form.instance.pk), []
    if form.errors and form.made_before():
        messages.info(request, "Nichts geändert: Diese Rolle steht so schon im Portal.")
        return redirect("accounts:person_edit", pk=person.pk)
    if request.method == "POST" and form.is_valid():
        try:
            save_role(form.instance, actor=person_of(request))
        except ValidationError as error:
            beside = refused(form, error, stored_role(form.instance.pk))
        else:
            tell(request, form, "Rolle")
            warn_of_gaps(request, [before] if before and form.has_changed() else [])
            return redirect("accounts:person_edit", pk=person.pk)
    back = reverse("accounts:person_edit", args=[person.pk])
    context = {
        "form": form,
        "heading": f"Rolle von {person}",
        "person": person,
        "role": before,
        "period": period_text(before) if before else "",
        "beside": beside,
        "cancel_url": back,
        "crumbs": role_crumbs(person, "Rolle"),
    }
    return TemplateResponse(request, "accounts/role.html", context, status=422 if form.errors else 200)


@form_methods
def _role_delete(request: HttpRequest, pk: int, role_pk: int) -> HttpResponse:
    """Ask before a role that was entered wrongly is deleted."""
    role = get_object_or_404(RoleAssignment, pk=role_pk, user_id=pk)
    refusal = [why] if request.method != "POST" and (why := why_role_stays(role)) else []
    if "confirmed" in request.POST:
        role.version = whole(request.POST.get("version", ""))
        try:
            delete_role(role, actor=person_of(request))
        except ValidationError as error:
            refusal = error.messages
        else:
            messages.success(request, "Rolle gelöscht. Der Verlauf bleibt erhalten.")
            warn_of_gaps(request, [role])
            return redirect("accounts:person_edit", pk=pk)
    context = {
        "role": role,
        "period": period_text(role),
        "refusal": refusal,
        "cancel_url": reverse("accounts:role_edit", args=[pk, role_pk]),
        "crumbs": role_crumbs(role.user, "Rolle löschen"),
    }
    return TemplateResponse(
        request, "accounts/role_delete.html", context, status=409 if refusal and request.method == "POST" else 200
    )


def has_ended(role: RoleAssignment) -> bool:
    """Whether the role is over today."""
    return role.valid_until is not None and role.valid_until < timezone.localdate()


@require_POST
def _person_end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """End one session of a person, or all of them but the one that asks."""
    person = get_object_or_404(User, pk=pk)
    number = end_sessions(person, code=request.POST.get("code", ""), but=request.session.session_key)
    if number:
        messages.success(request, "Anmeldung beendet." if number == 1 else f"{number} Anmeldungen beendet.")
    else:
        messages.info(request, "Diese Anmeldung war schon zu Ende.")
    return redirect(f"{reverse('accounts:person_edit', args=[pk])}#sitzungen")


@require_http_methods(["GET", "HEAD", "POST"])
def _anonymise(request: HttpRequest) -> HttpResponse:
    """Who left long ago, and the button that forgets what names them."""
    today = timezone.localdate()
    if request.method == "POST":
        done = anonymise_people(today, actor=person_of(request))
        messages.success(request, f"{len(done)} Personen anonymisiert." if done else "Niemand war zu anonymisieren.")
        return redirect("accounts:anonymise")
    crumbs = [{"label": PEOPLE, "url": reverse("accounts:people")}, {"label": "Anonymisieren", "url": ""}]
    context = {"people": to_anonymise(today), "crumbs": crumbs}
    return TemplateResponse(request, "accounts/anonymise.html", context)


def role_crumbs(person: User, last: str) -> list[dict[str, Any]]:
    """The way to a page below a person."""
    return [
        {"label": PEOPLE, "url": reverse("accounts:people")},
        {"label": str(person), "url": reverse("accounts:person_edit", args=[person.pk])},
        {"label": last, "url": ""},
    ]


person_end_sessions = in_portal(Action.PEOPLE)(_person_end_sessions)
anonymise = in_portal(Action.PEOPLE)(_anonymise)
people_list = in_portal(Action.PEOPLE)(_people_list)
person_create = in_portal(Action.PEOPLE)(_person_create)
person_edit = in_portal(Action.PEOPLE)(_person_edit)
role_create = in_portal(Action.PEOPLE)(_role_create)
role_edit = in_portal(Action.PEOPLE)(_role_edit)
role_delete = in_portal(Action.PEOPLE)(_role_delete)
