"""Who was heard, how and with what result."""
