"""Composition of the portal: settings, addresses, web entry point. Nobody imports this package."""
