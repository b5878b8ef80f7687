"""The site map for search engines: pages for everybody, published plans, announced events, and nothing else.

It asks the same two queries as these pages themselves (docs/adr/0058): what a machine finds here, everybody finds.
"""

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree  # writes only

from participation.models import Event
from plans.models import PlanVersion
from plans.open_data.catalogue import absolute

XML_TYPE = "application/xml"
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
STANDING = (
    "plans:public-places",
    "plans:open-data",
    "plans:verification",
)


def addresses(versions: Iterable[PlanVersion], events: Iterable[Event]) -> Iterator[tuple[str, str]]:
    """Address and day of the last change, where one is known."""
    yield from ((absolute(route), "") for route in STANDING)
    for row in versions:
        yield absolute("plans:public-year", row.municipality.slug, row.year), f"{row.frozen_at:%Y-%m-%d}"
    for event in events:
        yield absolute("participation:public-event", event.municipality.slug, event.pk), ""


def site_map(versions: Iterable[PlanVersion], events: Iterable[Event]) -> bytes:
    """The map as XML."""
    root = ElementTree.Element("urlset", xmlns=SPACE)
    for address, day in addresses(versions, events):
        entry = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(entry, "loc").text = address
        if day:
            ElementTree.SubElement(entry, "lastmod").text = day
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
