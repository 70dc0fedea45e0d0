"""Examples for the description: one claim of the Aleppo article, from its log to its ruling."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

WORDS = "afraid if somebody else removes him or they remove him, the whole state will collapse"
CLAIM: dict[str, Any] = {
    "source": {
        "url": "https://www.businessinsider.com.au/syria-assad-russia-aleppo-offensive-2016-4",
        "title": "Assad has taken Russia ‘hostage’",
        "outlet": {"name": "Business Insider", "kind": "media"},
        "bylines": ["Natasha Bertrand"],
        "published_on": "2016-04-11",
    },
    "snapshot": {"text": WORDS, "completeness": "excerpt"},
    "quotation": {
        "exact": WORDS,
        "mode": "partial_quote",
        "said_on": "2016-04-09/2016-04-10",
        "said_words": "last weekend",
        "hops": [{"mode": "direct_quote", "outlet": "The Wall Street Journal"}],
    },
    "speaker": {
        "person": "Paul Salem",
        "organisation": {"name": "Middle East Institute", "kind": "think_tank"},
        "role": "vice president of policy and research",
    },
    "proposition": {
        "statement": "The Syrian state collapses if its president is removed.",
        "criteria": "A government in Damascus that answers to nobody else goes on.",
        "topic": "Russia in Syria",
        "condition": {
            "statement": "The Syrian president is removed from office by 11 April 2017.",
            "criteria": "Reports that he no longer holds office.",
            "deadline": "2017-04-11",
            "deadline_basis": "convention",
        },
        "condition_words": "if somebody else removes him or they remove him",
        "deadline": "2017-04-11",
        "deadline_basis": "convention",
    },
    "kind": "conditional_forecast",
    "polarity": "affirms",
    "hedge": "afraid",
    "probability": None,
    "coded_after_outcome": True,
    "freeze": False,
}
DRAFT = {name: CLAIM[name] for name in ("source", "snapshot", "quotation", "speaker")}
OUTCOME: dict[str, Any] = {
    "statement": "Parliamentary elections were held in government areas.",
    "occurred_on": "2016-04-13",
    "citations": [{"source": {"id": 8}, "saw": "held 13.04.2016"}],
    "propositions": [2],
}
VERDICT: dict[str, Any] = {
    "outcome": "came_true",
    "condition": "not_applicable",
    "rationale": "The vote was held on the day, in government areas.",
    "cited": [3],
}

REASON = {"reason": "Two records of one."}
# What can be sent, by the name of the shape that it has.
BODIES: dict[str, Any] = {
    "Abandonment": {"reason": "The question turned out to be two."},
    "Acceptance": {"fields": ["title", "bylines"], "reason": "As the page has it."},
    "AddressBody": {"url": "https://www.businessinsider.com/syria-assad-russia-aleppo-2016-4"},
    "AffiliationBody": {"organisation": "middle-east-institute", "role": "fellow"},
    "AssignmentBody": {"round": 1},
    "Bearing": {"proposition": 2},
    "BenchmarkBody": {
        "kind": "base_rate",
        "p": 0.2,
        "as_of": "2016-04-01",
        "method": "Rulers of countries at war who fell within a year, 1990 to 2015.",
        "source": "Powell and Thyne",
    },
    "CaptureBody": {"source": 1},
    "ChangedWords": {"note": "The paper corrected the sentence."},
    "ClaimBody": CLAIM,
    "Confirmation": {"reason": "The same sentence."},
    "DisputeBody": {
        "resolution": 1,
        "ground": "wrong_evidence",
        "text": "The report that was cited is about another city.",
        "filed_by": "Paul Salem",
    },
    "DistortionBody": {
        "quotation": 1,
        "snapshot": 1,
        "exact": "Assad has taken Russia ‘hostage’",
        "place": "headline",
    },
    "DuplicateBody": {"kept_claim": 1, "dropped_claim": 2, "reason": "Said once, printed twice."},
    "FurtherQuotation": {"quotation": 3},
    "GivingUp": {"reason": "The page is behind a wall."},
    "OrganisationBody": {"name": "Middle East Institute", "kind": "think_tank", "aliases": ["MEI"]},
    "OrganisationMerge": {"into": "middle-east-institute", **REASON},
    "OutcomeBody": OUTCOME,
    "OverrideBody": {"round": 1, "judge": 2, "reason": "Nobody else reads Arabic."},
    "PatchedClaimChange": {"hedge": "afraid", "probability": 0.7, "reason": "A slip of the coder."},
    "PatchedOrganisationChange": {"kind": "think_tank", "reason": "As it calls itself."},
    "PatchedPersonChange": {"aliases": ["P. Salem"], "reason": "So the paper prints it."},
    "PatchedPropositionChange": {"criteria": "A government in Damascus answers to nobody else."},
    "PatchedSourceChange": {"published_on": "2016-04-11", "reason": "As the archive has it."},
    "PatchedTopicChange": {"judges": 3, "reason": "Much disputed."},
    "PersonBody": {"name": "Paul Salem", "aliases": ["P. Salem"], "wikidata": "Q7153205"},
    "PersonMerge": {"into": "paul-salem", **REASON},
    "PropositionBody": CLAIM["proposition"],
    "Publication": {"override_reason": "The speaker waived the week."},
    "QuotationOfSnapshot": {"snapshot": 1, **CLAIM["quotation"]},
    "ReadingBody": {"claim": 1, "low": 0.4, "best": 0.6, "high": 0.8},
    "Rejection": {"reason": "One is about the city, the other about the province."},
    "ReplyBody": {
        "resolution": 1,
        "author": "Paul Salem",
        "text": "I said that I was afraid of it, not that it would happen.",
    },
    "ReplyLinkBody": {"resolution": 1, "person": "paul-salem", "days": 14},
    "ResolutionBody": {"round": 1, "rationale": "Both judges found the same reports."},
    "RoundBody": {"proposition": 2, "reason": "due"},
    "RulingBody": {"ruling": "rejected", "reason": "The report names the city twice."},
    "SameWords": {"note": "A typographer's dash."},
    "ScoreRunMade": {"title": "All people", "kind": "people"},
    "SearchOrRow": {"rows": [], "total": 0},
    "Settlement": {"rationale": "Both judges found the same reports."},
    "SnapshotOfSource": {"source": 1, **CLAIM["snapshot"]},
    "SourceBody": CLAIM["source"],
    "SourceMerge": {"into": 1, **REASON},
    "SourceParting": {"reason": "Two pages after all."},
    "SpeakersReply": {"author": "Paul Salem", "text": "It has not happened yet."},
    "TokenWish": {"username": "coder", "password": "as the demo printed it"},
    "TopicBody": {"name": "Ports", "note": "Harbours and what passes through them."},
    "VerdictBody": VERDICT,
    "VerdictInRound": {"round": 1, **VERDICT},
    "Withdrawal": {"state": "retracted", "reason": "The speaker took it back the next day."},
}


def sent(**values: dict[str, Any]) -> list[OpenApiExample]:
    """Returns examples of a request; underscores in their names read as spaces."""
    return [
        OpenApiExample(name.replace("_", " "), value=value, request_only=True)
        for name, value in values.items()
    ]
