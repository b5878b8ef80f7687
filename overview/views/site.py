"""Pages that belong to nobody: health, declaration of accessibility, privacy, imprint."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.access import View, public


@require_safe
def _health(request: HttpRequest) -> HttpResponse:
    """200 where the database answers; for load balancers and monitoring."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def _page(template: str) -> View:
    @require_safe
    def show(request: HttpRequest) -> HttpResponse:
        context = {
            "operator": settings.OPERATOR,
            "contact": settings.OPERATOR_EMAIL,
            "enforcement": settings.ENFORCEMENT_BODY,
        }
        return TemplateResponse(request, template, context)

    return public(show)


health = public(_health)
accessibility = _page("overview/accessibility.html")
privacy = _page("overview/privacy.html")
imprint = _page("overview/imprint.html")
