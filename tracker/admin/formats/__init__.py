"""How dates are written on every page, whatever the locale: ISO 8601."""
