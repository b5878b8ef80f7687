"""Pages of accounts: log-in, own account, people and roles."""
