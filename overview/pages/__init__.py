"""What pages of records show of the overview, as plain data."""
