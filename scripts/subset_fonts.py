"""Cut the screen fonts down to what German pages need: ``.venv/bin/python scripts/subset_fonts.py``.

Reads KERN's Fira Sans (130 KB a face) and writes ``static/fonts/`` (15 KB a face). Other characters come from the full
files, which browsers load only where one occurs (``unicode-range`` in static/css/fonts.css; docs/adr/0008).
"""

import shutil
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "static" / "vendor" / "kern" / "fonts" / "fira-sans"
TARGET = ROOT / "static" / "fonts"
FACES = ("Regular", "Italic", "Medium", "SemiBold")
# Latin, Latin-1, Latin Extended-A, Romanian, capital sharp s, spaces, dashes, quotes, arrows, signs of calculation.
RANGES = (
    "U+20-7E,U+A0-17F,U+218-21B,U+1E9E,U+2002-200B,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,"
    "U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2116,U+2122,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265"
)
FEATURES = ["calt", "ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum"]


def main() -> None:
    """Write the four faces and their licence."""
    TARGET.mkdir(exist_ok=True)
    shutil.copyfile(SOURCE / "OFL.txt", TARGET / "OFL.txt")
    for face in FACES:
        options = subset.Options(
            flavor="woff2", layout_features=FEATURES, name_IDs=["*"], hinting=False, recalc_timestamp=False
        )
        font = subset.load_font(SOURCE / f"FiraSans-{face}.woff2", options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=subset.parse_unicodes(RANGES))
        subsetter.subset(font)
        target = TARGET / f"FiraSans-{face}.woff2"
        subset.save_font(font, target, options)
        print(f"{target.relative_to(ROOT)}: {target.stat().st_size / 1000:.1f} KB")


if __name__ == "__main__":
    main()
