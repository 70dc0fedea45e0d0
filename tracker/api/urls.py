"""The addresses of the nouns, /api/v1/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from tracker.api.people import Organisations, People
from tracker.api.topics import Topics

NOUNS = (People, Organisations, Topics)
router = SimpleRouter()
for noun in NOUNS:
    router.register(noun.basename, noun, basename=noun.basename)

urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
