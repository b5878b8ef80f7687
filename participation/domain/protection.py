"""Cells of a table of answers are hidden so that nobody can work them out (docs/adr/0065).

A table holds whole numbers ≥ 0; the sums of its rows and columns are public. Whoever reads it knows what is shown, the
sums, and that nothing is negative. Between hidden cells a number may move along a closed way that adds one and takes
one in turn: what lies on no such way is known. The audit asks exactly this, in whole numbers; it is no estimate.
"""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import combinations
from math import comb

SMALLEST = 5  # answers; a smaller group is never shown
MOST_TRIALS = 500  # sets of cells that are tried for one smaller than the first that was found
Cell = tuple[int, int]
Table = Sequence[Sequence[int]]
Node = tuple[str, int]  # („row“, 3) or („column“, 0)


def protect(table: Table, smallest: int = SMALLEST) -> frozenset[Cell]:
    """The cells to hide: those from 1 to ``smallest`` − 1, and as few others as keep them from being worked out.

    Raises ValueError where a public sum is itself too small; lines are merged before (survey_tables).
    """
    if any(0 < total < smallest for total in (*map(sum, table), *map(sum, zip(*table, strict=True)))):
        raise ValueError("a line of fewer answers than may be shown")
    primary = primary_cells(table, smallest)
    if not primary or is_safe(table, primary, smallest):
        return primary
    hidden = set(primary)
    while not is_safe(table, hidden, smallest):
        hidden |= next_cells(table, hidden, smallest)
    pruned = prune(table, primary, hidden, smallest)
    return frozenset(fewest(table, primary, pruned, smallest))


def primary_cells(table: Table, smallest: int) -> frozenset[Cell]:
    """Cells that are too small to be shown. Nobody is behind a zero."""
    return frozenset(cell for cell in cells_of(table) if 0 < value(table, cell) < smallest)


def is_safe(table: Table, hidden: frozenset[Cell] | set[Cell], smallest: int) -> bool:
    """No hidden cell is known, and the hidden cells of every line are ``smallest`` together."""
    return not short_lines(table, hidden, smallest) and not known_cells(table, hidden)


def known_cells(table: Table, hidden: frozenset[Cell] | set[Cell]) -> set[Cell]:
    """Hidden cells that have one possible value: no number can move through them."""
    ways = ways_of(table, hidden)
    return {cell for cell in hidden if not can_move(table, ways, cell)}


def ways_of(table: Table, hidden: frozenset[Cell] | set[Cell]) -> dict[Node, set[Node]]:
    """From a row to a column a cell may grow; from a column to a row it may shrink, where it holds anything."""
    ways: dict[Node, set[Node]] = {}
    for row, column in hidden:
        ways.setdefault(("row", row), set()).add(("column", column))
        if table[row][column]:
            ways.setdefault(("column", column), set()).add(("row", row))
    return ways


def can_move(table: Table, ways: dict[Node, set[Node]], cell: Cell) -> bool:
    """Whether the cell can be one more or one less while all sums stay."""
    row, column = ("row", cell[0]), ("column", cell[1])
    grows = reaches(ways, column, row)
    return grows or (value(table, cell) > 0 and reaches(ways, row, column))


def reaches(ways: dict[Node, set[Node]], start: Node, end: Node) -> bool:
    """Whether a way leads there that does not go through the cell between both itself."""
    seen, open_ = {start}, [start]
    while open_:
        here = open_.pop()
        for there in ways.get(here, ()):
            if there in seen or (here, there) == (start, end):
                continue
            if there == end:
                return True
            seen.add(there)
            open_.append(there)
    return False


def short_lines(table: Table, hidden: frozenset[Cell] | set[Cell], smallest: int) -> list[set[Cell]]:
    """Hidden cells of rows and columns that are fewer than ``smallest`` answers together."""
    lines: dict[Node, set[Cell]] = {}
    for cell in sorted(hidden):
        lines.setdefault(("row", cell[0]), set()).add(cell)
        lines.setdefault(("column", cell[1]), set()).add(cell)
    return [line for line in lines.values() if sum(value(table, cell) for cell in line) < smallest]


