"""Lists as CSV and XLSX: every field of the filtered rows, ISO dates, no cell that a spreadsheet would calculate.

records.views.table_import reads these tables again: the identifier names the record, the version tells whether it
was changed since.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django.db import models
from django.db.models import QuerySet
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from accounts.access import Access
from accounts.models import Municipality
from records.display import exchange_value, field_of, head_of, measured_by
from records.filters import Labels, read_labels
from records.kind import RecordKind
from records.models import Numbered, Record
from records.queries.links import link_pairs, related_labels
from records.queries.scope import key_of, sees, sight_of

SEPARATOR = " | "  # between the labels of links
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
CALCULATED = ("=", "#")  # how formulas and their errors begin in a sheet
IDENTIFIER, VERSION, NUMBER, UNIT = "Kennung", "Fassung", "Nummer", "Einheit"
MOST_WORDS, LAST_OFFERED = 2000, 5001
ESCAPE = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")  # would be read as a sign that XML cannot hold
VALUES = "Werte"  # the sheet that lists what columns take
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Control characters that XML 1.0 and so XLSX cannot hold.
FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def export_names(kind: RecordKind) -> list[str]:
    """Exported fields in the order of the form."""
    return kind.field_names()


def told_units(kind: RecordKind) -> list[str]:
    """The number whose unit another record says; the file tells it in a column that is not read in again."""
    return [name for name, _ in measured_by(kind.model).values()][:1]


def heads(kind: RecordKind) -> list[str]:
    """Column heads: identifier, version and number first."""
    own = [IDENTIFIER, VERSION, *[NUMBER] * is_numbered(kind.model)]
    return [*own, *[head_of(kind.model, name) for name in export_names(kind)], *[UNIT] * bool(told_units(kind))]


def table(
    kind: RecordKind, rows: QuerySet[Any], municipality: Municipality | None, access: Access
) -> Iterator[list[Any]]:
    """Values row by row, with a constant number of queries; what is related is read as text alone."""
    fields = {name: field_of(kind.model, name) for name in export_names(kind)}
    told, texts = told_units(kind), related_texts(kind, fields, municipality, access)
    told_by = tuple(measured_by(kind.model))
    rows = rows.select_related(*told_by) if told_by else rows.select_related(None)
    for record in rows:
        own = [record.uid, record.version, *([record.code] if is_numbered(kind.model) else [])]
        values = [
            texts[name].get(record.pk if field.many_to_many else getattr(record, field.attname), "")
            if field.is_relation
            else exchange_value(field, record.said(name))
            for name, field in fields.items()
        ]
        yield [*own, *values, *(record.unit_of(name) for name in told)]


def related_texts(
    kind: RecordKind, fields: dict[str, Any], municipality: Municipality | None, access: Access
) -> dict[str, dict[int, str]]:
    """By relation: the label by key of the related record, or for links the labels by key of the record itself."""
    sight, user = sight_of(access, municipality), key_of(access)
    related = {name: field for name, field in fields.items() if field.is_relation}
    offered = read_labels(kind, list(related), municipality, access)
    texts: dict[str, dict[int, str]] = {}
    for name, field in related.items():
        rows = related_labels(field.related_model, sight).run(municipality, user=user)
        labels = texts[name] = {pk: offered[name].get(pk, label) for pk, label in rows}
        if field.many_to_many:
            owners: dict[int, list[int]] = defaultdict(list)
            for owner, target in link_pairs(kind.model, name).run(municipality):
                owners[target].append(owner)
            listed: dict[int, list[str]] = defaultdict(list)
            for target, label in labels.items():
                for owner in owners.get(target, ()):
                    listed[owner].append(label)
            texts[name] = {owner: SEPARATOR.join(found) for owner, found in listed.items()}
    return texts


def is_numbered(model: type[Record]) -> bool:
    """True where records have a number of their own („M 14“)."""
    return issubclass(model, Numbered)


def exported(
    kind: RecordKind, rows: QuerySet[Any], access: Access, labels: Labels
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Each record, complete, with its exported values by field, with a constant number of queries.

    ``labels`` name the related records that the person sees, as the form offers them.
    """
    fields = {name: field_of(kind.model, name) for name in export_names(kind)}
    single = [name for name, f in fields.items() if f.is_relation and not f.many_to_many]
    many = [name for name, f in fields.items() if f.many_to_many]
    for record in rows.select_related(*kind.model.str_related, *single).prefetch_related(*many):
        values: dict[str, Any] = {}
        for name, field in fields.items():
            if field.many_to_many:
                targets = [target for target in getattr(record, name).all() if sees(access, target)]
                values[name] = SEPARATOR.join(labels[name].get(target.pk, text_of(target)) for target in targets)
            elif field.is_relation:
                target = getattr(record, name)
                is_seen = target and sees(access, target)
                values[name] = labels[name].get(target.pk, text_of(target)) if is_seen else ""
            else:
                values[name] = exchange_value(field, record.said(name))
        yield record, values


