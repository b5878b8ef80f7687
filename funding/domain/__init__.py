"""Lives, flows and rules of money; what reckons is pure: decimals in and out, no floats (docs/adr/0037)."""
