"""Reading: what pages and documents of reporting show, as frozen data."""
