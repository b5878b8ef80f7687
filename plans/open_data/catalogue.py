"""The catalogue of published plans in DCAT-AP.de as RDF/XML, for GovData and everybody who collects open data.

Where the operator has chosen no licence (OPEN_DATA_LICENCE), it names the closed one: the portal gives away nobody's
rights, and the profile asks for one.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree  # writes only

from django.conf import settings
from django.urls import reverse

from plans.models import PlanVersion
from plans.open_data.tables import OpenTable, tables_of

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "spdx": "http://spdx.org/rdf/terms#",
}
XSD = "http://www.w3.org/2001/XMLSchema#"
LIST = "http://publications.europa.eu/resource/authority/"
GERMAN = f"{LIST}language/DEU"
THEMES = (f"{LIST}data-theme/SOCI", f"{LIST}data-theme/GOVE")
PLACE = "http://dcat-ap.de/def/politicalGeocoding/"
NO_LICENCE = "http://dcat-ap.de/def/licenses/other-closed"
MEDIA = "https://www.iana.org/assignments/media-types/"
KEYWORDS = ("Sozialplanung", "Familie", "integrierte Planung", "Landesprogramm Familie", "Thüringen")
RDF_TYPE = "application/rdf+xml; charset=utf-8"


def absolute(route: str, *args: object) -> str:
    """The address of a page as other portals call it."""
    return f"{settings.PORTAL_URL}{reverse(route, args=args)}"


def qualified(name: str) -> str:
    """„dct:title“ as the library names it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def add(parent: Any, name: str, text: str = "", *, to: str = "", kind: str = "", lang: bool = False) -> Any:
    """A property: a text, a text of a type of XML Schema, a text in German, or what it leads ``to``."""
    made = ElementTree.SubElement(parent, qualified(name))
    if to:
        made.set(qualified("rdf:resource"), to)
    if kind:
        made.set(qualified("rdf:datatype"), kind)
    if lang:
        made.set("{http://www.w3.org/XML/1998/namespace}lang", "de")
    made.text = text or None
    return made


def node(parent: Any, name: str, kind: str, about: str = "") -> Any:
    """A property that leads to something described below it."""
    made = ElementTree.SubElement(add(parent, name), qualified(kind))
    if about:
        made.set(qualified("rdf:about"), about)
    return made


def add_day(parent: Any, name: str, day: date | datetime) -> None:
    """A day."""
    add(parent, name, f"{day:%Y-%m-%d}", kind=f"{XSD}date")


def catalogue(versions: Iterable[PlanVersion]) -> bytes:
    """The whole catalogue; ``versions`` are the published editions with ``state_at``, the same give the same bytes."""
    rows = list(versions)
    for prefix, address in NAMESPACES.items():
        ElementTree.register_namespace(prefix, address)
    root = ElementTree.Element(qualified("rdf:RDF"))
    home = absolute("plans:open-data")
    found = ElementTree.SubElement(root, qualified("dcat:Catalog"))
    found.set(qualified("rdf:about"), home)
    add(found, "dct:title", "Integrierte Pläne der Kommunen in Thüringen", lang=True)
    text = "Veröffentlichte integrierte Pläne der Landkreise und kreisfreien Städte, wie sie freigegeben wurden."
    add(found, "dct:description", text, lang=True)
    add(node(found, "dct:publisher", "foaf:Agent"), "foaf:name", settings.OPERATOR or "LSZ-Portal")
    add(found, "foaf:homepage", to=f"{settings.PORTAL_URL}/")
    add(found, "dct:language", to=GERMAN)
    add(found, "dcat:themeTaxonomy", to=f"{LIST}data-theme")
    if rows:
        add_day(found, "dct:modified", max(row.state_at for row in rows))  # type: ignore[attr-defined]
    for row, tables in tables_of(rows):
        add_dataset(found, row, tables)
    ElementTree.indent(root)
    made: bytes = ElementTree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made


def add_dataset(parent: Any, version: PlanVersion, tables: Sequence[OpenTable]) -> None:
    """One published plan with its files."""
    place, page = version.municipality, absolute("plans:public-year", version.municipality.slug, version.year)
    made = node(parent, "dcat:dataset", "dcat:Dataset", f"{page}#daten")
    add(made, "dct:title", f"Integrierter Plan {version.year}, {place.full_name}", lang=True)
    text = (
        f"Fachspezifischer integrierter Plan {version.year}, {place.full_name}, nach dem Landesprogramm "
        f"„Solidarisches Zusammenleben der Generationen“, Fassung {version.edition}, wie er freigegeben wurde."
    )
    add(made, "dct:description", text, lang=True)
    add(made, "dct:identifier", page)
    if settings.OPEN_DATA_CONTRIBUTOR:
        add(made, "dcatde:contributorID", to=settings.OPEN_DATA_CONTRIBUTOR)
    add(node(made, "dct:publisher", "foaf:Agent"), "foaf:name", place.authority)
    contact = node(made, "dcat:contactPoint", "vcard:Kind")
    add(contact, "vcard:fn", place.authority)
    add(contact, "vcard:hasURL", to=page)
    for theme in THEMES:
        add(made, "dcat:theme", to=theme)
    for word in (*KEYWORDS, place.name):
        add(made, "dcat:keyword", word, lang=True)
    add(made, "dcat:landingPage", to=page)
    add(made, "dct:language", to=GERMAN)
    add(made, "dct:accessRights", to=f"{LIST}access-right/PUBLIC")
    add_day(made, "dct:issued", version.frozen_at)
    add_day(made, "dct:modified", version.state_at)  # type: ignore[attr-defined]
    add(made, "dcat:version", str(version.edition))
    span = node(made, "dct:temporal", "dct:PeriodOfTime")
    add_day(span, "dcat:startDate", date(version.year, 1, 1))
    add_day(span, "dcat:endDate", date(version.year, 12, 31))
    add(made, "dcatde:politicalGeocodingLevelURI", to=f"{PLACE}Level/administrativeDistrict")
    add(made, "dct:spatial", to=f"{PLACE}districtKey/{place.ags}")
    add_files(made, version, page, tables)


def add_files(dataset: Any, version: PlanVersion, page: str, found: Sequence[OpenTable]) -> None:
    """The files of a plan: the plan itself with checksums, and its tables."""
    args = (version.municipality.slug, version.year)
    whole = (
        ("Plan als PDF", "plans:public-pdf", args, "PDF", "application/pdf", version.pdf_sha256),
        ("Plandaten (plan.json)", "plans:public-json", args, "JSON", "application/json", version.content_sha256),
    )
    tables = ((f"{t.title} (CSV)", "plans:public-table", (*args, t.slug), "CSV", "text/csv", "") for t in found)
    for title, route, parts, kind, media, checksum in (*whole, *tables):
        address = absolute(route, *parts)
        made = node(dataset, "dcat:distribution", "dcat:Distribution", address)
        add(made, "dct:title", title, lang=True)
        add(made, "dcat:accessURL", to=page)
        add(made, "dcat:downloadURL", to=address)
        add(made, "dct:format", to=f"{LIST}file-type/{kind}")
        add(made, "dcat:mediaType", to=f"{MEDIA}{media}")
        add(made, "dct:license", to=settings.OPEN_DATA_LICENCE or NO_LICENCE)
        add(made, "dcatde:licenseAttributionByText", version.municipality.authority, lang=True)
        if checksum:
            found = node(made, "spdx:checksum", "spdx:Checksum")
            add(found, "spdx:algorithm", to="http://spdx.org/rdf/terms#checksumAlgorithm_sha256")
            add(found, "spdx:checksumValue", checksum, kind=f"{XSD}hexBinary")
