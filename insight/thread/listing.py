"""The thread as a list: one entry per need with everything that hangs on it, in the order of the stations."""

from dataclasses import dataclass

from insight.thread.net import STATION_NAMES, Net, Node, Station

AFTER = (Station.GOAL, Station.MEASURE, Station.MONEY, Station.RESULT)


@dataclass(frozen=True)
class Entry:
    """A node in the list; ``depth`` of a goal under goals, ``of`` the measure to which money or a result belongs."""

    node: Node
    depth: int = 0
    of: str = ""


@dataclass(frozen=True)
class Column:
    """A station with its entries; ``empty`` says why there is none."""

    name: str
    entries: tuple[Entry, ...]
    empty: str = ""


@dataclass(frozen=True)
class Thread:
    """A need (or what stands for a missing one) with its stations."""

    head: Node
    columns: tuple[Column, ...]


def threads_of(net: Net) -> tuple[Thread, ...]:
    """One thread for each need, then those that hang on no need."""
    heads = [node for node in net.nodes.values() if node.station == Station.NEED]
    targets = net.targets()
    origins: dict[str, list[str]] = {}
    for a, b in net.edges:
        origins.setdefault(b, []).append(a)
    return tuple(
        thread_of(net, head, targets, origins.get(head.key, [])) for head in sorted(heads, key=lambda n: n.is_gap)
    )


def thread_of(net: Net, head: Node, targets: dict[str, list[str]], proofs: list[str]) -> Thread:
    """Follow the lines from the need."""
    found = {head.key}
    waiting = [head.key]
    measure_of: dict[str, str] = {}
    while waiting:
        key = waiting.pop()
        for target in targets[key]:
            is_measure = net.nodes[key].station == Station.MEASURE
            measure_of[target] = net.nodes[key].title if is_measure else measure_of.get(key, "")
            if target not in found:
                found.add(target)
                waiting.append(target)
    found |= {above for key in found for above in goals_above(net, key)}
    nodes = [node for key, node in net.nodes.items() if key in found]
    several = sum(node.station == Station.MEASURE for node in nodes) > 1
    evidence = tuple(Entry(net.nodes[key]) for key in proofs)
    columns = [Column(STATION_NAMES[Station.PROOF], evidence, "" if evidence else "folgt aus dem Bedarf")]
    for station in AFTER:
        entries = tuple(
            Entry(
                node, len(goals_above(net, node.key)), measure_of.get(node.key, "") if several and station > 3 else ""
            )
            for node in nodes
            if node.station == station
        )
        columns.append(Column(STATION_NAMES[station], entries, "" if entries else empty_words(station)))
    return Thread(head, tuple(columns))


def goals_above(net: Net, key: str) -> list[str]:
    """The goals above a goal, up to the Leitziel."""
    found = []
    while key := net.nodes[key].parent:
        found.append(key)
    return found


def empty_words(station: Station) -> str:
    """Why a station has nothing although nothing is said to be missing there."""
    return "unmittelbar durch die Maßnahme" if station == Station.GOAL else "folgt aus der Maßnahme"
