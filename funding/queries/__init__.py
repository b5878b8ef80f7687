"""Reading: querysets that several pages share."""
