"""Backups: database and uploads of one moment in one archive, and the way back (docs/adr/0033)."""
