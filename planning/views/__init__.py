"""Flows of planning; the pages of record kinds are in records.views."""
