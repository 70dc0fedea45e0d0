"""PostgreSQL without a set-up step: a private cluster, started by whoever needs it first."""
