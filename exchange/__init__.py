"""Dossier and invented data; later statistics and surveys read in."""
