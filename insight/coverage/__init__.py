"""Offers beside needs: the page that shows what covers what."""
