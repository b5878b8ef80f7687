"""Municipality, cycle, inventory, needs, goals and measures: what is planned."""
