"""A room that only the tests have: a kind with a life, and a kind whose rows nobody sees but their author."""
