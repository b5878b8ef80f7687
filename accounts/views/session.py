"""Log-in, log-out, password change and reset: Django's views with our addresses and sentences."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.csrf import csrf_failure as token_missing
from django.views.decorators.http import require_POST, require_safe

from accounts import outbox
from accounts.access import access_of, declare, in_portal, person_of, public
from accounts.domain.attempts import forget, take
from accounts.domain.guessing import OLD_PASSWORD, guard_of, link_was_invented, remember, reset_limits
from accounts.domain.sessions import end_sessions, note_login, sessions_of
from accounts.enums import Action
from accounts.forms.session import LoginForm, NewPasswordForm, PasswordChangeForm, ResetForm
from accounts.registered import account_ways
from accounts.typed import FIELD, UNSENT, Typed, hand_back, is_of_own_page, is_worth_carrying, pack, texts_of, unpack
from accounts.whole_files import need_room

TOO_MANY_LINKS = (
    "In der letzten Stunde wurden schon mehrere Links angefordert. Sehen Sie in Ihrem Postfach nach, auch bei "
    "unerwünschten E-Mails. Ist nichts angekommen, versuchen Sie es in einer Stunde wieder, oder bitten Sie die "
    "Administration um eine Einladung."
)
LOST = "Ihre Eingaben von vorhin wurden nicht übernommen: "


class LogIn(auth_views.LoginView):
    """Django's log-in, which hands back what was typed before the session ended (accounts.typed)."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and request.user.is_authenticated and request.POST.get(FIELD):
            return self.go_on()
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An attempt is counted before the password is looked at; an empty form is none."""
        name, password = request.POST.get("username", ""), request.POST.get("password", "")
        self.guard = guard_of(request, name)
        until = self.guard.take() if name.strip() and password else None
        return locked(request, until) if until else super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        self.guard.succeeded()
        response = super().form_valid(form)
        response = self.go_on() if self.request.POST.get(FIELD) else response
        remember(self.request, response, form.get_user())
        note_login(self.request)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        carried = {"carried": self.request.POST.get(FIELD, "")}
        context: dict[str, Any] = super().get_context_data(**carried, **kwargs)
        return context

    def go_on(self) -> HttpResponse:
        """Back to the form with what was typed; without the right to it, or with nothing readable, to the start."""
        typed = unpack(self.request.POST[FIELD])
        try:
            if typed is None:
                raise Http404("Sie waren nicht mehr lesbar.")
            typed.require_right(self.request)
        except (Http404, PermissionDenied) as error:
            messages.warning(self.request, f"{LOST}{error} Öffnen Sie das Formular neu.")
            return HttpResponseRedirect(self.get_default_redirect_url())
        return give_back(self.request, typed) if typed.keeps_drafts else show_texts(self.request, typed)


def locked(request: HttpRequest, until: datetime) -> HttpResponse:
    """Too many attempts: when the next is possible, and the ways that are open meanwhile."""
    response = TemplateResponse(request, "accounts/locked.html", {"until": until}, status=429)
    response["Retry-After"] = max(1, round((until - timezone.now()).total_seconds()))
    add_never_cache_headers(response)
    return response


def give_back(request: HttpRequest, typed: Typed) -> HttpResponse:
    """To the form, saying that everything is there and still has to be saved; to the texts where it is gone."""
    try:
        response = hand_back(request, typed)
    except Http404 as error:
        return show_texts(request, typed, refusal=str(error))
    except PermissionDenied as error:
        messages.warning(request, f"{LOST}{error} Öffnen Sie das Formular neu.")
        return HttpResponseRedirect("/")
    if response.status_code != 302:
        return HttpResponseRedirect(typed.path)
    files = " Gewählte Dateien wählen Sie bitte erneut." if typed.had_files else ""
    messages.success(
        request, f"Sie sind wieder angemeldet. Ihre Eingaben sind erhalten, aber noch nicht gespeichert.{files}"
    )
    return response


def show_texts(request: HttpRequest, typed: Typed, refusal: str = "") -> HttpResponse:
    """What was typed, to be sent once more (forms without drafts); with a refusal only to be copied."""
    fields = [(name, value) for name, values in typed.data.lists() for value in values if name not in UNSENT]
    context = {"typed": typed, "fields": fields, "texts": texts_of(fields), "refusal": refusal}
    response = TemplateResponse(request, "accounts/typed_texts.html", context, status=404 if refusal else 200)
    add_never_cache_headers(response)
    return response


def log_in_again(request: HttpRequest, status: int = 401) -> HttpResponse:
    """The log-in page as answer to a form whose session has ended; it carries what was typed."""
    carried = request.POST.get(FIELD) or pack(request)
    context = {"form": LoginForm(request), "next": request.get_full_path(), "carried": carried, "expired": True}
    response = TemplateResponse(request, "accounts/login.html", context, status=status)
    add_never_cache_headers(response)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with an outdated token does nothing; what was typed stays where a page of the portal sent it.

    The token changes with each log-in, so this happens when somebody logged in again in another window.
    """
    match = request.resolver_match
    carries = request.POST.get(FIELD) or (match and is_worth_carrying(request, match.func))
    if not carries or not is_of_own_page(request):
        return token_missing(request, reason)
    if not request.user.is_authenticated:
        return log_in_again(request, status=403)
    carried = request.POST.get(FIELD) or pack(request)
    response = TemplateResponse(request, "accounts/token_changed.html", {"carried": carried}, status=403)
    add_never_cache_headers(response)
    return response


