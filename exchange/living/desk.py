"""What lies on the desks besides the records: forms begun, a barrier reported, dates of the programme."""

from datetime import date

from django.core.files.base import ContentFile
from django.http import QueryDict

from accounts.models import User
from exchange.living.calendar import Calendar, on
from exchange.living.learning import tell_one_another
from exchange.living.place import UID, Place
from overview.domain.barriers import report_barrier
from participation.models import Event, NetworkDocument, NetworkEvent
from planning.enums import Phase
from planning.models import Deadline, KeptDeadline
from records.domain.drafts import keep_draft
from records.domain.saving import create_record
from records.registry import kind_of
from records.tables.writing import xlsx_bytes

NOTE = "Beispiel der Vorführung; im Bescheid prüfen."


def lay_out(places: list[Place], calendar: Calendar, ministry: User) -> None:
    """Begun forms of those who can log in, a report for the administration, dates of the programme."""
    for place in places:
        begin_form(place, place.people.planner)
    report_barrier(
        page="/oeffentlich/",
        description="Beispiel: Mit der Tastatur komme ich in der Tabelle nicht bis zur letzten Spalte.",
        contact="",
    )
    add_deadlines(calendar, ministry)
    add_meetings(calendar, places, ministry)
    tell_one_another(places, calendar, ministry)


def begin_form(place: Place, person: User) -> None:
    """An event that somebody has begun to enter and not saved."""
    data = QueryDict(mutable=True)
    region = place.regions()[0]
    data.update(
        {
            "title": f"Auswertungstreffen {region.title}",
            "kind": "round_table",
            "begin": f"{place.calendar.ago(6):%d.%m.%Y}",
            "region": str(region.pk),
            "form_key": f"{UID}{place.municipality.ags}",
        }
    )
    path = kind_of(Event).url("create", place.municipality)
    keep_draft(actor=person, municipality=place.municipality, path=path, data=data, title="Veranstaltung anlegen")


def add_deadlines(calendar: Calendar, ministry: User) -> None:
    """The submission of the plans at work and after, where the catalogue does not reach so far."""
    for year in range(calendar.focus, calendar.focus + 2):
        if not Deadline.objects.filter(year=year, for_plan=True).exists():
            deadline = Deadline(
                title="Fortgeschriebenen Plan einreichen",
                year=year,
                due=on(date(year - 1, 11, 15)),
                phase=Phase.RESOLUTION,
                for_plan=True,
                note=NOTE,
            )
            create_record(deadline, actor=ministry)


def keep_deadlines(place: Place) -> None:
    """What was due is done, but for what was due last in every third municipality."""
    today = place.calendar.day
    due = [row for row in Deadline.objects.filter(for_plan=False) if row.due.last < today]
    for number, deadline in enumerate(sorted(due, key=lambda row: row.due.last, reverse=True)):
        if number or place.number % 3:
            place.rows.add(KeptDeadline, deadline=deadline, done_on=on(deadline.due.first), note="")


def add_meetings(calendar: Calendar, places: list[Place], ministry: User) -> None:
    """A meeting of the planners some weeks ago and the next one."""
    for days, title, summary in (
        (
            -45,
            "Netzwerktreffen der Sozialplanung im Herbst (Beispiel)",
            "Beispiel: Austausch über Beteiligung und Qualitätskriterien.",
        ),
        (
            52,
            "Netzwerktreffen der Sozialplanung zum neuen Jahr (Beispiel)",
            "Beispiel: Auswertung der Pläne und Fortschreibung.",
        ),
    ):
        event = NetworkEvent(title=title, begin=on(calendar.ahead(days)), place="Erfurt", summary=summary)
        if days < 0:
            event.documentation = "Beispiel: Was die Arbeitsgruppen festgehalten haben, steht in der Unterlage."
        stored = create_record(
            event, actor=ministry, links={"municipalities": [place.municipality for place in places]}
        )
        if days < 0:
            keep_results(stored, ministry)


def keep_results(event: NetworkEvent, ministry: User) -> None:
    """A file that documents a meeting."""
    rows = [["Beteiligung (Beispiel)", "Früh einladen, kurz fragen"], ["Kriterien (Beispiel)", "Wenige, die man zählt"]]
    file = ContentFile(xlsx_bytes("Ergebnisse", ["Gruppe", "Ergebnis"], iter(rows)), name="ergebnisse.xlsx")
    title = "Ergebnisse der Arbeitsgruppen (Beispiel)"
    create_record(NetworkDocument(event=event, title=title, file=file, original_name="ergebnisse.xlsx"), actor=ministry)
