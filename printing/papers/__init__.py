"""Documents besides the plan: one print style, one way to a valid PDF, one way to hand it out."""

from printing.papers.frame import Frame, frame_of, running_origin
from printing.papers.making import document_html, document_pdf
from printing.papers.numbering import DocumentNumbering

__all__ = ["DocumentNumbering", "Frame", "document_html", "document_pdf", "frame_of", "running_origin"]