class LogOut(auth_views.LogoutView):
    """Django's log-out; the browser forgets the pages that it kept for going back."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response


class PasswordChange(auth_views.PasswordChangeView):
    """Django's page; whoever sits at an open browser cannot try passwords without end either."""

    template_name = "accounts/password_change.html"
    form_class = PasswordChangeForm
    success_url = reverse_lazy("accounts:password_change_done")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = [(OLD_PASSWORD, str(request.user.pk))]
        until = take(asked)
        if until:
            return locked(request, until)
        response = super().post(request, *args, **kwargs)
        if response.status_code == HTTPStatus.FOUND:
            forget(asked)
        return response


class PasswordReset(auth_views.PasswordResetView):
    """Django's page, limited for an address of mail, for a sender, and altogether; no answer tells who is known."""

    template_name = "accounts/password_reset.html"
    form_class = ResetForm
    email_template_name = "accounts/password_reset_email.txt"
    subject_template_name = "accounts/password_reset_subject.txt"
    success_url = reverse_lazy("accounts:password_reset_done")

    def form_valid(self, form: Any) -> HttpResponse:
        need_room(outbox.folder())  # Django swallows that a mail could not be kept
        if take(reset_limits(self.request, form.cleaned_data["email"])):
            form.add_error(None, TOO_MANY_LINKS)
            return self.render_to_response(self.get_context_data(form=form), status=429)
        return super().form_valid(form)


class PasswordResetConfirm(auth_views.PasswordResetConfirmView):
    """Django's page; invented links are counted, and the browser of a true one is known afterwards."""

    template_name = "accounts/password_reset_confirm.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("accounts:password_reset_complete")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code == HTTPStatus.OK and not self.validlink and (until := link_was_invented(request)):
            return locked(request, until)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        if self.user:
            remember(self.request, response, self.user)
        return response


login = public(LogIn.as_view())
logout = declare(LogOut.as_view(), Action.ACCOUNT)
password_change = declare(PasswordChange.as_view(), Action.ACCOUNT)
password_change_done = declare(
    auth_views.PasswordChangeDoneView.as_view(template_name="accounts/password_change_done.html"), Action.ACCOUNT
)
password_reset = public(PasswordReset.as_view())
password_reset_done = public(
    auth_views.PasswordResetDoneView.as_view(template_name="accounts/password_reset_done.html")
)
password_reset_confirm = public(PasswordResetConfirm.as_view())
password_reset_complete = public(
    auth_views.PasswordResetCompleteView.as_view(template_name="accounts/password_reset_complete.html")
)


@require_safe
def _account(request: HttpRequest) -> HttpResponse:
    """The person's roles, and the way to a new password."""
    assignments = [
        {
            "role_label": assignment.get_role_display(),
            "place": assignment.municipality.name if assignment.municipality else "ganzes Portal",
            "period": period_text(assignment),
        }
        for assignment in access_of(request).assignments
    ]
    context = {
        "assignments": assignments,
        "ways": account_ways(),
        "sessions": sessions_of(person_of(request), request.session.session_key),
    }
    return TemplateResponse(request, "accounts/account.html", context)


@require_POST
def _end_others(request: HttpRequest) -> HttpResponse:
    """End the person's own other sessions: a browser that was left open somewhere."""
    number = end_sessions(person_of(request), but=request.session.session_key)
    messages.success(
        request, "Sie sind überall sonst abgemeldet." if number else "Sie waren nirgends sonst angemeldet."
    )
    return redirect("accounts:account")


def period_text(assignment: Any) -> str:
    """„seit 01.10.2017“ or „01.10.2017–31.12.2018“."""
    begin = f"{assignment.valid_from:%d.%m.%Y}"
    return f"{begin}–{assignment.valid_until:%d.%m.%Y}" if assignment.valid_until else f"seit {begin}"


account = in_portal(Action.ACCOUNT)(_account)
end_others = in_portal(Action.ACCOUNT)(_end_others)
