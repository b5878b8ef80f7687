"""Findings as they are sorted: those of one event, session, survey, source or document, or all that are still open."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Municipality
from participation.enums import EventKind, FindingOrigin
from participation.models import Event, Finding, Session, Survey
from planning.models import ActionField, DataSource, Document, LifePhase, Need, PlanningRegion
from planning.queries.cycles import current_cycle
from records.text import whole_number

MOST_LINES = 600  # on one page; more are named and wait for the next
INTERVIEWS = {EventKind.INTERVIEW, EventKind.GROUP_INTERVIEW}


@dataclass(frozen=True)
class Origin:
    """Where findings come from: a kind of origin and, where it is kept, the record itself.

    ``parameter`` names the record in addresses (``?veranstaltung=6``), ``field`` in the model.
    """

    code: str
    field: str = ""
    parameter: str = ""
    record: Any = None

    @property
    def query(self) -> str:
        """``veranstaltung=6``; empty without a record."""
        return f"{self.parameter}={self.record.pk}" if self.record else ""

    @property
    def key(self) -> str:
        """The value in a select: ``event:6``, or ``interview`` without a record."""
        return f"{self.field}:{self.record.pk}" if self.record else self.code

    @property
    def label(self) -> str:
        """„Externe Steuerungsgruppe: 2. Sitzung, 12.10.2016“."""
        when = getattr(self.record, "held_on", None) or getattr(self.record, "begin", None)
        place = f"{self.record.body}: " if self.field == "session" else ""
        return f"{place}{self.record}" + (f", {when}" if when else "")

    @property
    def region(self) -> PlanningRegion | None:
        """The region of the event."""
        return getattr(self.record, "region", None)

    def values(self) -> dict[str, Any]:
        """The fields of a finding that say where it comes from."""
        return {"origin": self.code} | ({self.field: self.record} if self.record else {})


# Model, field of the finding, name in addresses, kind of origin.
SOURCES: tuple[tuple[Any, str, str, str], ...] = (
    (Event, "event", "veranstaltung", FindingOrigin.EVENT),
    (Session, "session", "sitzung", FindingOrigin.SESSION),
    (Survey, "survey", "befragung", FindingOrigin.SURVEY),
    (DataSource, "data_source", "datenquelle", FindingOrigin.DATA_SOURCE),
    (Document, "document", "dokument", FindingOrigin.DOCUMENT),
)
RELATED = {Event: ("region",), Session: ("body",)}


def origin_of(record: Any) -> Origin:
    """The origin that a record stands for; an interview is an event of its own kind."""
    _, field, parameter, code = next(source for source in SOURCES if isinstance(record, source[0]))
    if isinstance(record, Event) and record.kind in INTERVIEWS:
        code = FindingOrigin.INTERVIEW
    return Origin(str(code), field, parameter, record)


def origins(municipality: Municipality) -> list[tuple[str, list[Origin]]]:
    """All records that findings can come from, by the German name of their kind, the latest first (five queries)."""
    found = []
    for model, *_ in SOURCES:
        date = {Session: "held_on", Event: "begin", Survey: "begin"}.get(model)
        order = F(date).desc(nulls_last=True) if date else F("sort_key").asc()
        rows = model._default_manager.filter(municipality=municipality).select_related(*RELATED.get(model, ()))
        found.append((str(model._meta.verbose_name_plural), [origin_of(row) for row in rows.order_by(order, "pk")]))
    return found


def asked_origin(municipality: Municipality, query: Any) -> tuple[Origin | None, bool]:
    """The origin that an address names, and False where it names one that does not exist here."""
    for model, _, parameter, _ in SOURCES:
        if parameter in query:
            rows = model._default_manager.filter(municipality=municipality).select_related(*RELATED.get(model, ()))
            pk = whole_number(query[parameter])
            record = rows.filter(pk=pk).first() if pk is not None else None
            return (origin_of(record), True) if record else (None, False)
    return None, True


def findings_to_sort(municipality: Municipality, origin: Origin | None) -> QuerySet[Finding]:
    """The findings of an origin in the order of their entry; without one, those without Handlungsfeld or need."""
    rows = Finding.objects.filter(municipality=municipality)
    if origin:
        rows = rows.filter(**{origin.field: origin.record})
    else:
        used = Finding.needs.through.objects.filter(finding=OuterRef("pk"))
        rows = rows.filter(Q(action_field__isnull=True) | ~Exists(used))
    rows = rows.annotate(need_count=Count("needs")).select_related("action_field", "region")
    return rows.prefetch_related("life_phases").order_by("pk")


def statements_of(municipality: Municipality, origin: Origin) -> list[str]:
    """What findings of the same record say already; without a record nothing can be said twice."""
    if not origin.record:
        return []
    rows = Finding.objects.filter(municipality=municipality, **{origin.field: origin.record})
    return list(rows.values_list("text", flat=True))


def valid_fields(used: Iterable[ActionField] = ()) -> list[ActionField]:
    """The Handlungsfelder in force today and those in use, by number."""
    day = timezone.localdate()
    rows = ActionField.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    )
    return sorted({*rows, *used}, key=lambda found: (found.number, found.title))


def life_phases() -> list[LifePhase]:
    """The Lebensphasen in force today, in their order."""
    today = timezone.localdate()
    return [phase for phase in LifePhase.objects.order_by("number", "pk") if phase.holds((today, today))]


def regions_of(municipality: Municipality) -> list[PlanningRegion]:
    """The municipality's regions by name."""
    return list(PlanningRegion.objects.filter(municipality=municipality).order_by("sort_key"))


def needs_of_cycle(municipality: Municipality) -> list[Need]:
    """The needs of the current cycle by name."""
    cycle = current_cycle(municipality)
    return list(Need.objects.filter(cycle=cycle).order_by("sort_key")) if cycle else []
