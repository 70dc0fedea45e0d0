"""The addresses of the nouns, /api/v1/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path
from rest_framework.routers import SimpleRouter

from tracker.api import exports, pictures
from tracker.api.agreements import Agreements
from tracker.api.anchorings import Anchorings
from tracker.api.base import Noun
from tracker.api.calendars import Calendars
from tracker.api.captures import Captures
from tracker.api.claims import Claims
from tracker.api.comparisons import AnyComparison, ScoreComparison
from tracker.api.distortions import Distortions
from tracker.api.documents import Quotations, Snapshots, Sources
from tracker.api.duplicates import Duplicates
from tracker.api.duties import Assignments, Overrides
from tracker.api.events import Events
from tracker.api.external_reviews import ExternalReviews
from tracker.api.fact_checks import ClaimsSearch
from tracker.api.hypothesis import Annotations
from tracker.api.imports import Imports
from tracker.api.lexicons import Lexicons
from tracker.api.mementos import SnapshotText
from tracker.api.outcomes import Outcomes
from tracker.api.people import Organisations, People
from tracker.api.propositions import Propositions
from tracker.api.readings import Readings
from tracker.api.reply_links import ReplyLinks
from tracker.api.resolutions import Disputes, Replies, Resolutions
from tracker.api.root import Nowhere, Root
from tracker.api.rounds import Rounds
from tracker.api.score_runs import ScoreRuns
from tracker.api.scores import ScoreKinds, ScoreOf, ScoreTable
from tracker.api.sensitivity import SensitivityOf, TableSensitivity
from tracker.api.tokens import TokenOf, Tokens
from tracker.api.topics import Topics
from tracker.api.verdicts import Verdicts
from tracker.api.webhooks import Deliveries, Webhooks

NOUNS: tuple[type[Noun], ...] = (
    People,
    Organisations,
    Sources,
    Captures,
    Snapshots,
    Quotations,
    Anchorings,
    Distortions,
    Topics,
    Propositions,
    Claims,
    Duplicates,
    Readings,
    Outcomes,
    Rounds,
    Assignments,
    Overrides,
    Verdicts,
    Resolutions,
    Replies,
    ReplyLinks,
    Disputes,
    Calendars,
    ExternalReviews,
    Events,
    Webhooks,
    Deliveries,
    Lexicons,
    ScoreRuns,
    Imports,
)
router = SimpleRouter()
for view in NOUNS:
    router.register(view.noun, view, basename=view.noun)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", Root.as_view(), name="root"),
    *router.urls,
    path("factcheck/claims:search", ClaimsSearch.as_view(), name="claims-search"),
    path("annotations/", Annotations.as_view(), name="annotations"),
    path("snapshots/<key>/text/", SnapshotText.as_view(), name="snapshots-text"),
    path("agreement/", Agreements.as_view(), name="agreement"),
    path("scores/", ScoreKinds.as_view(), name="scores"),
    path("scores/compare/", AnyComparison.as_view(), name="scores-compare-any"),
    path("scores/<kind>/", ScoreTable.as_view(), name="scores-table"),
    path("scores/", include(list(pictures.addresses()))),
    path("scores/<kind>/compare/", ScoreComparison.as_view(), name="scores-compare"),
    path("scores/<kind>/sensitivity/", TableSensitivity.as_view(), name="scores-table-sensitivity"),
    path("scores/<kind>/<key>/sensitivity/", SensitivityOf.as_view(), name="scores-sensitivity"),
    path("scores/<kind>/<key>/", ScoreOf.as_view(), name="scores-record"),
    *exports.addresses(),
    path("tokens/", Tokens.as_view(), name="tokens"),
    path("tokens/<key>/", TokenOf.as_view(), name="tokens-record"),
    re_path("", Nowhere.as_view()),
]
