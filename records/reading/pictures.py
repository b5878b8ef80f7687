"""How large a picture is, by its head: the portal never draws it, but whoever opens it should be able to."""

import struct

from records.reading.errors import Refused

MOST = 100_000_000  # pixels; four times what a good camera takes
DAMAGED = "Das Bild ist beschädigt. Speichern Sie es neu und laden Sie es noch einmal hoch."
TOO_LARGE = "Das Bild hat {} × {} Bildpunkte. Verkleinern Sie es auf höchstens 10 000 × 10 000."
NO_FRAME = frozenset({0xC4, 0xC8, 0xCC})  # markers between C0 and CF that begin no picture


def check_picture(content: bytes) -> None:
    """Refuse a picture that is too large or has no size."""
    size = size_of_png(content) if content.startswith(b"\x89PNG") else size_of_jpeg(content)
    if size is None or 0 in size:
        raise Refused(DAMAGED)
    if size[0] * size[1] > MOST:
        raise Refused(TOO_LARGE.format(*(f"{side:,}".replace(",", " ") for side in size)))


def size_of_png(content: bytes) -> tuple[int, int] | None:
    """Width and height as its first part says."""
    if content[12:16] != b"IHDR" or len(content) < 24:
        return None
    width, height = struct.unpack(">LL", content[16:24])
    return width, height


def size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    """Width and height as its frame says."""
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in NO_FRAME:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 1 if marker == 0xFF else 2 + length
    return None
