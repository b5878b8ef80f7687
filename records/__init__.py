"""Keeping records of whatever kind. Names no kind, no phase, no page of another room."""
