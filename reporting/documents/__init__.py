"""Documents besides the plan: one print style, one way to a valid PDF, one way to hand it out."""

from reporting.documents.frame import Frame, frame_of
from reporting.documents.making import document_html, document_pdf
from reporting.documents.numbering import DocumentNumbering

__all__ = ["DocumentNumbering", "Frame", "document_html", "document_pdf", "frame_of"]
