"""Records as table files, out and in."""
