"""Tags of printed documents."""
