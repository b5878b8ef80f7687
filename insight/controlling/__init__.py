"""Controlling of a year: one page that leads through all measures, and what is said of goals and needs."""
