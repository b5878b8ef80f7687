"""Tags of drawings and documents about one municipality."""
