"""Documents besides the plan: one print style, one way to a valid PDF, one way to hand it out."""

from printing.documents.frame import Frame, frame_of
from printing.documents.making import document_html, document_pdf
from printing.documents.numbering import DocumentNumbering

__all__ = ["DocumentNumbering", "Frame", "document_html", "document_pdf", "frame_of"]
