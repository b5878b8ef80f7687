"""Flows and pages of participation; the pages of record kinds are in records.views."""
