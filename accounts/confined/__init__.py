"""Processes in which what others wrote is handled, with limits of time and memory (docs/adr/0028)."""
