"""Feeds: who may read them, what they tell anew, and what a judge does not learn from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import secret
from tests.api.conftest import Door
from tests.builders import (
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_topic,
)
from tests.moments import revise
from tests.secret import TELLING
from tracker.models import Claim

pytestmark = pytest.mark.django_db
NAMES = ("claims", "resolutions", "corrections")


def told(door: Door, name: str = "claims", **asked: Any) -> Any:
    answer = door.get(f"/feeds/{name}.atom", asked)
    assert answer.status_code == 200, answer.content
    found = feedparser.parse(answer.content)
    assert not found.bozo
    return found.entries


def withdraw(claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(state="misquote", state_reason="The tape differs.")


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_is_read_by_whoever_reads_the_api(door: Callable[[str], Door], name: str) -> None:
    assert door("public").get(f"/feeds/{name}.atom").status_code == 401
    assert door("stranger").get(f"/feeds/{name}.atom").status_code == 403
    assert (
        door("coder").get(f"/feeds/{name}.atom")["Content-Type"].startswith("application/atom+xml")
    )


def test_what_is_no_feed_is_refused(editor: Door) -> None:
    assert editor.get("/feeds/verdicts.atom").status_code == 404
    assert editor.get("/feeds/claims.atom", {"speaker": "1"}).status_code == 400


def test_the_public_follows_what_is_frozen_and_published(public: Door) -> None:
    claim = make_claim()
    make_claim(frozen=False)
    first, second = revise(claim.proposition)

    (found,) = told(public)
    (settled,) = told(public, "resolutions")
    (corrected,) = told(public, "corrections")

    assert found.id == f"urn:uuid:{claim.uuid}"
    assert claim.quotation.exact in found.content[0].value
    assert settled.link.endswith(f"/resolutions/{second.pk}/")
    assert corrected.id == f"urn:uuid:{second.uuid}"
    assert second.change_reason in corrected.content[0].value
    assert str(first.uuid) not in corrected.id


def test_a_revision_issues_the_entry_of_its_resolution_anew(editor: Door) -> None:
    what, other = make_proposition(), make_proposition()
    revise(what)
    revise(other)

    ids = [entry.id for entry in told(editor, "resolutions")]

    assert len(set(ids)) == 2


def test_a_claim_that_is_withdrawn_is_told_anew_under_its_id(editor: Door) -> None:
    claim, later = make_claim(), make_claim()
    before = {entry.id: entry.updated for entry in told(editor)}
    withdraw(claim)

    found = {entry.id: entry for entry in told(editor)}

    again = found[f"urn:uuid:{claim.uuid}"]
    assert again.updated >= before[again.id]
    assert again.title.startswith("Misquote: ")
    assert [entry.id for entry in told(editor, "corrections")] == [again.id]
    assert len(found) == len({claim.pk, later.pk})


@pytest.mark.parametrize("name", ["claims", "resolutions"])
def test_a_feed_is_narrowed_to_a_person_an_organisation_or_a_topic(editor: Door, name: str) -> None:
    root = make_topic()
    what = make_proposition(topic=make_topic(parent=root))
    claim = make_claim(proposition=what, person=make_person(), organisation=make_organisation())
    revise(what)
    revise(make_claim().proposition)
    asked = {"person": claim.person, "organisation": claim.organisation, "topic": root}

    for parameter, record in asked.items():
        assert record is not None
        assert len(told(editor, name, **{parameter: record.slug})) == 1
        assert told(editor, name, **{parameter: "nobody"}) == []


def test_a_feed_is_sent_again_only_when_it_changed(editor: Door) -> None:
    make_claim()
    first = editor.get("/feeds/claims.atom")

    same = editor.get("/feeds/claims.atom", HTTP_IF_NONE_MATCH=first["ETag"])
    make_claim()
    changed = editor.get("/feeds/claims.atom", HTTP_IF_NONE_MATCH=first["ETag"])

    assert (same.status_code, same.content, changed.status_code) == (304, b"", 200)
    assert first["Last-Modified"]


def test_a_judge_learns_nothing_from_feeds(judge: Door) -> None:
    hidden = secret.make_secret()

    for name in NAMES:
        for asked in ({}, {"person": hidden.claim.person.slug if hidden.claim.person else ""}):
            text = judge.get(f"/feeds/{name}.atom", asked).content.decode()
            assert not [marker for marker in TELLING if marker in text]
            assert str(hidden.claim.uuid) not in text


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_takes_as_many_queries_however_much_it_tells(editor: Door, name: str) -> None:
    def asked() -> int:
        claim = make_claim(proposition=make_proposition(topic=make_topic()))
        revise(claim.proposition)
        withdraw(make_claim())
        with CaptureQueriesContext(connection) as queries:
            told(editor, name)
        return len(queries)

    asked()
    assert asked() == asked() == {"claims": 2, "resolutions": 1, "corrections": 2}[name]
