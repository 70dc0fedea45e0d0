"""Who comes in: every address, read and written by every role, by a stranger and by nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.anchoring import make_anchoring
from tests.api.conftest import Door, claim_body
from tests.builders import (
    make_capture,
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_reading,
    make_resolution,
    make_round,
    make_snapshot,
    make_source,
    make_user,
    make_verdict,
)
from tests.distorting import SHARPENED, make_sharpened_quotation
from tests.duties import moved_to
from tracker.actions.users import issue_token
from tracker.api.root import PLACES
from tracker.domain.judging import State
from tracker.models import Token

CAST = ("public", "stranger", "coder", "judge", "editor", "admin")


@pytest.mark.parametrize("noun", [*PLACES, "scores", "scores/people", "scores/outlets"])
def test_lists_are_for_those_with_a_role(door: Callable[[str], Door], noun: str) -> None:
    statuses = {role: door(role).read(f"{noun}/").status_code for role in CAST}

    assert statuses == {
        "public": 401,
        "stranger": 403,
        "coder": 200,
        "judge": 200,
        "editor": 200,
        "admin": 200,
    }


@pytest.mark.parametrize("noun", [*PLACES, "scores", "scores/people"])
def test_the_public_reads_lists_where_reading_is_open(public: Door, noun: str) -> None:
    assert public.read(f"{noun}/").status_code == 200


def _agreed() -> str:
    judged = make_round(needed=1)
    make_verdict(round=judged)
    moved_to(judged, State.AGREED)
    return f"rounds/{judged.pk}/resolve/"


def _asked() -> tuple[str, Any]:
    claim = make_claim()
    settled = make_resolution(proposition=claim.proposition, published=False)
    body = {"resolution": settled.pk, "person": claim.person_id, "days": 7}
    return "reply-links/", body


QUOTE = {"exact": "The city will be besieged", "said_on": "2026-01-10"}
VERDICT = {"outcome": "came_true", "rationale": "Two sources report it."}
# Each: the body, and where it goes; who may, and what they get.
LOGGERS = {"coder", "editor", "admin"}
EDITORS = {"editor", "admin"}
WRITES: dict[str, tuple[Callable[[], tuple[str, Any]], set[str]]] = {
    "file a person": (lambda: ("people/", {"name": "Ada"}), LOGGERS),
    "file an organisation": (lambda: ("organisations/", {"name": "Institute"}), LOGGERS),
    "file a topic": (lambda: ("topics/", {"name": "Syria"}), LOGGERS),
    "file a source": (lambda: ("sources/", {"title": "On Aleppo"}), LOGGERS),
    "capture": (
        lambda: ("snapshots/", {"source": make_snapshot().source.pk, "text": "New."}),
        LOGGERS,
    ),
    "ask for a page": (lambda: ("captures/", {"source": make_source().pk}), LOGGERS),
    "ask for it again": (
        lambda: (f"captures/{make_capture(status='failed').pk}/retry/", {}),
        LOGGERS,
    ),
    "give it up": (
        lambda: (f"captures/{make_capture().pk}/withdraw/", {"reason": "Paywall."}),
        LOGGERS,
    ),
    "quote": (lambda: ("quotations/", {"snapshot": make_snapshot().pk, **QUOTE}), LOGGERS),
    "record a distortion": (
        lambda: (
            "distortions/",
            {
                "quotation": make_sharpened_quotation().pk,
                "snapshot": make_sharpened_quotation().snapshot_id,
                "exact": SHARPENED,
                "place": "headline",
            },
        ),
        LOGGERS,
    ),
    "take a passage for the quoted words": (
        lambda: (f"anchorings/{make_anchoring().pk}/accept/", {}),
        LOGGERS,
    ),
    "say that a page has changed": (
        lambda: (f"anchorings/{make_anchoring().pk}/acknowledge/", {"note": "Softened."}),
        LOGGERS,
    ),
    "file a proposition": (lambda: ("propositions/", {"statement": "It rains."}), LOGGERS),
    "log a claim": (lambda: ("claims/", claim_body()), LOGGERS),
    "affiliate": (
        lambda: (
            f"people/{make_person().pk}/affiliations/",
            {"organisation": make_organisation().pk},
        ),
        LOGGERS,
    ),
    "merge people": (
        lambda: (
            f"people/{make_person().pk}/merge/",
            {"into": make_person().pk, "reason": "Same person."},
        ),
        EDITORS,
    ),
    "freeze a proposition": (
        lambda: (f"propositions/{make_proposition(frozen=False).pk}/freeze/", {}),
        LOGGERS,
    ),
    "withdraw a claim": (
        lambda: (f"claims/{make_claim().pk}/withdraw/", {"state": "misquote", "reason": "So."}),
        LOGGERS,
    ),
    "read words": (
        lambda: ("readings/", {"claim": make_claim().pk, "low": 0.5, "best": 0.6, "high": 0.7}),
        {"coder", "judge", "editor", "admin"},
    ),
    "record an outcome": (
        lambda: ("outcomes/", {"statement": "It rained.", "occurred_on": "2026-02-01"}),
        {"coder", "judge", "editor", "admin"},
    ),
    "see an event": (
        lambda: (f"propositions/{make_proposition().pk}/event-seen/", {}),
        {"coder", "judge", "editor", "admin"},
    ),
    "open a round": (lambda: ("rounds/", {"proposition": make_proposition().pk}), EDITORS),
    "judge": (
        lambda: (f"rounds/{make_round().pk}/verdicts/", VERDICT),
        {"judge", "editor", "admin"},
    ),
    "judge by the noun": (
        lambda: ("verdicts/", {"round": make_round().pk, **VERDICT}),
        {"judge", "editor", "admin"},
    ),
    "abandon a round": (
        lambda: (f"rounds/{make_round().pk}/abandon/", {"reason": "Opened twice."}),
        EDITORS,
    ),
    "resolve": (lambda: (_agreed(), {}), EDITORS),
    "publish": (
        lambda: (
            f"resolutions/{make_resolution(published=False).pk}/publish/",
            {"override_reason": "Nobody to ask."},
        ),
        EDITORS,
    ),
    "keep a reply": (
        lambda: (
            "replies/",
            {"resolution": make_resolution().pk, "author": "Ada", "text": "I was right."},
        ),
        EDITORS,
    ),
    "make a reply link": (_asked, EDITORS),
    "take a calendar": (lambda: ("calendars/", {}), {"coder", "judge", "editor", "admin"}),
    "file a dispute": (
        lambda: (
            "disputes/",
            {"resolution": make_resolution().pk, "ground": "F", "text": "N", "filed_by": "A"},
        ),
        EDITORS,
    ),
}


@pytest.mark.parametrize("deed", WRITES)
@pytest.mark.parametrize("role", CAST)
def test_writing_takes_the_role_that_the_codebook_names(
    door: Callable[[str], Door], deed: str, role: str
) -> None:
    prepare, allowed = WRITES[deed]
    path, body = prepare()

    answer = door(role).send(path, body)

    if role in allowed:
        assert answer.status_code in (200, 201), answer.content
    else:
        assert answer.status_code == (401 if role == "public" else 403), answer.content
        assert answer.json()["code"] in ("not_authenticated", "permission_denied", "not_permitted")


@pytest.mark.parametrize("role", CAST)
@pytest.mark.parametrize("noun", ["people", "organisations", "topics", "sources"])
def test_changing_a_record_is_for_editors(
    door: Callable[[str], Door], noun: str, role: str
) -> None:
    column = "title" if noun == "sources" else "name"
    made = door("coder").send(f"{noun}/", {column: "Before"}).json()

    answer = door(role).change(f"{noun}/{made['id']}/", {column: "After", "reason": "Typo."})

    assert (answer.status_code == 200) is (role in EDITORS)
    assert answer.status_code in (200, 401, 403)


def test_the_public_never_writes_even_where_reading_is_open(public: Door) -> None:
    assert public.send("people/", {"name": "Ada"}).status_code == 401


def test_readings_are_kept_from_the_public(public: Door) -> None:
    reading = make_reading()

    assert public.read(f"readings/{reading.pk}/").status_code == 404


@pytest.mark.parametrize(
    "header",
    [
        "Token",
        "Token x",
        "Token x y",
        "Token \0",
        "Token é",
        "Token " + "f" * 64,
        "Token " + "9" * 4_000,
    ],
    ids=["empty", "short", "two", "nul", "accent", "unknown", "long"],
)
def test_what_is_no_token_is_401(door: Callable[[str], Door], header: str) -> None:
    answer = door("public").get("/api/v1/claims/", HTTP_AUTHORIZATION=header)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"
    assert answer["Content-Type"] == "application/problem+json"


def test_a_token_works_in_the_header_only(door: Callable[[str], Door]) -> None:
    token = issue_token(user=make_user())
    client = door("public")

    assert client.get(f"/api/v1/claims/?token={token}").status_code == 401
    assert client.get("/api/v1/claims/", HTTP_AUTHORIZATION=f"Token {token}").status_code == 200


def test_a_token_that_has_expired_is_401(door: Callable[[str], Door]) -> None:
    token = issue_token(user=make_user())
    Token.objects.update(expiry=timezone.now() - timedelta(seconds=1))

    answer = door("public").get("/api/v1/claims/", HTTP_AUTHORIZATION=f"Token {token}")

    assert answer.status_code == 401
