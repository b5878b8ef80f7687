"""Parts of letters: sections, tables, and Textbausteine of a place and a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from funding.domain.reckoning.steps import CENT, NOTHING, total
from funding.enums import TextPlace
from funding.models import FundingApplication, TextBlock
from records.amounts import written

Cell = dict[str, Any]
Blocks = dict[str, list[str]]


def words(text: object) -> Cell:
    """A cell with words."""
    return {"text": str(text), "amount": False}


def money(value: Decimal | None) -> Cell:
    """A cell with an amount in euro: in cents, or with the further places that it has; nothing is rounded away."""
    if value is None:
        return {"text": "", "amount": True}
    cents = value.quantize(CENT)
    return {"text": written(cents if cents == value else value), "amount": True}


def table(caption: str, columns: Sequence[tuple[str, bool]], rows: Iterable[list[Cell]], sums: list[Cell]) -> Any:
    """A table; ``sums`` is its last row, empty for none."""
    return {"caption": caption, "columns": [list(each) for each in columns], "rows": list(rows), "total": sums}


def amounts(caption: str, label: str, rows: Iterable[tuple[list[str], Decimal]], more: tuple[str, ...] = ()) -> Any:
    """A table of amounts with its sum: what, further columns, euro."""
    found = list(rows)
    columns = [(label, False), *((each, False) for each in more), ("Euro", True)]
    body = [[*map(words, cells), money(amount)] for cells, amount in found]
    sums = [words("Summe"), *(words("") for _ in more), money(total(amount for _, amount in found) or NOTHING)]
    return table(caption, columns, body, sums)


def section(heading: str, paragraphs: Iterable[str] = (), tables: Iterable[Any] = ()) -> dict[str, Any]:
    """A section of a letter."""
    return {"heading": heading, "paragraphs": [text for text in paragraphs if text.strip()], "tables": list(tables)}


def said(sections: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without those that say nothing."""
    return [each for each in sections if each["paragraphs"] or each["tables"]]


def blocks_of(application: FundingApplication, day: date) -> Blocks:
    """The Textbausteine that hold on the day for the class, by place and in their order (one query)."""
    rows = TextBlock.objects.filter(municipality=application.municipality, valid_from__lte=day)
    rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
    rows = rows.filter(Q(project_class="") | Q(project_class=application.project_class))
    found: Blocks = {place: [] for place in TextPlace.values}
    for block in rows.order_by("position", "pk"):
        found[block.place].append(block.text)
    return found
