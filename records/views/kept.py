"""Pages whose form is kept as draft although their views know nothing of drafts.

Typed is what stands in the form of the context (``form``) and in its rows (``rows``, a set of forms).
"""

import copy
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse, QueryDict

from accounts.models import Municipality
from accounts.typed import is_handed_back, keeps_drafts
from records.forms.typed import show_typed
from records.pages.drafting import Build, drafted_fields, drafting_of, forget, keep
from records.parts import Link

V = TypeVar("V", bound=Callable[..., Any])


def keeps_form(view: V) -> V:
    """Declare that what is typed in the page's form is kept, offered again, and forgotten when the view redirects.

    Stands below the gates, so that these decide for drafts as well. A page that draws more of what was typed than the
    fields of its form asks ``drafted_fields`` and shows a bound form.
    """

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        municipality: Municipality | None = getattr(request, "municipality", None)
        if is_handed_back(request):
            page = context_of(view(as_opened(request), *args, **kwargs))
            if "form" not in page:
                return HttpResponse(status=204)  # nothing can be typed here any more
            return keep(request, municipality, builder(page)(data=request.POST), title_of(page["crumbs"]))
        response: HttpResponse = view(request, *args, **kwargs)
        page = context_of(response)
        if request.method == "POST" and response.status_code == 302:
            forget(request)
        elif "form" in page:
            typed = drafted_fields(request)
            page["drafting"] = drafting_of(request, municipality, builder(page))
            if typed is not None and not page["form"].is_bound:
                show_typed(page["form"], typed)
        return response

    return keeps_drafts(keeping)  # type: ignore[return-value]


def context_of(response: Any) -> dict[str, Any]:
    """What the template will receive; empty for answers without one."""
    return getattr(response, "context_data", None) or {}


def as_opened(request: HttpRequest) -> HttpRequest:
    """The request that opened the form which was sent."""
    opened: Any = copy.copy(request)
    opened.method, opened.POST, opened.is_handed_back = "GET", QueryDict(), False
    return opened  # type: ignore[no-any-return]


def builder(page: dict[str, Any]) -> Build:
    """Makes the form of the page as it was opened, or bound to other fields, without touching the page's own."""

    def build(data: QueryDict | None = None) -> BaseForm:
        form: Any = copy.copy(page["form"])
        form.initial, form._bound_fields_cache = dict(form.initial), {}
        vars(form).pop("changed_data", None)
        if data is not None:
            form.data, form.is_bound, form._errors = data, True, None
            rows = page.get("rows")
            form.has_rows = isinstance(rows, BaseFormSet) and type(rows)(data, prefix=rows.prefix).has_changed()
        return form  # type: ignore[no-any-return]

    return build


def title_of(crumbs: list[Link]) -> str:
    """What „Meine Entwürfe“ calls the form: „Integrierter Plan 2018: Freigeben“."""
    return ": ".join(crumb.label for crumb in crumbs[-2:])
