"""Pages of every kind of record."""
