"""The application as a table file: made empty for a call or filled from an application, and read in again.

What is read becomes the draft of the form on which applications are entered; nothing is stored before that is saved.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from funding.enums import Channel, MoneySource, Promise
from funding.forms.entry import FIELDS, MOST_ROWS
from funding.models import Call, FundingApplication
from funding.queries.budget import kinds_not_eligible
from funding.queries.cost_kinds import kinds_of_cost
from planning.enums import CriterionKind
from records.display import label_of
from records.tables.files import TypedTable
from records.tables.writing import xlsx_bytes
from records.text import fold

HEADS = ["Feld", "Eintrag", "Art", "Berechnung oder Einheit", "Betrag oder Zielwert"]
TEXTS = (
    "title",
    "applicant",
    "legal_form",
    "address",
    "contact",
    "email",
    "phone",
    "iban",
    "account_holder",
    "starts_on",
    "ends_on",
    "description",
    "need_text",
    "approach",
    "cooperation",
    "sustainability",
    "other_applications",
)
# The first word of a row, its table in the form, and what its four cells mean there.
ROWS: dict[str, tuple[str, tuple[str, str, str, str]]] = {
    "Ausgabe": ("ausgaben", ("title", "cost_kind", "basis", "amount")),
    "Finanzierung": ("finanzierung", ("giver", "source", "promise", "amount")),
    "Kriterium": ("kriterien", ("title", "kind", "unit", "target")),
}
EMPTY_ROWS = {"Ausgabe": 10, "Finanzierung": 5, "Kriterium": 3}
NO_TABLE = (
    "Das ist kein Antragsformular des Portals: Die erste Zeile heißt dort „Feld“ und "
    "„Eintrag“. Laden Sie das Formular neu herunter."
)


def choices_of() -> dict[str, dict[str, str]]:
    """What stands in „Art“ and „Berechnung oder Einheit“, by label, with the value of the form (one query)."""
    kinds = {fold(title): str(pk) for pk, title in kinds_of_cost(timezone.localdate())}
    found: dict[str, dict[str, str]] = {"cost_kind": kinds}
    for name, choices in (("source", MoneySource), ("promise", Promise), ("kind", CriterionKind)):
        found[name] = {fold(str(label)): str(code) for code, label in choices.choices}
    return found


def empty_form(call: Call) -> bytes:
    """The file that a Träger fills in; the sheet is named after the call."""
    return xlsx_bytes(call.title, HEADS, iter(rows_of(None)))


def filled_form(application: FundingApplication) -> bytes:
    """The file with what the application says."""
    return xlsx_bytes(application.title, HEADS, iter(rows_of(application)))


def rows_of(application: FundingApplication | None) -> Iterator[list[Any]]:
    """A row for each text, then those of costs, financing and criteria."""
    for name in TEXTS:
        value = getattr(application, name) if application else ""
        yield [label_of(FundingApplication, name), value if value is not None else ""]
    if application is None:
        for word, count in EMPTY_ROWS.items():
            yield from ([word] for _ in range(count))
        return
    for cost in application.costs.select_related("cost_kind"):
        yield ["Ausgabe", cost.title, str(cost.cost_kind), cost.basis, cost.amount]
    for row in application.finances.all():
        yield ["Finanzierung", row.giver, row.get_source_display(), row.get_promise_display(), row.amount]
    for each in application.criteria.all():
        yield ["Kriterium", each.title, each.get_kind_display(), each.unit, each.target]


def read_form(table: TypedTable, call: Call) -> tuple[QueryDict, list[str]]:
    """The fields of the form as a browser would send them, and sentences about what was not understood.

    Raises ValueError with a German sentence where the file is another table.
    """
    if [fold(head) for head in table.heads[:2]] != [fold(head) for head in HEADS[:2]]:
        raise ValueError(NO_TABLE)
    data, unclear = QueryDict(mutable=True), list[str]()
    data.update(
        {"call": str(call.pk), "project_class": call.project_class, "year": str(call.year), "channel": Channel.FILE}
    )
    names = {fold(label_of(FundingApplication, name)): name for name in TEXTS}
    choices, numbers = choices_of(), dict.fromkeys((prefix for prefix, _ in ROWS.values()), 0)
    for row in table.rows:
        cells = [cell.text.strip() for cell in row.cells] + [""] * len(HEADS)
        unclear += [f"Zeile {row.number}: {cell.problem}" for cell in row.cells if cell.problem]
        if name := names.get(fold(cells[0])):
            data[name] = cells[1]
        elif cells[0] in ROWS and any(cells[1:]):
            unclear += put_row(data, row.number, cells, choices, numbers)
        elif cells[0] not in ROWS and any(cells):
            unclear.append(
                f"Zeile {row.number}: „{cells[0]}“ ist kein Feld des Formulars. Lassen Sie die erste "
                "Spalte, wie sie war."
            )
    mark_eligible(data, numbers["ausgaben"])
    for prefix, _, _, _, count in FIELDS:
        data[f"{prefix}-TOTAL_FORMS"] = str(min(MOST_ROWS, max(numbers[prefix], count)))
        data[f"{prefix}-INITIAL_FORMS"] = "0"
    return data, unclear


def mark_eligible(data: QueryDict, costs: int) -> None:
    """The file does not say what is eligible: its kind does (one query)."""
    others = kinds_not_eligible()
    for place in range(costs):
        if data.get(f"ausgaben-{place}-cost_kind") not in others:
            data[f"ausgaben-{place}-eligible"] = "on"


def put_row(
    data: QueryDict, number: int, cells: list[str], choices: dict[str, dict[str, str]], numbers: dict[str, int]
) -> Iterable[str]:
    """A row of a table into the fields; returns what of it was not understood."""
    prefix, fields = ROWS[cells[0]]
    place = numbers[prefix]
    numbers[prefix] += 1
    unclear = []
    for name, text in zip(fields, cells[1:], strict=False):
        value = text
        if name in choices and text:
            value = choices[name].get(fold(text), "")
            if not value:
                unclear.append(
                    f"Zeile {number}: „{text}“ steht nicht zur Wahl. Nehmen Sie einen Eintrag aus der Liste der Zelle."
                )
        if value:
            data[f"{prefix}-{place}-{name}"] = value
    if prefix == "finanzierung" and f"{prefix}-{place}-promise" not in data:
        data[f"{prefix}-{place}-promise"] = Promise.ASKED
    return unclear