def text_of(target: Any) -> str:
    """The label of a related record without further queries."""
    return str(getattr(target, "label", "") or target)


def harmless(value: Any) -> Any:
    """A text that begins like a formula gets an apostrophe in front, as spreadsheets do themselves."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value


def csv_bytes(heads_: list[str], rows: Iterator[list[Any]]) -> bytes:
    """Semicolons, decimal commas and a byte order mark, as German Excel reads it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads_)
    for row in rows:
        writer.writerow([str(v).replace(".", ",") if isinstance(v, Decimal) else harmless(v) for v in row])
    return buffer.getvalue().encode("utf-8-sig")


def values_of(kind: RecordKind, municipality: Municipality | None, access: Access) -> dict[str, list[str]]:
    """By head: the words that a column takes, for the choice lists of the template."""
    fields = {name: field_of(kind.model, name) for name in export_names(kind)}
    labels = read_labels(kind, [name for name, field in fields.items() if field.is_relation], municipality, access)
    found: dict[str, list[str]] = {}
    for name, field in fields.items():
        if field.is_relation:
            words = list(dict.fromkeys(labels[name].values()))
        elif isinstance(field, models.BooleanField):
            words = ["ja", "nein"]
        else:
            words = [str(label) for code, label in field.flatchoices or () if code not in ("", None)]
        if words:
            found[head_of(kind.model, name)] = words[:MOST_WORDS]
    return found


def offer_values(book: Workbook, sheet: Any, heads_: list[str], taken: dict[str, list[str]]) -> None:
    """A sheet with what columns take, and choice lists in the cells; several in one cell may still be written."""
    listed = book.create_sheet(VALUES)
    listed.append(list(taken))
    for line in zip_longest(*taken.values()):
        listed.append([harmless(word) for word in line])
    for place, (head, words) in enumerate(taken.items(), start=1):
        letter, column = get_column_letter(place), get_column_letter(heads_.index(head) + 1)
        choice = DataValidation(
            type="list", formula1=f"={VALUES}!${letter}$2:${letter}${len(words) + 1}", allow_blank=True
        )
        choice.showErrorMessage = False
        choice.add(f"{column}2:{column}{LAST_OFFERED}")
        sheet.data_validations.append(choice)


def xlsx_bytes(
    title: str, heads_: list[str], rows: Iterator[list[Any]], taken: dict[str, list[str]] | None = None
) -> bytes:
    """A sheet with a fixed bold head, and with ``taken`` choice lists; texts stay texts, whatever they begin with."""
    book = Workbook(write_only=True)
    book.properties.creator = "LSZ-Portal"
    sheet = book.create_sheet(title.translate(dict.fromkeys(map(ord, "[]:*?/\\"), " "))[:31])
    sheet.freeze_panes = "A2"

    def cell(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = ESCAPE.sub("_x005F_x", value.translate(FORBIDDEN))
        return text_cell(text) if text.startswith(CALCULATED) else text

    def text_cell(text: str) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, text)
        made.data_type = "s"
        return made

    row_of_heads = [text_cell(head) for head in heads_]
    for made in row_of_heads:
        made.font = Font(bold=True)
    sheet.append(row_of_heads)
    for row in rows:
        sheet.append([cell(value) for value in row])
    if taken:
        offer_values(book, sheet, heads_, taken)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
