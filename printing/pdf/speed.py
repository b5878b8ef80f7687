"""What makes WeasyPrint 70 quicker and smaller without changing a byte of the document (docs/adr/0007).

Only inside the worker process. tests/printing/test_render.py compares the bytes with and without.
"""

import re
import sys
import zlib
from functools import cache
from typing import Any

FUNCTION = "resolve_one_percentage"
LEVEL = 5  # zlib; the library's 9 costs a twentieth of the whole time for a fortieth of the size


def quicken() -> None:
    """Let the library resolve lengths by the quicker function, and list a document's pages once; once per process."""
    from weasyprint.layout import percent

    keep_references()
    slow = percent.resolve_one_percentage
    if slow.__module__ == __name__:
        return

    def resolve_one_percentage(box: Any, name: str, refer_to: Any) -> None:
        """The used value of a length, as the library does it; what is not plain goes to the library."""
        value = box.style[name]
        if value is not None and value != "auto":
            unit = getattr(value, "unit", None)
            if unit == "px":
                value = value.value
            elif unit == "%":
                value = refer_to * value.value / 100
            else:
                slow(box, name, refer_to)
                return
        if value == "auto" and name in ("min_width", "min_height"):
            value = 0
        setattr(box, name, value)

    for path, module in list(sys.modules.items()):
        if path.startswith("weasyprint") and getattr(module, FUNCTION, None) is slow:
            setattr(module, FUNCTION, resolve_one_percentage)


def keep_references() -> None:
    """List the pages of a PDF anew only when there are more.

    The library does so for each tag, which costs pages times tags.
    """
    from pydyf import PDF

    listed = PDF.page_references.fget
    if listed.__module__ == __name__:
        return

    def page_references(pdf: Any) -> tuple[bytes, ...]:
        """The references of all pages."""
        count, known = pdf.__dict__.get("listed_pages", (0, ()))
        if count != len(pdf.pages["Kids"]):
            known = listed(pdf)
            pdf.__dict__["listed_pages"] = len(pdf.pages["Kids"]), known
        return known

    PDF.page_references = property(page_references)


@cache
def lean_rules() -> Any:
    """The library's own style sheet without what it gives to every element and our documents never show.

    It styles six pseudo-elements of each element: call, mark and return of notes, and the marker of what is no list
    item. They are two thirds of all styles and a quarter of the memory.
    """
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle
    from weasyprint.html import UA

    rules = re.sub(r"^::(foot)?note-.*$", "", UA, flags=re.MULTILINE)
    rules = re.sub(r"^::marker", "li::marker, summary::marker", rules, flags=re.MULTILINE)
    return CSS(string=rules, counter_style=CounterStyle())


def pack_streams() -> None:
    """Let streams be compressed at a lower level, none with a carriage return at its end; once per process.

    Before the line feed ahead of ``endstream`` a last CR would be read as a part of that line's end, and the length as
    wrong (ISO 19005-3, 6.1.7.1). The blank comes after the end of the packed data, where nobody unpacks it.
    """
    import pydyf

    plain = pydyf.Stream.data.fget
    if plain.__module__ == __name__:
        return

    def data(stream: Any) -> Any:
        if not stream.compress:
            return plain(stream)
        packed = zlib.compress(b"\n".join(pydyf._to_bytes(part) for part in stream.stream), LEVEL)
        packed += b" " if packed.endswith(b"\r") else b""
        extra = pydyf.Dictionary({**stream.extra, "Filter": "/FlateDecode", "Length": len(packed)})
        return b"\n".join((extra.data, b"stream", packed, b"endstream"))

    pydyf.Stream.data = property(data)
