"""The web server's way in: `gunicorn tracker.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
# Readers leave before a slow search ends and search again: here, and only here, it is cut short.
os.environ.setdefault("TRACKER_STATEMENT_TIMEOUT", "30")

application = get_wsgi_application()
