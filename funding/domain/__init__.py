"""Lives, flows and rules of money by topic; what several topics need stands beside them."""
