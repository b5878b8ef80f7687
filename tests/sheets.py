"""What a spreadsheet makes of the formulas of our papers: sums, sums on a condition, and cells of other sheets."""

import re
from decimal import Decimal

CELL = r"(?:'[^']+'!)?\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?"
TERM = re.compile(rf"([+-]?)(SUMIF\({CELL},{CELL},{CELL}\)|SUM\({CELL}\)|{CELL})")


def exact(value):
    """A number cell to the cent; None where there is none."""
    return None if value is None else Decimal(repr(value)).quantize(Decimal("0.01"))


def evaluated(sheet, formula: str) -> Decimal:
    """„=SUM(E5:J5)“, „=SUM(E30:J30)-K30“, „='2018'!E12“, „=SUMIF('2018'!B5:B9,A12,'2018'!K5:K9)“. Nothing else."""
    text = formula.removeprefix("=")
    terms = TERM.findall(text)
    assert "".join(sign + term for sign, term in terms) == text, formula
    found = Decimal(0)
    for sign, term in terms:
        value = sum((value_of(cell) for cell in counted(sheet, term)), Decimal(0))
        found += -value if sign == "-" else value
    return found


def counted(sheet, term: str) -> list:
    """The cells that a term adds."""
    if term.startswith("SUMIF"):
        names, wanted, amounts = (cells(sheet, part) for part in term[6:-1].split(","))
        return [amount for name, amount in zip(names, amounts, strict=True) if name.value == wanted[0].value]
    return cells(sheet, term.removeprefix("SUM(").removesuffix(")"))


def cells(sheet, address: str) -> list:
    """One cell or the cells of a range, perhaps of another sheet."""
    name, _, area = address.rpartition("!")
    found = (sheet.parent[name.strip("'")] if name else sheet)[area.replace("$", "")]
    return [cell for row in found for cell in row] if isinstance(found, tuple) else [found]


def value_of(cell) -> Decimal:
    """The number of a cell, reckoned where it is a formula."""
    if isinstance(cell.value, str):
        return evaluated(cell.parent, cell.value) if cell.value.startswith("=") else Decimal(0)
    return exact(cell.value) or Decimal(0)
