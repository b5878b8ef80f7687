"""Reading for start pages and the ministry's pages."""
