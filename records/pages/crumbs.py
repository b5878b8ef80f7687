"""Where a record page stands in the portal."""

from typing import Any

from accounts.models import Municipality
from records.kind import RecordKind
from records.parts import Link
from records.places import home_link, section_url
from records.registry import find_kind


def apart(kind: RecordKind, record: Any) -> str:
    """What tells the record from others of its name, for the titles of its pages: whose part it is, its cycle.

    A parent that the name says already is not said again.
    """
    if kind.parent:
        parent = getattr(record, kind.parent)
        other, named = find_kind(type(parent)), str(parent)
        return ", ".join(filter(None, ("" if named in str(record) else named, apart(other, parent) if other else "")))
    return f"{record.cycle.years}" if kind.model.years_of == "cycle__" and record.cycle else ""


def crumbs_for(kind: RecordKind, municipality: Municipality | None, record: Any = None, last: str = "") -> list[Link]:
    """Municipality › section › kind › record; the last one has no address."""
    crumbs = []
    if municipality and kind.is_tenant:
        crumbs.append(home_link(municipality))
        if kind.section:
            url = section_url(municipality, kind.section)
            crumbs.append(Link(f"{kind.section.number} {kind.section.short}", url))
    elif not kind.is_tenant:
        crumbs.append(Link("Programm", ""))
    if kind.parent and record is not None:
        parent = getattr(record, kind.parent)
        parent_kind = find_kind(type(parent))
        if parent_kind:
            crumbs.append(Link(parent_kind.plural, parent_kind.url("list", municipality)))
            crumbs.append(Link(str(parent), parent_kind.url("detail", municipality, parent.pk)))
    else:
        crumbs.append(Link(kind.plural, kind.url("list", municipality)))
    if record is not None:
        crumbs.append(Link(record.label or str(record), kind.url("detail", municipality, record.pk)))
    if last:
        crumbs.append(Link(last, ""))
    crumbs[-1] = Link(crumbs[-1].label, "")
    return crumbs
