"""The pictures of the main way side by side: ``docs/pictures/weg-tastatur.png`` and ``weg-320.png``.

``make screenshots`` takes them with the tests that walk the way; the folder they lie in is the argument.
"""

import sys
from pathlib import Path

from PIL import Image

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
COLOURS = 64  # as many as keep words readable; the sheets stay small


def sheet(pictures: list[Image.Image], *, columns: int, gap: int = 8) -> Image.Image:
    """Pictures of one size in rows."""
    width, height = (max(size) for size in zip(*(picture.size for picture in pictures), strict=True))
    rows = -(-len(pictures) // columns)
    whole = Image.new("RGB", (columns * (width + gap), rows * (height + gap)), "white")
    for number, picture in enumerate(pictures):
        whole.paste(picture, (number % columns * (width + gap), number // columns * (height + gap)))
    return whole.quantize(COLOURS)


def main(folder: Path) -> None:
    """Write both sheets of the pictures in the folder."""
    narrow = sorted(folder.glob("weg-320-*.png"), key=lambda path: (int(path.stem.split("-")[2]), path.stem))
    wide = sorted(folder.glob("weg-tastatur-*.png"))
    heads = [Image.open(path).convert("RGB") for path in narrow]
    sheet([head.crop((0, 0, 320, min(head.height, 1000))) for head in heads], columns=6).save(TARGET / "weg-320.png")
    halves = [picture.resize((picture.width // 2, picture.height // 2)) for picture in map(Image.open, wide)]
    sheet(halves, columns=4).save(TARGET / "weg-tastatur.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
