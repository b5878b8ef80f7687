"""Reading people and roles."""
