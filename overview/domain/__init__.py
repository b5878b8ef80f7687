"""What may be done with reported barriers."""
