"""The Finanzplan of a year: life, comparison, maxima, the next year."""
