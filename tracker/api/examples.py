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


def sent(**values: dict[str, Any]) -> list[OpenApiExample]:
    """Returns examples of a request; underscores in their names read as spaces."""
    return [
        OpenApiExample(name.replace("_", " "), value=value, request_only=True)
        for name, value in values.items()
    ]
