"""Pages of funding; those of its record kinds are made by records."""
