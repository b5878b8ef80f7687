"""Tables in plain text, and how a target that is missed looks in them."""

from collections.abc import Iterable


def show(title: str, rows: Iterable[list[str]]) -> None:
    """A table in plain text, first column to the left, the others to the right."""
    table = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in table) for at in range(len(table[0]))]
    print(f"\n{title}")
    for number, row in enumerate(table):
        cells = [
            cell.ljust(w) if at == 0 else cell.rjust(w) for at, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
        if number == 0:
            print("-" * (sum(widths) + 2 * len(widths) - 2))


def flag(value: float, most: float) -> str:
    """A mark where a target is missed."""
    return " !" if most and value > most else ""


def limit(value: float) -> str:
    """„≤ 6“."""
    return f"≤ {value:g}" if value else ""
