"""Tables as people have them: put out of a list, changed, and read in again."""

import csv
import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from planning.models import Need
from records.registry import kind_of
from tests.factories import make
from tests.html import read_form

Table = list[list[Any]]


def exported(cast, kind, form="xlsx") -> Table:
    """The list as it is put out: heads and rows."""
    content = cast.client().get(kind.url(form, cast.home)).content
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    return [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]


def xlsx(table: Table) -> SimpleUploadedFile:
    book, buffer = Workbook(), io.BytesIO()
    for row in table:
        book.active.append(row)
    book.save(buffer)
    return SimpleUploadedFile("liste.xlsx", buffer.getvalue())


def csv_file(table: Table) -> SimpleUploadedFile:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows(table)
    return SimpleUploadedFile("liste.csv", buffer.getvalue().encode("utf-8-sig"))


def read_in(cast, kind, file, who="planner"):
    return cast.client(who).post(kind.url("import", cast.home), {"file": file}, follow=True)


def confirm(cast, kind, response, who="planner"):
    number = read_form(response.content).values["vorgang"][0]
    return cast.client(who).post(kind.url("import", cast.home), {"vorgang": number})


def result(response) -> tuple[int, int, int, int]:
    """Additions, changes, unchanged rows, errors."""
    checked = response.context["preview"].checked
    return checked.additions, checked.changes, checked.unchanged, checked.errors


def errors(response) -> dict[tuple[int, str], str]:
    """Sentences by row and column; those about a whole row under an empty column."""
    rows = response.context["preview"].checked.rows
    found = {(row.number, cell.label): cell.error for row in rows for cell in row.cells if cell.error}
    return found | {(row.number, ""): " ".join(row.errors) for row in rows if row.errors}


def column(table: Table, head: str) -> int:
    return table[0].index(head)


def table_of_needs(cast, *titles: str) -> Table:
    for title in titles:
        make(Need, cast.home, title=title, priority="low")
    return exported(cast, kind_of(Need))


def zipped(entries: dict[str, bytes]) -> bytes:
    """A package with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return buffer.getvalue()
