"""Documents that the overview gives out."""
