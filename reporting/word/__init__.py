"""The plan as an editable Word document, drawn from the same content as the PDF."""

from reporting.word.document import plan_docx, version_docx

__all__ = ["plan_docx", "version_docx"]
