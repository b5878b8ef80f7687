"""Who may act where: people, municipalities as tenants, roles, and the three gates of access."""
