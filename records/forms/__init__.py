"""The form of a record, and form fields shared by all rooms."""
