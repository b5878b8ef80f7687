"""The stored patterns are those of the dictionary; a broken file does no harm."""

import pyphen
import pytest

from printing.hyphenation import load_patterns

pytestmark = pytest.mark.slow

WORDS = ("Pflegebedürftigkeit", "Steuerungsgruppe", "Maßnahmenziel", "Landratsamt")


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(pyphen, "hdcache", {})


def hyphenated():
    return [pyphen.Pyphen(lang="de").inserted(word) for word in WORDS]


def test_stored_patterns_hyphenate_like_parsed_ones(tmp_path):
    parsed = hyphenated()
    assert "-" in parsed[0]
    for _ in range(2):  # stores, then reads
        pyphen.hdcache.clear()
        load_patterns(str(tmp_path))
        assert pyphen.hdcache
        assert hyphenated() == parsed
    assert [path.suffix for path in tmp_path.iterdir()] == [".marshal"]


def test_a_broken_file_is_replaced(tmp_path):
    load_patterns(str(tmp_path))
    (stored,) = tmp_path.iterdir()
    whole = stored.read_bytes()
    stored.write_bytes(b"broken")
    pyphen.hdcache.clear()
    load_patterns(str(tmp_path))
    assert stored.read_bytes() == whole


@pytest.mark.parametrize("folder", ["", "/proc/nowhere"])
def test_without_a_folder_pyphen_parses_itself(folder):
    load_patterns(folder)
    assert hyphenated()
