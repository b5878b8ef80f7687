"""Log-in, log-out, password change and reset: Django's views with our addresses and sentences."""

from typing import Any

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from accounts.access import access_of, declare, in_portal, public
from accounts.enums import Action
from accounts.forms.session import LoginForm, NewPasswordForm, PasswordChangeForm, ResetForm

login = public(
    auth_views.LoginView.as_view(
        template_name="accounts/login.html", authentication_form=LoginForm, redirect_authenticated_user=True
    )
)
logout = declare(auth_views.LogoutView.as_view(), Action.ACCOUNT)
password_change = declare(
    auth_views.PasswordChangeView.as_view(
        template_name="accounts/password_change.html",
        form_class=PasswordChangeForm,
        success_url=reverse_lazy("accounts:password_change_done"),
    ),
    Action.ACCOUNT,
)
password_change_done = declare(
    auth_views.PasswordChangeDoneView.as_view(template_name="accounts/password_change_done.html"), Action.ACCOUNT
)
password_reset = public(
    auth_views.PasswordResetView.as_view(
        template_name="accounts/password_reset.html",
        form_class=ResetForm,
        email_template_name="accounts/password_reset_email.txt",
        subject_template_name="accounts/password_reset_subject.txt",
        success_url=reverse_lazy("accounts:password_reset_done"),
    )
)
password_reset_done = public(
    auth_views.PasswordResetDoneView.as_view(template_name="accounts/password_reset_done.html")
)
password_reset_confirm = public(
    auth_views.PasswordResetConfirmView.as_view(
        template_name="accounts/password_reset_confirm.html",
        form_class=NewPasswordForm,
        success_url=reverse_lazy("accounts:password_reset_complete"),
    )
)
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
    return TemplateResponse(request, "accounts/account.html", {"assignments": assignments})


def period_text(assignment: Any) -> str:
    """„seit 01.10.2017“ or „01.10.2017–31.12.2018“."""
    begin = f"{assignment.valid_from:%d.%m.%Y}"
    return f"{begin}–{assignment.valid_until:%d.%m.%Y}" if assignment.valid_until else f"seit {begin}"


account = in_portal(Action.ACCOUNT)(_account)
