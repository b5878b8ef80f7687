"""Tags of all pages: numbers, choices, tables."""
