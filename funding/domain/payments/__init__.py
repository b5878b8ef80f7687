"""Payments to Träger, and what a late one bears as interest."""
