"""Claims and what became of them, in the words of schema.org: Claim and ClaimReview as JSON-LD.

schema.org: https://schema.org/ClaimReview. It has no word for a condition, a hedge, a deadline or
a probability; ours lie in a namespace of their own, which `VOCABULARY` describes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.domain.annotations import NAMESPACE
from tracker.domain.judging import OUTCOME_LABELS, OutcomeAnswer

SCHEMA_ORG = "https://schema.org"
VERSION = "1.0"
ASPECT = "outcome of a forecast"
LONGEST = 75
"""Characters of `claimReviewed`: consumers cut off what is longer."""
BEST, WORST = 5, 1
_BY_GRADE = {answer.grade: label for answer, label in OUTCOME_LABELS.items() if answer.grade}
_XSD = "http://www.w3.org/2001/XMLSchema#"
# What our terms hold; the context document that goes with every answer.
VOCABULARY: dict[str, Any] = {
    "@context": {
        "tr": NAMESPACE,
        "tr:condition": {"@id": "tr:condition"},
        "tr:conditionStatus": {"@id": "tr:conditionStatus"},
        "tr:hedge": {"@id": "tr:hedge"},
        "tr:polarity": {"@id": "tr:polarity"},
        "tr:impliedProbability": {"@id": "tr:impliedProbability", "@type": f"{_XSD}decimal"},
        "tr:impliedRange": {"@id": "tr:impliedRange", "@container": "@list"},
        "tr:deadline": {"@id": "tr:deadline", "@type": f"{_XSD}date"},
        "tr:deadlineBasis": {"@id": "tr:deadlineBasis"},
        "tr:reportMode": {"@id": "tr:reportMode"},
        "tr:provenanceGrade": {"@id": "tr:provenanceGrade"},
        "tr:saidOn": {"@id": "tr:saidOn"},
    }
}
KINDS = {
    "article-newspaper": "NewsArticle",
    "post": "SocialMediaPosting",
    "report": "Report",
    "webpage": "WebPage",
    "dataset": "Dataset",
}
Json = dict[str, Any]


@dataclass(frozen=True)
class Party:
    """A person or an organisation; role and affiliation are those at the time."""

    name: str
    person: bool
    url: str = ""
    wikidata: str = ""
    role: str = ""
    affiliation: str = ""


@dataclass(frozen=True)
class Work:
    """A document in which something stands; `archived` is an address of a capture of it."""

    kind: str
    title: str
    url: str = ""
    outlet: str = ""
    published: date | None = None
    archived: str = ""
    note: str = ""


@dataclass(frozen=True)
class Condition:
    """On what the claim hangs, and whether that was met, where it is known."""

    statement: str
    required: bool
    status: str = ""


@dataclass(frozen=True)
class Statement:
    """A claim with all that its JSON-LD tells; probabilities from 0 to 1."""

    url: str
    uuid: str
    state: str
    text: str
    name: str
    author: Party
    said: date
    said_as_known: str
    first: Work
    further: tuple[Work, ...]
    hedge: str
    denies: bool
    mode: str
    provenance: str
    condition: Condition | None = None
    probability: tuple[float, float, float] | None = None
    deadline: date | None = None
    deadline_basis: str = ""


@dataclass(frozen=True)
class Answer:
    """What a named speaker replied, word for word."""

    author: str
    text: str
    received: datetime


@dataclass(frozen=True)
class Settled:
    """A published resolution with a grade, 5 (came true) to 1 (did not); `version` from 1."""

    version: int
    grade: int
    explanation: str
    judged_by: str
    published: datetime
    evidence: tuple[Work, ...] = ()
    replies: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Publisher:
    """Who answers for the verdict, by which rules, and how they put a mistake right."""

    name: str
    url: str
    principles: str
    corrections: str


def shortened(text: str, most: int = LONGEST) -> str:
    """Returns the text on one line, of `most` characters at the most, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    whole = cut.rpartition(" ")[0] if line[most - 1] != " " else cut
    return f"{(whole or cut).rstrip(' ,;:')}…"


def reviewed(name: str, *, denies: bool) -> str:
    """Returns the claim that a rating speaks of, short enough for consumers."""
    return shortened(f"Denied: {name}" if denies else name)


def grade_of(grade: int, *, denies: bool) -> int:
    """Returns the grade of a claim: who denies what came true said what did not."""
    return BEST + WORST - grade if denies else grade


def label_of(grade: int) -> str:
    """Returns the label of a claim's grade, which is all that consumers display."""
    return _BY_GRADE[grade]


