"""The thread as a drawing: where every node and every line is (docs/product.md §11; drawn by drawings/_thread.html)."""

from dataclasses import dataclass
from itertools import pairwise

from insight.thread.net import STATION_NAMES, Net, Node, Station
from printing.drawings.layers import Item, arrange
from printing.drawings.text import shorten, wrap

WIDTH, HEAD, BOTTOM = 1080, 40, 12
WIDTHS = (150, 172, 198, 166, 96, 148)
BETWEEN = (WIDTH - sum(WIDTHS)) / (len(WIDTHS) - 1)
NODE_HEIGHT, GAP, INDENT, PASSAGE = 44, 10, 12, 4
TEXT_SIZE, NOTE_SIZE, PADDING = 13, 12, 8
LINES = (18, 35)  # base lines of the two lines of a node


@dataclass(frozen=True)
class Line:
    """A line of text in a node; a note is smaller."""

    text: str
    y: str
    is_note: bool = False


@dataclass(frozen=True)
class Box:
    """A placed node."""

    node: Node
    x: float
    y: float
    width: float
    lines: tuple[Line, ...]

    @property
    def classes(self) -> str:
        """State of the node as classes."""
        return "gap" if self.node.is_gap else "here" if self.node.is_here else ""

    @property
    def middle(self) -> float:
        return self.y + NODE_HEIGHT / 2


@dataclass(frozen=True)
class Stroke:
    """A line between two nodes; dotted where one of them is missing."""

    start: str
    end: str
    path: str
    is_gap: bool


@dataclass(frozen=True)
class Head:
    """The name of a column."""

    x: float
    text: str


@dataclass(frozen=True)
class Drawing:
    """Everything the template writes."""

    uid: str
    title: str
    description: str
    width: int
    height: int
    heads: tuple[Head, ...]
    boxes: tuple[Box, ...]
    strokes: tuple[Stroke, ...]


def left_of(station: int) -> float:
    """Where a column begins."""
    return sum(WIDTHS[:station]) + BETWEEN * station


def at(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def draw(net: Net, *, title: str, uid: str = "faden") -> Drawing:
    """Lay out the net."""
    depth: dict[str, int] = {}
    for key, node in net.nodes.items():
        depth[key] = depth[node.parent] + 1 if node.parent else 0
    items = [Item(key, node.station, NODE_HEIGHT, node.parent) for key, node in net.nodes.items()]
    chains = [chain_of(net, a, b) for a, b in net.edges]
    items += [Item(key, column, PASSAGE) for chain in chains for key, column in chain[1:-1]]
    steps = [(a, b) for chain in chains for (a, _), (b, _) in pairwise(chain)]
    tops = arrange(items, steps, GAP, followers={Station.PROOF})
    boxes = {key: box_of(node, tops[key] + HEAD, depth[key]) for key, node in net.nodes.items()}
    strokes = [branch(boxes[node.parent], boxes[key]) for key, node in net.nodes.items() if node.parent]
    strokes += [stroke(boxes, chain, tops) for chain in chains]
    height = max((box.y + NODE_HEIGHT for box in boxes.values()), default=HEAD)
    return Drawing(
        uid=uid,
        title=title,
        description="Spalten von den Belegen bis zum Ergebnis; gestrichelt, was fehlt. Dasselbe als Liste.",
        width=WIDTH,
        height=round(height + BOTTOM),
        heads=tuple(Head(left_of(index), name) for index, name in enumerate(STATION_NAMES)),
        boxes=tuple(boxes.values()),
        strokes=tuple(strokes),
    )


def chain_of(net: Net, a: str, b: str) -> list[tuple[str, int]]:
    """A line with a passage through every column that lies between its ends."""
    first, last = net.nodes[a].station, net.nodes[b].station
    passages = [(f"{a}>{b}@{column}", column) for column in range(first + 1, last)]
    return [(a, int(first)), *passages, (b, int(last))]


def box_of(node: Node, y: float, depth: int) -> Box:
    """A node with its words; goals under goals are indented."""
    x, width = left_of(node.station) + INDENT * depth, WIDTHS[node.station] - INDENT * depth
    room = width - 2 * PADDING
    second = node.note or node.verb
    if second:
        texts = [shorten(node.title, room, TEXT_SIZE), shorten(second, room, NOTE_SIZE)]
    else:
        texts = two_lines(node.title, room)
    places = LINES if len(texts) > 1 else ((LINES[0] + LINES[1]) / 2,)
    lines = (
        Line(text, at(y + place), bool(second) and index > 0)
        for index, (text, place) in enumerate(zip(texts, places, strict=True))
    )
    return Box(node, x, y, width, tuple(lines))


def two_lines(text: str, room: float) -> list[str]:
    """The text in at most two lines; what does not fit is cut."""
    lines = wrap(text, room, TEXT_SIZE)
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    return [shorten(line, room, TEXT_SIZE) for line in lines]


def stroke(boxes: dict[str, Box], chain: list[tuple[str, int]], tops: dict[str, float]) -> Stroke:
    """A line in level curves, straight through its passages."""
    first, last = boxes[chain[0][0]], boxes[chain[-1][0]]
    x, y = first.x + first.width, first.middle
    path = [f"M{at(x)} {at(y)}"]
    for key, column in chain[1:-1]:
        level = tops[key] + HEAD + PASSAGE / 2
        path.append(curve(x, y, left_of(column), level))
        x, y = left_of(column) + WIDTHS[column], level
        path.append(f"H{at(x)}")
    path.append(curve(x, y, last.x, last.middle))
    return Stroke(chain[0][0], chain[-1][0], "".join(path), first.node.is_gap or last.node.is_gap)


def curve(x: float, y: float, to_x: float, to_y: float) -> str:
    """From here to there, leaving and arriving level."""
    bend = (to_x - x) / 2
    return f"C{at(x + bend)} {at(y)} {at(to_x - bend)} {at(to_y)} {at(to_x)} {at(to_y)}"


def branch(above: Box, below: Box) -> Stroke:
    """The line from a goal down to one under it."""
    path = f"M{at(above.x + INDENT / 2)} {at(above.y + NODE_HEIGHT)}V{at(below.middle)}H{at(below.x)}"
    return Stroke(above.node.key, below.node.key, path, False)
