"""What the pages of funding show, computed from records."""
