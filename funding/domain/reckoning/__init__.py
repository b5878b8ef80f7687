"""What is reckoned, pure: decimals and days in and out, no models, no floats (docs/adr/0037)."""
