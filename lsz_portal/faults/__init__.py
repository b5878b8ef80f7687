"""When something around the portal fails: what it is (causes), and what the person is told (answers)."""
