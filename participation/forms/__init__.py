"""Forms of the flows of participation."""
