"""Flows and pages of participation; the pages of record kinds are in planning.records."""
