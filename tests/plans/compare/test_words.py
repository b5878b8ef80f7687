"""Words that differ are marked as whole words; hostile texts cost no time and no room."""

import random
import time

import pytest

from plans.compare.words import marked, matches, tokens
from plans.shapes import CAME, GONE, SAME, Run


def test_whole_words_are_marked():
    old, new = marked("Der Plan wird erstmals umgesetzt", "Der Plan wird jährlich fortgeschrieben")
    assert old == (Run(SAME, "Der Plan wird"), Run(GONE, "erstmals umgesetzt"))
    assert new == (Run(SAME, "Der Plan wird"), Run(CAME, "jährlich fortgeschrieben"))


def test_a_word_in_the_middle():
    old, new = marked("40 Familien bis Dezember 2018", "60 Familien bis Dezember 2018")
    assert old == (Run(GONE, "40"), Run(SAME, "Familien bis Dezember 2018"))
    assert new == (Run(CAME, "60"), Run(SAME, "Familien bis Dezember 2018"))


def test_texts_with_little_in_common_are_replaced_as_a_whole():
    old, new = marked("Der Bus fährt nicht am Abend", "In der Gemeinde fehlt Betreuung")
    assert [run.kind for run in (*old, *new)] == [GONE, CAME]


def test_common_passages_far_from_a_change_are_left_out():
    words = [f"Wort{number}" for number in range(300)]
    old, new = marked(" ".join(words), " ".join([*words[:150], "neu", *words[150:]]))
    assert [run.kind for run in new] == [SAME, CAME, SAME]
    assert len(new[0].text.split()) < 20
    assert new[0].text.startswith("… ")
    assert new[2].text.endswith(" …")
    assert old[0].text == new[0].text


def test_line_breaks_stay():
    _, new = marked("Eins zwei drei", "Eins zwei drei\n\nvier")
    assert new[-1].text == "\nvier"


@pytest.mark.parametrize("seed", range(30))
def test_common_words_are_a_longest_common_subsequence(seed):
    chance = random.Random(seed)
    old, new = ([chance.choice("abcd") for _ in range(chance.randrange(12))] for _ in range(2))
    lengths = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, first in enumerate(old):
        for j, second in enumerate(new):
            longer = max(lengths[i][j + 1], lengths[i + 1][j])
            lengths[i + 1][j + 1] = lengths[i][j] + 1 if first == second else longer
    found = matches(old, new)
    assert len(found) == lengths[-1][-1]
    assert all(old[i] == new[j] for i, j in found)
    assert found == sorted(found)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)


HOSTILE = (
    ("a " * 10_000, "a " * 9_998),
    ("a b " * 5_000, "b a a " * 3_300),
    ("x" * 20_000, "x" * 19_999 + "y"),
    (" ".join(str(n % 7) for n in range(10_000)), " ".join(str(n % 11) for n in range(10_000))),
    ("\n" * 20_000, "\n \n" * 6_000),
    (" ".join(map(str, range(30_000))), " ".join(map(str, range(30_000, 0, -1)))),
)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_texts_end_and_stay_short(number):
    started = time.process_time()
    old, new = marked(*HOSTILE[number])
    assert time.process_time() - started < 3
    assert len(old) + len(new) < 1_000
    assert sum(len(run.text) for run in (*old, *new)) < 60_000


def test_tokens_are_words_with_their_punctuation():
    assert tokens("  Ein Wort,\n\nnoch eins. ") == ["Ein", "Wort,", "\n", "noch", "eins."]
