"""What the pages of planning show, computed from records."""
