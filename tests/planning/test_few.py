"""What is kept back of a sum over municipalities cannot be reckoned from the total and the parts that are told."""

import random

from planning.few import told_parts, too_few


def test_the_rest_of_a_total_tells_of_three_or_of_none():
    """An independent look at ten thousand tables of parts; with the first step alone some of them would tell."""
    dice, would_tell = random.Random(7), 0
    for _ in range(10_000):
        parts = {part: dice.sample(range(8), dice.randint(0, 6)) for part in range(dice.randint(1, 6))}
        told = told_parts(parts)
        assert all(len(parts[part]) >= 3 for part in told)
        rest = {place for part, places in parts.items() if part not in told for place in places}
        assert len(rest) not in (1, 2) or not told, "then the total itself is not told"
        would_tell += len({place for places in parts.values() if too_few(places) for place in places}) in (1, 2)
    assert would_tell > 1000


def test_nothing_more_is_kept_back_than_needed():
    assert told_parts({"a": [1, 2, 3], "b": [4, 5, 6, 7], "c": []}) == ["a", "b"]
    assert told_parts({"a": [1, 2, 3], "b": [4, 5, 6, 7], "c": [1]}) == ["b"]
    assert told_parts({"a": [1, 2, 3], "b": [1, 4], "c": [5]}) == ["a"]
    assert told_parts({"a": [1, 2, 3]}, is_total_told=False) == [], "alone it would be the total"
    assert told_parts({"a": [1, 2, 3], "b": [4, 5, 6, 7]}, is_total_told=False) == ["b"]
