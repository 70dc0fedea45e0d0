"""What is stored; one module a noun, imported here so that Django finds every model."""

from tracker.models.accounts import User
from tracker.models.captures import Capture
from tracker.models.claims import Claim
from tracker.models.documents import Quotation, Relay, Snapshot, Source
from tracker.models.hedges import HedgeTerm, Lexicon
from tracker.models.outcomes import Citation, Evidence, Outcome
from tracker.models.people import Affiliation, Organisation, Person
from tracker.models.propositions import Benchmark, Proposition
from tracker.models.readings import Reading
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
from tracker.models.topics import Topic

__all__ = [
    "Affiliation",
    "Benchmark",
    "Capture",
    "Citation",
    "Claim",
    "ClaimAccount",
    "CurrentResolution",
    "Dispute",
    "EventTally",
    "Evidence",
    "HedgeTerm",
    "LastTally",
    "Lexicon",
    "Organisation",
    "OrganisationTally",
    "Outcome",
    "OutletTally",
    "Person",
    "PersonTally",
    "PhraseTally",
    "Proposition",
    "Quotation",
    "Reading",
    "Relay",
    "Reply",
    "Resolution",
    "Round",
    "ScoreItem",
    "ScoreRun",
    "Snapshot",
    "Source",
    "Topic",
    "TopicTally",
    "User",
    "Verdict",
]
