"""Saving, batches, drafts and tables being read in."""
