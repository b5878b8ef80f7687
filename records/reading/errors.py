"""What a file is refused for."""

import lzma
import struct
import zipfile
import zlib

# What Python raises while it opens or unpacks a damaged package, by the way in which it was packed.
DAMAGED_PACKAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)


class Refused(ValueError):
    """The file is not taken; ``str()`` is a German sentence that says why and what to do."""