# ---------------------------------------------------------------- what else is hidden
def next_cells(table: Table, hidden: set[Cell], smallest: int) -> set[Cell]:
    """What to hide next: the cheapest closed way through a cell that is known, or one more cell of a short line."""
    for cell in sorted(known_cells(table, hidden)):
        if way := cheapest_way(table, hidden, cell):
            return way - hidden
    for line in short_lines(table, hidden, smallest):
        rows, columns = {cell[0] for cell in line}, {cell[1] for cell in line}
        in_line = [
            cell
            for cell in cells_of(table)
            if cell not in hidden and (rows == {cell[0]} or columns == {cell[1]}) and value(table, cell)
        ]
        if in_line:
            return {min(in_line, key=lambda cell: (value(table, cell), cell))}
    return set(cells_of(table)) - hidden  # a whole table is safe, where its sums are


def cheapest_way(table: Table, hidden: set[Cell], cell: Cell) -> set[Cell]:
    """The cells of the closed way through this one that hides the fewest others, then the smallest; or none."""
    row, column = ("row", cell[0]), ("column", cell[1])
    found = [cheapest(table, hidden, column, row)]
    if value(table, cell):
        found.append(cheapest(table, hidden, row, column))
    ways = [way for way in found if way is not None]
    return min(ways)[1] | {cell} if ways else set()


def cheapest(table: Table, hidden: set[Cell], start: Node, end: Node) -> tuple[tuple[int, int], set[Cell]] | None:
    """Cost and cells of the cheapest way between two lines that avoids the cell between them (Dijkstra)."""
    heap: list[tuple[int, int, int, Node, tuple[Cell, ...]]] = [(0, 0, 0, start, ())]
    done: set[Node] = set()
    count = 0
    while heap:
        cells, total, _, here, used = heappop(heap)
        if here == end:
            return (cells, total), set(used)
        if here in done:
            continue
        done.add(here)
        for there, cell in steps_from(table, here):
            if there in done or (here, there) == (start, end):
                continue
            cost = (0, 0) if cell in hidden else (1, value(table, cell))
            count += 1
            heappush(heap, (cells + cost[0], total + cost[1], count, there, (*used, cell)))
    return None


def steps_from(table: Table, here: Node) -> Iterator[tuple[Node, Cell]]:
    """Lines that a number can move to. Zeros grow only: they cannot become less."""
    kind, at = here
    if kind == "row":
        for column in range(len(table[at])):
            yield ("column", column), (at, column)
    else:
        for row in range(len(table)):
            if table[row][at]:
                yield ("row", row), (row, at)


def prune(table: Table, primary: frozenset[Cell], hidden: set[Cell], smallest: int) -> set[Cell]:
    """Show again what need not be hidden, the largest cells first."""
    for cell in sorted(hidden - primary, key=lambda each: (-value(table, each), each)):
        if is_safe(table, hidden - {cell}, smallest):
            hidden = hidden - {cell}
    return hidden


def fewest(table: Table, primary: frozenset[Cell], hidden: set[Cell], smallest: int) -> set[Cell]:
    """A set with fewer cells, or as many with a smaller sum; found by trying all where there are not too many."""
    others = [cell for cell in cells_of(table) if cell not in primary]
    best, extra = hidden, len(hidden - primary)
    for size in range(1, extra + 1):
        if comb(len(others), size) > MOST_TRIALS:
            return best
        for chosen in combinations(others, size):
            trial = primary | set(chosen)
            if rank(table, trial) < rank(table, best) and is_safe(table, trial, smallest):
                best = set(trial)
        if len(best) == len(primary) + size:
            return best
    return best


def rank(table: Table, hidden: set[Cell] | frozenset[Cell]) -> tuple[int, int]:
    """Fewer cells are better, then smaller ones."""
    return len(hidden), sum(value(table, cell) for cell in hidden)


def cells_of(table: Table) -> Iterator[Cell]:
    """All places of the table."""
    return ((row, column) for row, line in enumerate(table) for column in range(len(line)))


def value(table: Table, cell: Cell) -> int:
    """How many answers."""
    return table[cell[0]][cell[1]]
