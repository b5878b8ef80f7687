"""Bodies, sessions, resolutions, events, surveys, findings, process support: who was heard and what was decided."""
