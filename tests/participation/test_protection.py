"""Hidden cells cannot be worked out: worked examples, and a check that finds bounds in a way of its own."""

import random

import pytest

from participation.domain.protection import is_safe, primary_cells, protect

REGIONS = ((31, 24, 12, 9), (18, 3, 22, 14), (7, 6, 11, 2), (6, 8, 5, 10))
SMALL = ((2, 10, 3), (12, 4, 9), (1, 8, 6))


class Sums:
    """Sums of rows and columns that whole numbers ≥ 0 in the open cells have to give (Ford-Fulkerson)."""

    def __init__(self, rows, columns, open_):
        self.left, self.room, self.sent = list(rows), list(columns), {}
        self.by_row = {row: [column for at, column in open_ if at == row] for row, _ in open_}

    def push(self, row, seen):
        """The way from a row to a column with room, and how much goes there."""
        for column in self.by_row.get(row, ()):
            if column in seen:
                continue
            seen.add(column)
            if self.room[column]:
                return [(row, column, 1)], self.room[column]
            for other in range(len(self.left)):
                further = self.push(other, seen) if self.sent.get((other, column)) else None
                if further:
                    way = [(row, column, 1), (other, column, -1), *further[0]]
                    return way, min(self.sent[other, column], further[1])
        return None

    def fit(self):
        if min([*self.left, *self.room]) < 0 or sum(self.left) != sum(self.room):
            return False
        for row in range(len(self.left)):
            while self.left[row]:
                found = self.push(row, set())
                if not found:
                    return False
                amount = min(found[1], self.left[row])
                for at, column, sign in found[0]:
                    self.sent[at, column] = self.sent.get((at, column), 0) + sign * amount
                self.room[found[0][-1][1]] -= amount
                self.left[row] -= amount
        return True


def bounds(table, hidden, cell):
    """The least and the greatest value that a hidden cell can have for somebody who sees the rest."""
    rows = [sum(table[r][c] for r, c in hidden if r == row) for row in range(len(table))]
    columns = [sum(table[r][c] for r, c in hidden if c == column) for column in range(len(table[0]))]

    def fits(number):
        less_row, less_column = rows.copy(), columns.copy()
        less_row[cell[0]] -= number
        less_column[cell[1]] -= number
        return Sums(less_row, less_column, hidden - {cell}).fit()

    fitting = [number for number in range(min(rows[cell[0]], columns[cell[1]]) + 1) if fits(number)]
    return fitting[0], fitting[-1]


def is_known(table, hidden, cell):
    """Neither one more nor one less is possible."""
    rows = [sum(table[r][c] for r, c in hidden if r == row) for row in range(len(table))]
    columns = [sum(table[r][c] for r, c in hidden if c == column) for column in range(len(table[0]))]
    for number in (table[cell[0]][cell[1]] - 1, table[cell[0]][cell[1]] + 1):
        less_row, less_column = rows.copy(), columns.copy()
        less_row[cell[0]] -= number
        less_column[cell[1]] -= number
        if number >= 0 and Sums(less_row, less_column, hidden - {cell}).fit():
            return False
    return True


def test_four_cells_protect_the_table_of_regions():
    primary = primary_cells(REGIONS, 5)
    assert primary == {(1, 1), (2, 3)}
    assert [bounds(REGIONS, primary, cell) for cell in sorted(primary)] == [(3, 3), (2, 2)]
    hidden = protect(REGIONS)
    assert hidden == {(1, 1), (1, 3), (2, 1), (2, 3)}
    assert [bounds(REGIONS, hidden, cell) for cell in sorted(hidden)] == [(1, 9), (8, 16), (0, 8), (0, 8)]


def test_four_small_cells_protect_none_of_each_other():
    primary = primary_cells(SMALL, 5)
    assert len(primary) == 4
    assert all(is_known(SMALL, primary, cell) for cell in primary)
    hidden = protect(SMALL)
    assert hidden > primary
    assert not [cell for cell in hidden if is_known(SMALL, hidden, cell)]


def test_zeros_large_cells_and_a_table_that_only_a_whole_hides():
    assert protect(((0, 7), (9, 12))) == frozenset()
    assert protect(((3, 2), (2, 97))) == {(0, 0), (0, 1), (1, 0), (1, 1)}
    with pytest.raises(ValueError, match="fewer"):
        protect(((3, 0), (0, 97)))


def invented(random_):
    """A table whose sums are public: none is 1 to 4."""
    while True:
        rows, columns = random_.randint(2, 12), random_.randint(2, 8)
        high = random_.choice((3, 8, 20, 60))
        table = [[max(0, random_.randint(-2, high)) for _ in range(columns)] for _ in range(rows)]
        sums = [*map(sum, table), *map(sum, zip(*table, strict=True))]
        if not any(0 < each < 5 for each in sums):
            return table


def known_in(count, seed, hide):
    """In how many of the invented tables somebody can work out a hidden cell."""
    random_ = random.Random(seed)
    found = 0
    for _ in range(count):
        table = invented(random_)
        hidden = set(hide(table))
        found += any(is_known(table, hidden, cell) for cell in hidden)
        assert all(cell in hidden for cell in primary_cells(table, 5))
    return found


def test_no_hidden_cell_of_invented_tables_is_known():
    assert known_in(150, 1, protect) == 0
    assert known_in(150, 1, lambda table: primary_cells(table, 5)) > 20  # the first step alone


@pytest.mark.long
def test_no_hidden_cell_of_ten_thousand_tables_is_known():
    assert known_in(10_000, 2, protect) == 0


def test_lines_hide_five_answers_together():
    random_ = random.Random(3)
    for _ in range(100):
        table = invented(random_)
        hidden = protect(table)
        assert is_safe(table, hidden, 5)
        for lines in (table, [*zip(*table, strict=True)]):
            turned = hidden if lines is table else {(c, r) for r, c in hidden}
            for at, line in enumerate(lines):
                chosen = [line[c] for r, c in turned if r == at]
                assert not chosen or sum(chosen) >= 5
