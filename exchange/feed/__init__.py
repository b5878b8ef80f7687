"""The calendar of a person, which calendar programs subscribe to under a secret link (docs/adr/0053)."""
