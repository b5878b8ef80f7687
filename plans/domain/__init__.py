"""The life of a plan and everything that is written about it."""
