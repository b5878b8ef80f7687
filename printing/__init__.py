"""From HTML to PDF, Word and pictures. Knows no record and no model."""
