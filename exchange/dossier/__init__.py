"""One municipality as one documented JSON file, and the data that come with the portal. See docs/dossier.md."""
