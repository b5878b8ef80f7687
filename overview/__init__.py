"""What people see first and what waits for them."""
