"""What can go wrong before there is a database to ask."""


class ClusterError(Exception):
    """The private PostgreSQL cannot be started; the message says what to do."""
