"""The floor: what any page of this portal costs at least.

One indexed query and a small template behind the full middleware stack with session and log-in (three queries).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import Context, Template
from django.urls import include, path

from accounts.models import Municipality

ADDRESS = "/boden/"
SMALL = Template(
    "<!doctype html><html lang=de><title>{{ m.name }}</title><h1>{{ m.name }}</h1>"
    "<p>{{ m.ags }}, {{ m.get_kind_display }}, {{ m.population }} Einwohner</p></html>"
)


def floor(request: HttpRequest) -> HttpResponse:
    """The smallest page that shows a row."""
    return HttpResponse(SMALL.render(Context({"m": get_object_or_404(Municipality, ags=request.GET["ags"])})))


urlpatterns = [path(ADDRESS.removeprefix("/"), floor), path("", include("lsz_portal.urls"))]
