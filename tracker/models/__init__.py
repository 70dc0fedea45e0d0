"""What is stored; one module a noun, imported here so that Django finds every model."""

from tracker.models.account_tallies import AccountItem, AccountTally
from tracker.models.accounts import User
from tracker.models.addresses import Address
from tracker.models.agreements import CodePattern
from tracker.models.anchorings import Anchoring
from tracker.models.captures import Capture
from tracker.models.claim_indexes import ClaimIndex
from tracker.models.claims import Claim
from tracker.models.distortions import Distortion
from tracker.models.documents import Quotation, Relay, Snapshot, Source
from tracker.models.duplicates import Duplicate
from tracker.models.duties import Assignment, Override
from tracker.models.events import Event
from tracker.models.external_reviews import ExternalReview
from tracker.models.failures import Failure
from tracker.models.hedges import HedgeTerm, Lexicon
from tracker.models.imports import Import, ImportFault
from tracker.models.links import CalendarFeed, Digest, ReplyLink
from tracker.models.outcomes import Citation, Evidence, Outcome
from tracker.models.people import Affiliation, Organisation, Person
from tracker.models.propositions import Benchmark, Proposition
from tracker.models.ranks import RankInterval
from tracker.models.readings import Reading
from tracker.models.receipts import Receipt
from tracker.models.resolutions import Dispute, Reply, Resolution
from tracker.models.rounds import Round, Verdict
from tracker.models.scores import (
    ClaimAccount,
    CurrentResolution,
    ScoreItem,
    ScoreRun,
)
from tracker.models.tallies import (
    EventTally,
    LastTally,
    OrganisationTally,
    OutletTally,
    PersonTally,
    PhraseTally,
    TopicTally,
)
from tracker.models.tokens import Token
from tracker.models.topics import Topic
from tracker.models.usage import Usage
from tracker.models.webhooks import Delivery, Webhook

__all__ = [
    "AccountItem",
    "AccountTally",
    "Address",
    "Affiliation",
    "Anchoring",
    "Assignment",
    "Benchmark",
    "CalendarFeed",
    "Capture",
    "Citation",
    "Claim",
    "ClaimAccount",
    "ClaimIndex",
    "CodePattern",
    "CurrentResolution",
    "Delivery",
    "Digest",
    "Dispute",
    "Distortion",
    "Duplicate",
    "Event",
    "EventTally",
    "Evidence",
    "ExternalReview",
    "Failure",
    "HedgeTerm",
    "Import",
    "ImportFault",
    "LastTally",
    "Lexicon",
    "Organisation",
    "OrganisationTally",
    "Outcome",
    "OutletTally",
    "Override",
    "Person",
    "PersonTally",
    "PhraseTally",
    "Proposition",
    "Quotation",
    "RankInterval",
    "Reading",
    "Receipt",
    "Relay",
    "Reply",
    "ReplyLink",
    "Resolution",
    "Round",
    "ScoreItem",
    "ScoreRun",
    "Snapshot",
    "Source",
    "Token",
    "Topic",
    "TopicTally",
    "Usage",
    "User",
    "Verdict",
    "Webhook",
]
