"""Pages of the site itself: health, imprint, data protection, accessibility, design."""
