"""Time and memory of pages and documents, side by side with the floor of the same run. Not part of the test suite."""
