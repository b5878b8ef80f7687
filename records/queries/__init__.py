"""Reading rows of whatever kind."""
