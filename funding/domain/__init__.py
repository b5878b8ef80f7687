"""The rules of money, pure: frozen dataclasses in and out, without models, floats and divisions (docs/adr/0037)."""
