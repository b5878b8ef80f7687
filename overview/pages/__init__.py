"""What pages show of the overview, as plain data."""
