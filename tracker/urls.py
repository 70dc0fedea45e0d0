"""Which door is behind which address."""

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from tracker.api.calendars import DUE, Due
from tracker.api.claim_reviews import vocabulary
from tracker.api.codebooks import CodebookOf, corrections, current
from tracker.api.documentation import docs, for_agents, schema
from tracker.api.fact_checks import ClaimsSearch
from tracker.api.feeds import FeedOf
from tracker.api.health import health, live
from tracker.api.mementos import TimeGate, TimeMap
from tracker.api.metrics import metrics
from tracker.api.reply_page import ReplyPage
from tracker.domain.claim_reviews import VERSION

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="home"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("tracker.api.urls")),
    path("api/schema/", schema, name="schema"),
    path("api/llms.txt", for_agents, name="agents"),
    path("api/docs/", docs, name="docs"),
    path("health/", health, name="health"),
    path("health/live/", live, name="health-live"),
    path("health/ready/", health, name="health-ready"),
    path("metrics", metrics, name="metrics"),
    path("codebook/", current),
    path("codebook/<version>/", CodebookOf.as_view(), name="codebook"),
    path("corrections/", corrections, name="corrections"),
    path(f"terms/{VERSION}/", vocabulary, name="vocabulary"),
    path("factcheck/claims:search", ClaimsSearch.as_view(schema=None)),
    path("factcheck/v1alpha1/claims:search", ClaimsSearch.as_view(schema=None)),
    path("reply/<token>/", ReplyPage.as_view(), name="reply"),
    path("feeds/<name>.atom", FeedOf.as_view(), name="feed"),
    path("feeds/<token>/due.ics", Due.as_view(), name=DUE),
    # Whatever address is asked for, one with a line's end, too, is answered in our own words.
    re_path(r"^timegate/(?P<url>(?s:.+))\Z", TimeGate.as_view(), name="timegate"),
    re_path(r"^timemap/(?P<form>[^/]+)/(?P<url>(?s:.+))\Z", TimeMap.as_view(), name="timemap"),
]
