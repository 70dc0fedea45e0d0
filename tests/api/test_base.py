"""What all nouns share: how many queries they take, what parameters they know."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.anchoring import make_anchoring, make_event
from tests.api.conftest import Door
from tests.builders import (
    make_capture,
    make_claim,
    make_dispute,
    make_organisation,
    make_outcome,
    make_person,
    make_proposition,
    make_reading,
    make_reply,
    make_resolution,
    make_round,
    make_topic,
    make_user,
    make_verdict,
)
from tests.distorting import make_distortion
from tests.duties import make_assignment, make_override, moved_to
from tests.external import make_review
from tests.hooks import make_delivery
from tests.importing import make_import
from tests.links import make_feed, make_link
from tests.pairs import make_duplicate
from tests.runs import make_run
from tracker.actions.users import issue_token
from tracker.api.root import PLACES
from tracker.domain.judging import State
from tracker.models import Affiliation, Citation, Relay

# Queries of a list and of one record: the rows, and each set that hangs on them.
ENTRY = 1  # the token with its user and their roles
QUERIES = {
    "people": (3, 3),
    "organisations": (1, 1),
    "sources": (1, 4),
    "captures": (1, 1),
    "snapshots": (1, 1),
    "quotations": (3, 4),
    "anchorings": (1, 1),
    "distortions": (1, 1),
    "topics": (1, 1),
    "propositions": (1, 1),
    "duplicates": (1, 16),  # what confirming would do is looked up for one record
    "claims": (3, 2),  # what a draft lacks is looked up besides
    "readings": (1, 1),
    "outcomes": (3, 3),
    "rounds": (1, 1),
    "assignments": (1, 1),
    "overrides": (1, 1),
    "verdicts": (2, 2),
    "resolutions": (3, 3),
    "replies": (1, 1),
    "reply-links": (1, 1),
    "calendars": (1, 1),
    "disputes": (1, 1),
    "external-reviews": (1, 1),
    "events": (1, 1),
    "webhooks": (1, 1),
    "deliveries": (1, 1),
    "lexicons": (1, 2),
    "score-runs": (1, 1),
    "imports": (1, 2),
}


def world() -> None:
    """One of everything, with everything that can hang on it."""
    outlet = make_organisation(parent=make_organisation())
    claim = make_claim(
        organisation=outlet,
        person=make_person(),
        proposition=make_proposition(
            topic=make_topic(parent=make_topic()), condition=make_proposition()
        ),
    )
    make_claim(frozen=False)
    source = claim.quotation.snapshot.source
    source.outlet = outlet
    source.save()
    Relay.objects.create(quotation=claim.quotation, step=1, outlet=outlet, mode="paraphrase")
    Affiliation.objects.create(person=claim.person, organisation=outlet)
    make_capture(source=source, status="ok", snapshot=claim.quotation.snapshot)
    make_distortion()
    make_anchoring()
    make_delivery(event=make_event())
    make_review()
    make_duplicate()
    make_reading(claim=claim)
    outcome = make_outcome(proposition=claim.proposition)
    Citation.objects.create(outcome=outcome, source=source)
    judged = make_round(proposition=make_proposition())
    make_verdict(round=judged).cited.add(outcome)
    make_assignment(round=judged)
    make_override(round=judged)
    moved_to(judged, State.SPLIT)
    resolution = make_resolution(proposition=claim.proposition)
    make_link(resolution=resolution, person=claim.person)
    make_feed()
    make_reply(resolution=resolution, person=claim.person)
    make_import().faults.create(line=2, code="invalid", message="Send text.")
    make_dispute(resolution=resolution)
    make_run()


def by_token(role: str) -> Door:
    """A client as scripts are: every request proves anew who asks."""
    client = Door()
    token = issue_token(user=make_user(role=role))
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    client.read("")  # the first use is written down, and for a minute no other
    return client


def count(read: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = read()
    assert answer.status_code == 200, answer.content
    return len(queries)


@pytest.mark.django_db
@pytest.mark.parametrize("noun", PLACES)
def test_queries_do_not_grow_with_the_rows(noun: str) -> None:
    world()
    world()
    editor = by_token("editor")
    rows = editor.read(f"{noun}/").json()["results"]
    assert rows, "the world has one of everything"

    listed = count(lambda: editor.read(f"{noun}/"))
    single = max(count(partial(editor.read, f"{noun}/{row['id']}/")) for row in rows)

    assert (listed - ENTRY, single - ENTRY) == QUERIES[noun]


@pytest.mark.django_db
@pytest.mark.parametrize("noun", PLACES)
@pytest.mark.parametrize("role", ["judge", "coder"])
def test_every_role_reads_its_lists_in_as_many_queries(noun: str, role: str) -> None:
    world()
    world()
    client = by_token(role)

    assert count(lambda: client.read(f"{noun}/")) <= ENTRY + QUERIES[noun][0]


@pytest.mark.parametrize("noun", PLACES)
def test_a_parameter_that_is_none_is_refused_by_name(coder: Door, noun: str) -> None:
    answer = coder.read(f"{noun}/", colour="red", flavour="sweet")

    assert answer.status_code == 400
    faults = answer.json()["errors"]
    assert [(fault["field"], fault["code"]) for fault in faults] == [
        ("colour", "unknown_parameter"),
        ("flavour", "unknown_parameter"),
    ]


def test_parameters_of_a_list_do_not_fit_a_record(coder: Door) -> None:
    person = make_person()

    assert coder.read(f"people/{person.pk}/", limit=1).status_code == 400


def test_the_reason_of_a_change_is_kept_in_the_history(editor: Door) -> None:
    person = make_person(name="Ada Analist")

    answer = editor.change(f"people/{person.pk}/", {"name": "Ada Analyst", "reason": "A typo."})

    assert answer.json()["name"] == "Ada Analyst"
    assert editor.user is not None
    context = person.history_events.latest("pgh_id").pgh_context.metadata
    assert (context["reason"], context["user"]) == ("A typo.", editor.user.pk)
