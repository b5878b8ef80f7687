"""What the exchange adds to the portal."""

from accounts.registered import AccountWay, register_account_way

register_account_way(AccountWay("Kalender", "exchange:calendar", "calendar"))
