"""Drawings as SVG: geometry is computed here, markup is written by templates in templates/printing/drawings/."""
