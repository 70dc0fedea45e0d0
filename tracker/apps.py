"""The one Django app."""

from django.apps import AppConfig


class TrackerConfig(AppConfig):
    """Names the app and brings its system checks along."""

    name = "tracker"
    verbose_name = "Expert claims"

    def ready(self) -> None:
        """Register the checks."""
        # Checks look at models, which exist only from here on.
        from tracker import checks  # noqa: F401  registering is its effect
