"""Reading: what bodies and participation know about planning content."""
