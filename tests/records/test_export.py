"""CSV and XLSX: complete, in exchange form, and nothing in them is calculated."""

import csv
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from planning.models import Measure, Need, PlannerPost, Provider, TargetGroup
from records.registry import kind_of
from records.tables import writing as export
from tests.factories import make, make_kind
from tests.kinds import kinds_for_all

pytestmark = pytest.mark.usefixtures("quiet")
FORMULA = "=cmd|' /C calc'!A0"
PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "\r\n=", "\t=", " =")


def csv_rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def xlsx_cells(content: bytes) -> list[list]:
    return [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows()]


def dangerous(cells: list[str]) -> list[str]:
    """Cells that a spreadsheet would calculate."""
    return [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) and not is_number(cell)]


def is_number(text: str) -> bool:
    return text.replace(",", "").removeprefix("-").isdecimal()


@kinds_for_all
def test_no_text_becomes_a_formula(cast, kind):
    who = "planner" if kind.is_tenant else "ministry"
    for prefix in ("=", "@", "\t="):
        make_kind(kind, cast.home, text=f"{prefix}1+1")
    answers = {page: cast.client(who).get(kind.url(page, cast.home)).content for page in ("csv", "xlsx")}
    assert [cell for row in csv_rows(answers["csv"]) for cell in dangerous(row)] == []
    assert [c.value for row in xlsx_cells(answers["xlsx"]) for c in row if c.data_type == "f"] == []


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_beginning_of_a_formula_is_harmless(cast, prefix):
    make(TargetGroup, cast.home, title=f"{prefix}1+1", description=f"{prefix}{FORMULA}")
    kind, client = kind_of(TargetGroup), cast.client()
    rows = csv_rows(client.get(kind.url("csv", cast.home)).content)
    assert [cell for row in rows for cell in dangerous(row)] == []
    cells = xlsx_cells(client.get(kind.url("xlsx", cast.home)).content)
    assert {cell.data_type for row in cells for cell in row} <= {"s", "n", "b"}
    assert any(
        str(cell.value).lstrip("'").startswith(prefix.replace("\r\n", "\n").replace("\r", "\n"))
        or prefix[0] in "\r\t\n"
        for row in cells
        for cell in row
    )


def test_formulas_in_labels_of_relations_are_harmless(cast):
    provider = make(Provider, cast.home, title=FORMULA)
    need = make(Need, cast.home, title=FORMULA)
    make(Measure, cast.home, provider=provider, needs=[need])
    kind = kind_of(Measure)
    rows = csv_rows(cast.client().get(kind.url("csv", cast.home)).content)
    assert [cell for row in rows for cell in dangerous(row)] == []
    assert f"'{FORMULA}" in rows[1]


def test_unguarded_cells_are_found(cast, monkeypatch):
    monkeypatch.setattr(export, "harmless", lambda value: value)
    make(TargetGroup, cast.home, title=FORMULA)
    rows = csv_rows(cast.client().get(kind_of(TargetGroup).url("csv", cast.home)).content)
    assert [cell for row in rows for cell in dangerous(row)] == [FORMULA]


def test_exports_hold_every_field_in_exchange_form(cast):
    measure = make(Measure, cast.home, title="Maßnahme; mit „Zeichen“", end=None)
    kind, client = kind_of(Measure), cast.client()
    heads, row = csv_rows(client.get(kind.url("csv", cast.home)).content)
    found = dict(zip(heads, row, strict=True))
    assert len(heads) == len(kind.field_names()) + 3
    assert heads[:3] == ["Kennung", "Fassung", "Nummer"]
    assert (found["Kennung"], found["Nummer"], found["Maßnahme"]) == (measure.uid, "M 1", "Maßnahme; mit „Zeichen“")
    assert (found["Beginn"], found["Stand"]) == (measure.begin.iso, "Idee")
    assert "bisherige Angabe" not in ",".join(heads)
    make(PlannerPost, cast.home, full_time_equivalent=Decimal("1.5"))
    kind, extent = kind_of(PlannerPost), "Umfang (VzÄ)"
    heads, row = csv_rows(client.get(kind.url("csv", cast.home)).content)
    assert dict(zip(heads, row, strict=True))[extent] == "1,50"
    cells = {
        head.value: cell.value
        for head, cell in zip(*xlsx_cells(client.get(kind.url("xlsx", cast.home)).content), strict=True)
    }
    assert float(cells[extent]) == 1.5


def test_exports_follow_search_and_filter(cast):
    make(Need, cast.home, title="Kita am Abend", priority="high")
    make(Need, cast.home, title="Bus am Abend", priority="low")
    kind, client = kind_of(Need), cast.client()
    for query, titles in {"?q=kita": 1, "?q=abend": 2, "?priority=low": 1, "?q=nichts": 0}.items():
        assert len(csv_rows(client.get(kind.url("csv", cast.home) + query).content)) == titles + 1


def test_control_characters_do_not_break_the_workbook(cast):
    """Texts are stored without them now; what was stored before may have some."""
    group = make(TargetGroup, cast.home)
    TargetGroup.objects.filter(pk=group.pk).update(title="vor\x0b\x1fnach")
    cells = xlsx_cells(cast.client().get(kind_of(TargetGroup).url("xlsx", cast.home)).content)
    assert "vornach" in [cell.value for cell in cells[1]]
