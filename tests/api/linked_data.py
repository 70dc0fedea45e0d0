"""A JSON-LD processor that asks no other server: schema.org's context, as far as we use it."""

from __future__ import annotations

from typing import Any

from pyld import jsonld

from tracker.domain.claim_reviews import VOCABULARY

SCHEMA = "http://schema.org/"
_IDS = ("url", "sameAs", "publishingPrinciples", "correctionsPolicy", "archivedAt")
_DATES = ("datePublished", "dateCreated")
# https://schema.org/docs/jsonldcontext.jsonld: its vocabulary, and the types of what we send.
SCHEMA_ORG = {
    "@context": {
        "@vocab": SCHEMA,
        **{name: {"@id": f"{SCHEMA}{name}", "@type": "@id"} for name in _IDS},
        **{name: {"@id": f"{SCHEMA}{name}", "@type": f"{SCHEMA}Date"} for name in _DATES},
    }
}


def _load(url: str, options: Any = None) -> dict[str, Any]:
    if url.rstrip("/") == "https://schema.org":
        document = SCHEMA_ORG
    elif url.endswith("/terms/1.0/"):
        document = VOCABULARY
    else:
        raise AssertionError(f"A processor would ask {url}.")
    kind = "application/ld+json"
    return {"contentType": kind, "contextUrl": None, "documentUrl": url, "document": document}


OPTIONS = {"documentLoader": _load}


def expanded(document: Any) -> dict[str, Any]:
    """The one node of a document, with every name spelt out."""
    (node,) = jsonld.expand(document, OPTIONS)
    found: dict[str, Any] = node
    return found


def compacted(document: Any) -> dict[str, Any]:
    """The document after it was spelt out and compacted again."""
    context = {"@context": document["@context"]}
    found: dict[str, Any] = jsonld.compact(jsonld.expand(document, OPTIONS), context, OPTIONS)
    return found
