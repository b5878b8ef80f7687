"""The annual plan: content from records, chapters as HTML, the whole as a document."""
