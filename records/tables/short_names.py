"""Whether a text is a short form of a name: „LK Kyff.“ of „Landkreis Kyffhäuserkreis“, „JA“ of „Jugendamt“."""

import re

from records.text import fold

SIGNS = re.compile(r"[^a-z0-9.]+")
# Short forms whose letters do not begin the parts of the word.
KNOWN = {
    "lk": "landkreis",
    "kv": "kreisverband",
    "ov": "ortsverband",
    "lv": "landesverband",
    "vhs": "volkshochschule",
    "kita": "kindertagesstaette",
    "vg": "verwaltungsgemeinschaft",
    "sv": "sportverein",
    "ja": "jugendamt",
    "sa": "sozialamt",
    "ga": "gesundheitsamt",
    "gs": "grundschule",
    "fz": "familienzentrum",
    "mgh": "mehrgenerationenhaus",
    "eb": "erziehungsberatung",
    "drk": "deutsches rotes kreuz",
    "awo": "arbeiterwohlfahrt",
    "asb": "arbeiter samariter bund",
}
FILLING = frozenset(
    ["e", "v", "ev", "e.v.", "gmbh", "ggmbh", "der", "die", "das", "des", "und", "fuer", "im", "in", "am"]
)


def words_of(text: str) -> list[str]:
    """The words of a name, folded, without what says nothing."""
    return [word for word in SIGNS.split(fold(text)) if word and word.strip(".") and word not in FILLING]


def shortens(text: str, name: str) -> bool:
    """Whether each word of a text stands for one or more words of the name, in their order."""
    parts, words = words_of(text), words_of(name)
    return bool(parts) and parts != words and len(fold(text)) < len(fold(name)) and fits(parts, words)


def abbreviates(text: str, name: str) -> bool:
    """Whether a text is no more than a short form: „JA“, „LK Kyff.“, but not „Kinder“ of „Kinder und Jugendliche“."""
    words = words_of(name)
    short = (part.endswith(".") or part in KNOWN or len(part) < 4 for part in words_of(text) if part not in words)
    return shortens(text, name) and any(short)


def fits(parts: list[str], words: list[str]) -> bool:
    """Whether the parts can be laid over the words from the left; words may be left out."""
    if not parts:
        return True
    part, rest = parts[0], parts[1:]
    for place, word in enumerate(words):
        for taken in meant_words(part.rstrip("."), words[place:], is_cut=part.endswith(".")):
            if fits(rest, words[place + taken :]):
                return True
        if not rest and word == part:
            return True
    return False


def meant_words(part: str, words: list[str], *, is_cut: bool) -> list[int]:
    """How many of the words, from the first, a part may stand for."""
    found = [1] if words[0] == part or ((is_cut or len(part) >= 4) and words[0].startswith(part)) else []
    long = KNOWN.get(part, "").split()
    if long and [word[: len(each)] for word, each in zip(words, long, strict=False)] == long:
        found.append(len(long))
    if 1 < len(part) <= len(words) and all(word[0] == sign for word, sign in zip(words, part, strict=False)):
        found.append(len(part))
    return found
