"""Places the nodes of a graph in columns so that few lines cross and most run level (Sugiyama's layers).

Columns are given; the order within a column follows the barycentre of the neighbours, in sweeps to the right and to
the left; the places are the nearest to the neighbours' that keep the order and the distance (least squares by pooling
adjacent violators). Pure geometry in drawing units, y downwards.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

SWEEPS = 8
LOOSE = 0.05  # weight of a node without lines: it fills room and pushes nobody


@dataclass(frozen=True)
class Item:
    """A node; with ``parent`` it stands below this node of the same column and stays with it."""

    key: str
    column: int
    height: float
    parent: str = ""


Edge = tuple[str, str]


def arrange(
    items: Sequence[Item], edges: Iterable[Edge], gap: float, followers: Container[int] = ()
) -> dict[str, float]:
    """The top of every node, the highest at 0; no two of a column come nearer than ``gap``.

    Columns among the ``followers`` take their order from the others and have no say in it.
    """
    layers = Layers(items, edges, gap, followers)
    best, fewest = dict(layers.centre), layers.crossings()
    for sweep in range(SWEEPS):
        layers.sweep(to_the_right=sweep % 2 == 0)
        crossings = layers.crossings()
        if crossings <= fewest:
            best, fewest = dict(layers.centre), crossings
    layers.settle(best)
    tops = {item.key: layers.centre[item.key] - item.height / 2 for item in items}
    first = min(tops.values(), default=0)
    return {key: top - first for key, top in tops.items()}


class Layers:
    """The state of a layout: the order in each column and the middle of every node."""

    def __init__(self, items: Sequence[Item], edges: Iterable[Edge], gap: float, followers: Container[int]) -> None:
        self.gap = gap
        self.items = {item.key: item for item in items}
        self.roots: dict[int, list[str]] = defaultdict(list)
        self.children: dict[str, list[str]] = defaultdict(list)
        for item in items:
            (self.children[item.parent] if item.parent else self.roots[item.column]).append(item.key)
        self.columns = [column for column in sorted(self.roots) if column not in followers]
        self.followers = [column for column in sorted(self.roots) if column in followers]
        self.edges = [edge for edge in edges if self.column(edge[0]) < self.column(edge[1])]
        self.neighbours: dict[str, list[str]] = defaultdict(list)
        for a, b in self.edges:
            self.neighbours[a] += [b] if self.column(b) not in followers else []
            self.neighbours[b] += [a] if self.column(a) not in followers else []
        self.sides: dict[tuple[str, int], list[str]] = {}
        self.centre: dict[str, float] = {}
        for column in sorted(self.roots):
            y = 0.0
            for key in self.in_order(column):
                self.centre[key] = y + self.items[key].height / 2
                y += self.items[key].height + gap

    def column(self, key: str) -> int:
        return self.items[key].column

    def tree(self, key: str) -> list[str]:
        """The node and everything below it, from the top down."""
        return [key, *(low for child in self.children[key] for low in self.tree(child))]

    def in_order(self, column: int) -> list[str]:
        return [key for root in self.roots[column] for key in self.tree(root)]

    def sweep(self, *, to_the_right: bool) -> None:
        """Order and place every column after the one before it."""
        for column in self.columns if to_the_right else reversed(self.columns):
            self.order(column, -1 if to_the_right else 1)
            self.place(column, 0)

    def settle(self, centre: dict[str, float]) -> None:
        """Keep the order of these places; from the fullest column outwards, put nodes level with their neighbours."""
        self.centre = centre
        for keys in (*self.roots.values(), *self.children.values()):
            keys.sort(key=lambda key: centre[key])
        fullest = max(self.columns, key=lambda column: len(self.in_order(column)), default=0)
        for column in self.columns:
            if column > fullest:
                self.place(column, -1)
        for column in reversed(self.columns):
            if column < fullest:
                self.place(column, 1)
        for column in self.followers:
            self.order(column, 1)
            self.place(column, 0)

    def order(self, column: int, side: int) -> None:
        """Sort the trees of a column, and what is in them, by where their neighbours stand."""
        pull = {key: self.pull(key, side) for key in self.in_order(column)}

        def wanted(key: str) -> float:
            pulls = [value for low in self.tree(key) if (value := pull[low]) is not None]
            return mean(pulls) if pulls else self.centre[key]

        self.roots[column].sort(key=wanted)
        for key in pull:
            self.children[key].sort(key=wanted)

    def near(self, key: str, side: int) -> list[str]:
        """Neighbours on the right (1), the left (-1) or both sides (0); where that side has none, on the other."""
        if (key, side) not in self.sides:
            column, every = self.column(key), self.neighbours[key]
            found = [n for n in every if (self.column(n) - column) * side > 0]
            self.sides[key, side] = found or every
        return self.sides[key, side]

    def pull(self, key: str, side: int) -> float | None:
        """Where the neighbours stand; None without neighbours."""
        near = self.near(key, side)
        return mean([self.centre[n] for n in near]) if near else None

    def place(self, column: int, side: int) -> None:
        """Every tree of the column as near as possible to its neighbours on that side."""
        blocks = [self.tree(root) for root in self.roots[column]]
        starts, weights, offsets, room = [], [], [], 0.0
        for block in blocks:
            inside, wanted = 0.0, []
            for key in block:
                middle = inside + self.items[key].height / 2
                wanted += [self.centre[n] - middle for n in self.near(key, side)]
                inside += self.items[key].height + self.gap
            starts.append((mean(wanted) if wanted else self.centre[block[0]]) - room)
            weights.append(len(wanted) or LOOSE)
            offsets.append(room)
            room += inside
        for block, start, offset in zip(blocks, monotone(starts, weights), offsets, strict=True):
            y = start + offset
            for key in block:
                self.centre[key] = y + self.items[key].height / 2
                y += self.items[key].height + self.gap

    def crossings(self) -> int:
        """How many pairs of lines between the same two columns cross."""
        found: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
        lines = (edge for edge in self.edges if not {self.column(key) for key in edge} & {*self.followers})
        for a, b in lines:
            found[self.column(a), self.column(b)].append((self.centre[a], self.centre[b]))
        return sum(inversions(lines) for lines in found.values())


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean (statistics.fmean takes ten times as long)."""
    return sum(values) / len(values)


def inversions(lines: list[tuple[float, float]]) -> int:
    """Pairs that begin in one order and end in the other."""
    seen: list[float] = []
    count = 0
    for _, end in sorted(lines):
        count += len(seen) - bisect_right(seen, end)
        insort(seen, end)
    return count


def monotone(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The nearest sequence (weighted least squares) that never falls: pool neighbours that are out of order."""
    pools: list[tuple[float, float, int]] = []  # mean, weight, number of members
    for value, weight in zip(values, weights, strict=True):
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, wa, na), (b, wb, nb) = pools[-2:]
            pools[-2:] = [((a * wa + b * wb) / (wa + wb), wa + wb, na + nb)]
    return [mean for mean, _, count in pools for _ in range(count)]
