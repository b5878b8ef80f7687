"""What funding adds to the pages of the rooms below."""
