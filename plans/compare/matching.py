"""Which entry of the old plan is which entry of the new one.

1. The same record, or copies that go back to the same record (Fortschreibung): ``uid`` and ``origin`` of plan.json.
2. Among the rest: the same title on the same level, first within the same Handlungsfeld, then anywhere.
3. Among what is left, only where identity cannot decide: similar titles in the same Handlungsfeld and on the same
   level. It can decide where both records have an identifier and the plans belong to one cycle, and for a copy whose
   original is known; then two similar entries are two entries.
"""

from collections import defaultdict
from collections.abc import Callable

from plans.compare.entries import Entry
from plans.compare.words import likeness
from records.text import fold

SIMILAR = 0.65  # share of common words of two titles
MOST_PAIRS = 40_000  # of titles that are compared word by word: two seconds at most
LONGEST_TITLE = 400  # characters


def paired(old: list[Entry], new: list[Entry], *, same_cycle: bool) -> list[tuple[Entry | None, Entry | None]]:
    """Pairs in the order of the new plan; what was dropped stands behind the entry it stood behind."""
    partner: dict[int, int] = {}  # index of the new entry by index of the old one
    taken: set[int] = set()

    def pair_by(key_of: Callable[[Entry], object]) -> None:
        waiting = defaultdict(list)
        for index, entry in enumerate(new):
            if index not in taken and key_of(entry):
                waiting[entry.section, key_of(entry)].append(index)
        for index, entry in enumerate(old):
            found = waiting.get((entry.section, key_of(entry))) if index not in partner and key_of(entry) else None
            if found:
                partner[index] = found.pop(0)
                taken.add(partner[index])

    pair_by(lambda entry: entry.key)
    pair_by(lambda entry: (fold(entry.title), entry.place) if entry.title.strip() else None)
    pair_by(lambda entry: fold(entry.title) if entry.title.strip() else None)
    for first, second in similar(old, new, partner, taken, same_cycle=same_cycle):
        if first not in partner and second not in taken:
            partner[first] = second
            taken.add(second)
    return in_order(old, new, partner)


def similar(
    old: list[Entry], new: list[Entry], partner: dict[int, int], taken: set[int], *, same_cycle: bool
) -> list[tuple[int, int]]:
    """Candidates by likeness, the most similar first."""
    left = defaultdict(list)
    for index, entry in enumerate(old):
        if index not in partner:
            left[entry.section, entry.place].append(index)
    right = [index for index in range(len(new)) if index not in taken]
    pairs = [(first, second) for second in right for first in left[new[second].section, new[second].place]]
    pairs = [
        (first, second)
        for first, second in pairs
        if not (old[first].key and new[second].key and (same_cycle or new[second].copied))
    ]
    if len(pairs) > MOST_PAIRS:
        return []
    scored = [
        (likeness(fold(old[first].title)[:LONGEST_TITLE], fold(new[second].title)[:LONGEST_TITLE]), first, second)
        for first, second in pairs
    ]
    ordered = sorted((item for item in scored if item[0] >= SIMILAR), key=lambda item: (-item[0], item[1], item[2]))
    return [(first, second) for _, first, second in ordered]


def in_order(old: list[Entry], new: list[Entry], partner: dict[int, int]) -> list[tuple[Entry | None, Entry | None]]:
    """The new plan's order with the dropped entries in between."""
    original = {second: old[first] for first, second in partner.items()}
    behind: dict[int, list[Entry]] = defaultdict(list)
    place = -1
    for index, entry in enumerate(old):
        if index in partner:
            place = partner[index]
        else:
            behind[place].append(entry)
    result: list[tuple[Entry | None, Entry | None]] = [(entry, None) for entry in behind[-1]]
    for index, entry in enumerate(new):
        result.append((original.get(index), entry))
        result += [(dropped, None) for dropped in behind[index]]
    return result
