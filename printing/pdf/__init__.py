"""The process that draws PDFs, and what it adds to WeasyPrint."""
