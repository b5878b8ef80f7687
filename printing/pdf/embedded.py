"""Whether the data that a PDF was drawn from are inside of it, byte by byte."""

import zlib
from collections.abc import Iterator

HEAD = 256  # bytes


def holds(pdf: bytes, content: bytes) -> bool:
    """Whether one of the packed streams in a PDF is exactly these bytes.

    An embedded file is a stream of its own (ISO 32000-1, 7.11.4), so no library is needed to find it.
    """
    return any(_unpacks_to(packed, content) for packed in _streams(pdf))


def _streams(pdf: bytes) -> Iterator[memoryview]:
    """The bytes after every ``stream`` keyword; ``endstream`` ends with the same word and begins nothing."""
    view, place = memoryview(pdf), pdf.find(b"stream")
    while place != -1:
        begin = place + len(b"stream")
        if not pdf.endswith(b"end", 0, place):
            yield view[begin + (2 if pdf.startswith(b"\r\n", begin) else 1) :]
        place = pdf.find(b"stream", begin)


def _unpacks_to(packed: memoryview, content: bytes) -> bool:
    """Unpack a little first: most streams begin otherwise. Never unpacks more than is compared."""
    unpacking = zlib.decompressobj()
    try:
        head = unpacking.decompress(packed[:HEAD], len(content) + 1)
        if not content.startswith(head[:HEAD]):
            return False
        rest = unpacking.unconsumed_tail + bytes(packed[HEAD:])
        return head + unpacking.decompress(rest, len(content) + 1) == content
    except zlib.error:
        return False
