"""A document's HTML as an editable Word file."""
