"""Where a record page stands in the cycle."""

from typing import Any

from django.urls import reverse

from accounts.models import Municipality
from planning.records.kind import RecordKind
from planning.records.page import Link
from planning.records.registry import find_kind


def crumbs_for(kind: RecordKind, municipality: Municipality | None, record: Any = None, last: str = "") -> list[Link]:
    """Municipality › phase › kind › record; the last one has no address."""
    crumbs = []
    if municipality and kind.is_tenant:
        crumbs.append(Link(municipality.name, reverse("reporting:start", kwargs={"slug": municipality.slug})))
        if kind.phase:
            url = reverse("participation:phase", kwargs={"slug": municipality.slug, "phase": kind.phase.slug})
            crumbs.append(Link(f"{kind.phase.number} {kind.phase.short}", url))
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
