"""Synthetic municipalities for benchmarks: the same numbers always give the same rows. See the command seed_load."""
