"""„Gestaltung“: every part of the interface on one page, for those who build on it and those who check it."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_portal
from accounts.enums import Action
from lsz_portal.site.design_form import SampleForm
from lsz_portal.site.gallery import samples
from printing.drawings.ring import mini_symbols


@require_safe
def _design(request: HttpRequest) -> HttpResponse:
    context = samples(timezone.localdate()) | {"form": SampleForm(), "symbols": mini_symbols()}
    return TemplateResponse(request, "site/design.html", context)


design = in_portal(Action.OVERVIEW)(_design)
