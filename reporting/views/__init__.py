"""Downloads of reports and papers."""
