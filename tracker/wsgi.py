"""The web server's way in: `gunicorn tracker.wsgi`."""

import gc
import os
from contextlib import suppress

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from tracker.environment import metrics_folder

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
# Readers leave before a slow search ends and search again: here, and only here, it is cut short.
os.environ.setdefault("TRACKER_STATEMENT_TIMEOUT", "30")
with suppress(OSError):
    # Before prometheus_client is imported: it decides then where it counts.
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(metrics_folder(settings.VAR)))

application = get_wsgi_application()
# What is loaded by now stays. To look through all of it for garbage would take a tenth of a second,
# each time at the cost of some request.
get_resolver().reverse_dict  # noqa: B018  # the views, too, which the first request would load
gc.collect()
gc.freeze()