def graded(outcome: str) -> int | None:
    """Returns the grade of a resolution's outcome; None for open, void, ambiguous, annulled."""
    return OutcomeAnswer(outcome).grade


# --- JSON-LD -------------------------------------------------------------------------


def to_claim(statement: Statement, *, context: str) -> Json:
    """Returns a claim without a rating; `context` is the address of `VOCABULARY`."""
    return {"@context": [SCHEMA_ORG, context], **_claim(statement)}


def to_claim_review(
    statement: Statement, settled: Settled, publisher: Publisher, *, context: str
) -> Json:
    """Returns the claim with the rating that a published, graded resolution gives it."""
    grade = grade_of(settled.grade, denies=statement.denies)
    denied = "The speaker denied that this would happen." if statement.denies else ""
    explanation = (denied, settled.explanation.strip(), f"Judged by: {settled.judged_by}.")
    return _told(
        {
            "@context": [SCHEMA_ORG, context],
            "@type": "ClaimReview",
            "@id": f"{statement.url}#review-{settled.version}",
            "url": statement.url,
            "version": settled.version,
            "datePublished": settled.published.date().isoformat(),
            "claimReviewed": reviewed(statement.name, denies=statement.denies),
            "reviewAspect": ASPECT,
            "reviewRating": {
                "@type": "Rating",
                "ratingValue": grade,
                "bestRating": BEST,
                "worstRating": WORST,
                "alternateName": label_of(grade),
                "ratingExplanation": " ".join(filter(None, explanation)),
            },
            "author": {
                "@type": "Organization",
                "name": publisher.name,
                "url": publisher.url,
                "publishingPrinciples": publisher.principles,
                "correctionsPolicy": publisher.corrections,
            },
            "itemReviewed": _claim(statement),
            "citation": _works(settled.evidence),
            "comment": [_comment(reply) for reply in settled.replies],
        }
    )


def _comment(reply: Answer) -> Json:
    return {
        "@type": "Comment",
        "author": {"@type": "Person", "name": reply.author},
        "text": reply.text,
        "dateCreated": reply.received.date().isoformat(),
    }


def _claim(statement: Statement) -> Json:
    deadline = statement.deadline.isoformat() if statement.deadline else ""
    low, point, high = statement.probability or (None, None, None)
    condition = statement.condition
    return _told(
        {
            "@type": "Claim",
            "@id": statement.url,
            "identifier": f"urn:uuid:{statement.uuid}",
            "creativeWorkStatus": statement.state,
            "text": statement.text,
            "name": statement.name,
            "author": _party(statement.author),
            "datePublished": statement.said.isoformat(),
            "firstAppearance": _work(statement.first),
            "appearance": _works(statement.further),
            "temporalCoverage": f"{statement.said.isoformat()}/{deadline or '..'}",
            "tr:saidOn": statement.said_as_known,
            "tr:condition": _wanted(condition) if condition else "",
            "tr:conditionStatus": condition.status if condition else "",
            "tr:hedge": statement.hedge,
            "tr:polarity": "denies" if statement.denies else "",
            "tr:impliedProbability": point,
            "tr:impliedRange": None if low is None else [low, high],
            "tr:deadline": deadline,
            "tr:deadlineBasis": statement.deadline_basis,
            "tr:reportMode": statement.mode,
            "tr:provenanceGrade": statement.provenance,
        }
    )


def _wanted(condition: Condition) -> str:
    return condition.statement if condition.required else f"Not: {condition.statement}"


def _party(party: Party) -> Json:
    return _told(
        {
            "@type": "Person" if party.person else "Organization",
            "name": party.name,
            "url": party.url,
            "sameAs": _wikidata(party.wikidata),
            "jobTitle": party.role if party.person else "",
            "affiliation": _organisation(party.affiliation),
        }
    )


def _wikidata(name: str) -> str:
    return f"https://www.wikidata.org/entity/{name}" if name else ""


def _organisation(name: str) -> Json | None:
    return {"@type": "Organization", "name": name} if name else None


def _work(work: Work) -> Json:
    return _told(
        {
            "@type": KINDS.get(work.kind, "CreativeWork"),
            "name": work.title,
            "url": work.url,
            "publisher": _organisation(work.outlet),
            "datePublished": work.published.isoformat() if work.published else "",
            "archivedAt": work.archived,
            "abstract": work.note,
        }
    )


def _works(works: Sequence[Work]) -> list[Json]:
    return [_work(work) for work in works]


def _told(members: Json) -> Json:
    """Returns the members that say something: what is not known is left out."""
    return {name: value for name, value in members.items() if value not in (None, "", [])}
