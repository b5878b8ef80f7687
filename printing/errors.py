"""What can go wrong while a document is made; the texts are German sentences for the person at the page."""


class RenderError(Exception):
    """A document could not be made."""


class RenderUnavailable(RenderError):
    """The system lacks a library that PDF output needs; everything else works without it."""


class RenderTooLarge(RenderError):
    """The document needed more time or memory than allowed."""
