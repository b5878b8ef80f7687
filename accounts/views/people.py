"""People and roles, kept by the administration."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import in_portal
from accounts.domain.people import save_person, save_role
from accounts.enums import Action
from accounts.forms.people import PersonForm, RoleForm
from accounts.models import RoleAssignment, User
from accounts.queries.people import people_with_roles
from accounts.views.session import period_text

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent; an empty form that was sent is judged too."""
    return request.POST if request.method == "POST" else None


def tell(request: HttpRequest, form: ModelForm, what: str) -> None:
    """What saving did; without a change nothing was stored."""
    if form.has_changed():
        messages.success(request, f"{what} gespeichert.")
    else:
        messages.info(request, f"Nichts geändert: {what} steht so schon im Portal.")


@require_safe
def _people_list(request: HttpRequest) -> HttpResponse:
    """All people with their roles, found by name."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    context = {"people": people_with_roles(query), "q": query, "crumbs": [{"label": "Personen und Rollen", "url": ""}]}
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


def _save_person(request: HttpRequest, form: PersonForm, heading: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        person = save_person(form.instance, actor=request.user)  # type: ignore[arg-type]
        tell(request, form, "Person")
        return redirect("accounts:person_edit", pk=person.pk)
    person = form.instance
    roles = list(person.assignments.select_related("municipality")) if person.pk else []
    context = {
        "form": form,
        "heading": heading,
        "person": person if person.pk else None,
        "roles": [{"role": role, "period": period_text(role)} for role in roles],
        "crumbs": [{"label": "Personen und Rollen", "url": reverse("accounts:people")}, {"label": heading, "url": ""}],
    }
    return TemplateResponse(request, "accounts/person.html", context, status=422 if form.errors else 200)


@form_methods
def _role_create(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    return _save_role(request, person, RoleForm(sent(request), instance=RoleAssignment(user=person)))


@form_methods
def _role_edit(request: HttpRequest, pk: int, role_pk: int) -> HttpResponse:
    assignment = get_object_or_404(RoleAssignment, pk=role_pk, user_id=pk)
    return _save_role(request, assignment.user, RoleForm(sent(request), instance=assignment))


def _save_role(request: HttpRequest, person: User, form: ModelForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save_role(form.instance, actor=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
        else:
            tell(request, form, "Rolle")
            return redirect("accounts:person_edit", pk=person.pk)
    back = reverse("accounts:person_edit", args=[person.pk])
    crumbs = [
        {"label": "Personen und Rollen", "url": reverse("accounts:people")},
        {"label": str(person), "url": back},
        {"label": "Rolle", "url": ""},
    ]
    context = {"form": form, "heading": f"Rolle von {person}", "person": person, "cancel_url": back, "crumbs": crumbs}
    return TemplateResponse(request, "accounts/role.html", context, status=422 if form.errors else 200)


people_list = in_portal(Action.PEOPLE)(_people_list)
person_create = in_portal(Action.PEOPLE)(_person_create)
person_edit = in_portal(Action.PEOPLE)(_person_edit)
role_create = in_portal(Action.PEOPLE)(_role_create)
role_edit = in_portal(Action.PEOPLE)(_role_edit)
