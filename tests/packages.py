"""Packed files as they arrive, whole and damaged."""

import io
import zipfile


def zipped(*files, way=zipfile.ZIP_DEFLATED):
    """A package of (name, content)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def damaged(heads, way=zipfile.ZIP_DEFLATED):
    """A packed CSV with these heads; some bytes of what is packed are others."""
    rows = "".join(f"{number};{number * 7919 % 1000};Zeile\n" for number in range(20_000))
    content = bytearray(zipped(("tabelle.csv", heads + rows.encode()), way=way))
    content[80:140] = bytes(byte ^ 0x5A for byte in content[80:140])
    return bytes(content)
