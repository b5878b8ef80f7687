"""Parts of the frame."""
