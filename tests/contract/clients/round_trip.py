"""A claim logged, read, changed and listed by the client that openapi-python-client has written."""

from __future__ import annotations

import json
import sys
from typing import Any, TypeVar

from tracker_client.api.claims import claims_change, claims_create, claims_list, claims_read
from tracker_client.client import AuthenticatedClient
from tracker_client.models.claim_body import ClaimBody
from tracker_client.models.claim_in_full import ClaimInFull
from tracker_client.models.paginated_claim_found_list import PaginatedClaimFoundList
from tracker_client.models.patched_claim_change import PatchedClaimChange
from tracker_client.models.problem_schema import ProblemSchema

Shape = TypeVar("Shape")
WORDS = "the port is unlikely to reopen before March"


def told(answer: object, shape: type[Shape]) -> Shape:
    """The answer, which has to be of this shape."""
    assert isinstance(answer, shape), answer
    return answer


def claim() -> dict[str, Any]:
    return {
        "source": {"url": "https://example.org/python", "title": "Harbour talks"},
        "snapshot": {"text": f"Now {WORDS}, she said."},
        "quotation": {"exact": WORDS, "said_on": "2026-11-01"},
        "speaker": {"person": "Ada Python"},
        "proposition": {
            "statement": "The port reopens before 1 March 2027.",
            "criteria": "The port authority announces regular traffic.",
            "deadline": "2027-02-28",
        },
        "kind": "forecast",
        "hedge": "unlikely",
    }


def main(site: str, tokens: dict[str, str]) -> None:
    coder = AuthenticatedClient(site, tokens["coder"], prefix="Token")

    body = ClaimBody.from_dict(claim())
    made = told(claims_create.sync(client=coder, body=body), ClaimInFull)
    key = str(made.id)
    read = claims_read.sync_detailed(key, client=coder)
    assert told(read.parsed, ClaimInFull).quotation.exact == WORDS

    change = PatchedClaimChange(note="Said twice.", reason="Her second interview.")
    seen = read.headers["ETag"]
    changed = claims_change.sync(key, client=coder, body=change, if_match=seen)
    assert told(changed, ClaimInFull).note == "Said twice."
    late = claims_change.sync(key, client=coder, body=change, if_match=seen)
    assert told(late, ProblemSchema).code == "precondition_failed"

    person = made.speaker.person
    assert person is not None, made
    page = told(claims_list.sync(client=coder, speaker=person.slug), PaginatedClaimFoundList)
    assert made.id in [one.id for one in page.results]


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
