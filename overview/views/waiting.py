"""What waits for the person, everywhere."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_portal
from accounts.enums import Action
from overview.queries.due import waiting_items
from records.parts import Link
from records.waiting import note_number, read_everywhere

PAGE = 100


@in_portal(Action.ACCOUNT)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the person, group by group, the oldest first."""
    today, access = timezone.localdate(), access_of(request)
    found = read_everywhere(access, today)
    note_number(request, found.number)
    page = Paginator(found.mine, PAGE).get_page(request.GET.get("seite"))
    context = {
        "items": waiting_items(page.object_list, today),
        "total": found.number,
        "page": page,
        "pages": [Link(str(number), f"?seite={number}") for number in page.paginator.page_range],
        "names_places": access.sees_all or len(access.municipalities()) > 1,
    }
    return TemplateResponse(request, "overview/waiting.html", context)
