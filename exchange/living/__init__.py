"""A demonstration that lives: invented years of all municipalities around the day on which they are loaded."""
