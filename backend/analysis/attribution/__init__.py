"""Who stands behind an account: third accounts, money passed on."""
