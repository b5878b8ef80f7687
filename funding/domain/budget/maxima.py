"""The greatest grants of all municipalities in a year: read from what was typed or pasted, stored together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import Municipality, User
from planning.models import FundingRule
from records.amounts import Amount, read_euro
from records.domain.saving import create_record, update_record
from records.text import fold, sort_key

UNKNOWN = "„{}“ ist keine Kommune des Programms. Schreiben Sie den Namen oder den Schlüssel."
NO_AMOUNT = "In dieser Zeile steht kein Betrag: „{}“."


@dataclass
class Typed:
    """What stands in the fields by municipality, and what of a pasted table was not understood."""

    texts: dict[int, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def places_in(year: int) -> list[Municipality]:
    """The municipalities of the programme that there are in the year, by name."""
    return sorted(Municipality.objects.current(date(year, 1, 1)), key=lambda place: sort_key(place.name))


def read_pasted(text: str, places: Iterable[Municipality]) -> Typed:
    """Lines of a table with name or key, and the amount in the last cell; a line of heads is passed over."""
    known: dict[str, int] = {}
    for place in places:
        known |= {fold(name): place.pk for name in (place.name, place.full_name, place.ags)}
    found = Typed()
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    for number, line in enumerate(lines):
        cells = [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]
        pk = next((known[fold(cell)] for cell in cells if fold(cell) in known), None)
        is_amount = isinstance(read_euro(cells[-1]), Amount)
        if pk is not None and len(cells) > 1:
            found.texts[pk] = cells[-1]
        elif number or is_amount:
            found.problems.append(UNKNOWN.format(cells[0]) if is_amount else NO_AMOUNT.format(line.strip()))
    return found


def stored_maxima(year: int) -> dict[int, FundingRule]:
    """The rules of single municipalities in a year, by municipality."""
    rows = FundingRule.objects.filter(year=year, applies_to__isnull=False).order_by("pk")
    return {row.applies_to_id: row for row in rows if row.applies_to_id is not None}


@transaction.atomic
def store_maxima(year: int, amounts: Mapping[int, Decimal | None], note: str, actor: User) -> int:
    """Write what is new or changed, each with its own history row; returns how many. An emptied field is no limit.

    Raises PermissionDenied, ValidationError, StaleRecord.
    """
    stored, written = stored_maxima(year), 0
    for place, amount in amounts.items():
        row = stored.get(place)
        if row is None:
            if amount is not None:
                create_record(FundingRule(year=year, applies_to_id=place, maximum_grant=amount, note=note), actor=actor)
                written += 1
        elif row.maximum_grant != amount:
            row.maximum_grant, row.note = amount, note or row.note
            update_record(row, version=row.version, actor=actor)
            written += 1
    return written
