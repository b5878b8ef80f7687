"""Decisions about applications: life, proposal, quotas, notices."""
