"""Open data: a page that says what there is, a list, the catalogue, and tables of one plan."""

import json
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from participation.queries.sign_ups import coming
from plans.open_data.catalogue import RDF_TYPE, absolute, catalogue
from plans.open_data.site_map import XML_TYPE, site_map
from plans.open_data.tables import BY_SLUG, tables_of
from plans.queries.published import published_everywhere
from plans.queries.stored import stored_content
from plans.views.public import NOBODY, for_everybody, get_version, get_versions
from records.tables.writing import CSV_TYPE, csv_bytes

HEADS = ["AGS", "Kommune", "Jahr", "Fassung", "Freigegeben am", "Seite", "PDF", "Plandaten"]


def lines() -> list[list[Any]]:
    """One line for each published plan, as the list gives it."""
    return [
        [
            row.municipality.ags,
            row.municipality.full_name,
            row.year,
            row.edition,
            f"{row.frozen_at:%Y-%m-%d}",
            *(absolute(f"plans:public-{name}", row.municipality.slug, row.year) for name in ("year", "pdf", "json")),
        ]
        for row in published_everywhere()
    ]


def _page(request: HttpRequest) -> HttpResponse:
    found = groupby(tables_of(published_everywhere()), key=lambda pair: pair[0].municipality)
    context = {
        **NOBODY,
        "places": [(place, list(rows)) for place, rows in found],
        "licence": settings.OPEN_DATA_LICENCE,
    }
    return TemplateResponse(request, "plans/public/open_data.html", context)


def _list_json(request: HttpRequest) -> HttpResponse:
    names = ("ags", "municipality", "year", "edition", "released_on", "page", "pdf", "plan_json")
    text = json.dumps([dict(zip(names, line, strict=True)) for line in lines()], ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json")


def _list_csv(request: HttpRequest) -> HttpResponse:
    return HttpResponse(csv_bytes(HEADS, iter(lines())), content_type=CSV_TYPE)


def _catalogue(request: HttpRequest) -> HttpResponse:
    return HttpResponse(catalogue(published_everywhere()), content_type=RDF_TYPE)


def _site_map(request: HttpRequest) -> HttpResponse:
    events = coming(timezone.localdate())
    return HttpResponse(site_map(published_everywhere(), events), content_type=XML_TYPE)


def _robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"User-agent: *\nSitemap: {absolute('plans:site-map')}\n", content_type="text/plain")


def _table(request: HttpRequest, place: str, year: int, table: str) -> HttpResponse:
    version, asked = get_version(get_versions(place), year), BY_SLUG.get(table)
    rows = asked.of(stored_content(version)) if asked else None
    if asked is None or rows is None:
        raise Http404("Diese Tabelle gibt es in diesem Plan nicht.")
    name = f"{version.municipality.ags}-{version.municipality.slug}-{year}-{asked.slug}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(csv_bytes(list(asked.heads), iter(rows)), content_type=CSV_TYPE, headers=headers)


page = for_everybody(_page)
list_json = for_everybody(_list_json)
list_csv = for_everybody(_list_csv)
catalogue_rdf = for_everybody(_catalogue)
site_map_xml = for_everybody(_site_map)
robots = for_everybody(_robots)
table = for_everybody(_table)
