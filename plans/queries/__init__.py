"""Reading of plans and their editions."""
