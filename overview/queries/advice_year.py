"""What process support there was in a year in the municipalities of an adviser."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from accounts.models import Municipality
from participation.enums import HintState, SupportKind
from participation.models import Hint, SupportRecord
from participation.queries.hints import hints_in

HEADS = (
    "Kommune",
    "Art",
    "Gegenstand",
    "Beginn",
    "Ende",
    "Phase",
    "Durch",
    "Ergebnis",
    "Nächster Termin",
    "Worum es dann geht",
    "Beispiel",
)


@dataclass
class PlaceYear:
    """A municipality's year: support by kind, its records, hints by state."""

    place: Municipality
    records: list[SupportRecord] = field(default_factory=list)
    hints: Counter[str] = field(default_factory=Counter)

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """How often each kind of support was given or asked for, in the order of the catalogue."""
        counted = Counter(record.kind for record in self.records)
        return [(str(kind.label), counted[kind]) for kind in SupportKind if counted[kind]]

    @property
    def hints_given(self) -> int:
        """Hints of the year, whatever became of them."""
        return sum(self.hints.values())

    @property
    def hints_settled(self) -> int:
        """Those that wait for nobody."""
        return self.hints[HintState.SETTLED]

    @property
    def is_example(self) -> bool:
        """Whether something invented stands in it."""
        return any(record.is_example for record in self.records)


def years_of_advice(places: list[Municipality], today: date) -> list[int]:
    """The years in which there was support, and this one; the newest first (one query)."""
    rows = SupportRecord.objects.filter(municipality__in=places).values_list("begin", "end", "next_on")
    found = {when.year for row in rows for when in row if when is not None}
    return sorted({year for year in found if year <= today.year} | {today.year}, reverse=True)


def year_of_advice(places: list[Municipality], year: int) -> list[PlaceYear]:
    """Every municipality by name, also one without support in the year (two queries)."""
    found = {place.pk: PlaceYear(place) for place in places}
    rows = SupportRecord.objects.filter(municipality__in=places).order_by("begin", "pk")
    for record in rows:
        if touches(record, year):
            found[record.municipality_id].records.append(record)
    for hint in hints_in(places):
        if timezone.localtime(hint.created_at).year == year:
            found[hint.municipality_id].hints[hint.state] += 1
    return list(found.values())


def touches(record: SupportRecord | Hint, year: int) -> bool:
    """Whether the time of the support reaches into the year; without a date the day counts on which it was entered."""
    begin, end = getattr(record, "begin", None), getattr(record, "end", None)
    if begin is None and end is None:
        return timezone.localtime(record.created_at).year == year
    dates = [when for when in (begin, end) if when is not None]
    return bool(dates[0].first.year <= year <= dates[-1].last.year)


def table_of(lines: Iterable[PlaceYear]) -> list[list[str]]:
    """The year as rows of a table."""
    return [
        [
            line.place.name,
            record.get_kind_display(),
            record.subject,
            str(record.begin or ""),
            str(record.end or ""),
            record.get_phase_display(),
            record.given_by,
            record.result,
            str(record.next_on or ""),
            record.next_subject,
            "ja" if record.is_example else "",
        ]
        for line in lines
        for record in line.records
    ]
