"""A speaker's link: made for who spoke, followed once, gone when it expires or is revoked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.actions.steps import refused
from tests.builders import (
    JUDGED,
    make_claim,
    make_organisation,
    make_person,
    make_resolution,
    make_user,
)
from tests.links import issue, resolution_of
from tracker.actions.links import Purpose, new_token
from tracker.actions.reply_links import (
    answer_by_link,
    find_reply_link,
    make_reply_link,
    revoke_reply_link,
)
from tracker.domain import errors
from tracker.domain.replies import LinkGone, LinkUnknown, LinkUsed, TooLong
from tracker.models import Event, ReplyLink, Resolution

pytestmark = pytest.mark.django_db
WORDS = {"author": "Ada Analyst", "text": "I said <b>if</b>."}
SOON = JUDGED + timedelta(hours=1)


def superseded() -> Resolution:
    old = resolution_of(make_claim())
    Resolution.objects.filter(pk=old.pk).update(
        superseded_by=make_resolution(proposition=make_claim().proposition)
    )
    return old


def beside(person: Any = None, organisation: Any = None) -> dict[str, Any]:
    claim = make_claim()
    return {"resolution": resolution_of(claim), "person": person, "organisation": organisation}


BAD: dict[str, tuple[Callable[[], dict[str, Any]], type[errors.TrackerError], str]] = {
    "superseded": (
        lambda: {"resolution": superseded(), "person": make_person()},
        errors.Conflict,
        "resolution",
    ),
    "nobody": (lambda: beside(), errors.RequiredField, "person"),
    "both": (
        lambda: beside(make_person(), make_organisation()),
        errors.RequiredField,
        "person",
    ),
    "a stranger": (lambda: beside(make_person()), errors.UnknownSpeaker, "person"),
    "a strange institution": (
        lambda: beside(None, make_organisation()),
        errors.UnknownSpeaker,
        "organisation",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_link_is_for_a_speaker_of_what_stands(case: str) -> None:
    make, error, field = BAD[case]
    by, fields = make_user(role="editor"), make()

    with refused(error, field):
        make_reply_link(by=by, now=JUDGED, **fields)


def test_a_draft_gives_no_right_of_reply() -> None:
    claim = make_claim()
    draft = make_claim(proposition=claim.proposition, frozen=False)
    by, resolution = make_user(role="editor"), resolution_of(claim)

    with refused(errors.UnknownSpeaker, "person"):
        make_reply_link(by=by, now=JUDGED, resolution=resolution, person=draft.person)


@pytest.mark.parametrize("role", ["coder", "judge"])
def test_only_editors_make_and_revoke_links(role: str) -> None:
    by, claim, link = make_user(role=role), make_claim(), issue().link
    resolution = resolution_of(claim)

    with refused(errors.NotPermitted):
        make_reply_link(by=by, now=JUDGED, resolution=resolution, person=claim.person)
    with refused(errors.NotPermitted):
        revoke_reply_link(by=by, now=JUDGED, link=link)


def test_a_link_holds_as_long_as_the_reply_window_or_as_it_is_told() -> None:
    usual, longer = issue(), issue(days=30, sent_to=" ada@press.example ")

    assert usual.link.expires_at == usual.link.resolution.reply_until
    assert longer.link.expires_at == JUDGED + timedelta(days=30)
    assert longer.link.sent_to == "ada@press.example"
    assert usual.token not in str(vars(usual.link))


def test_an_organisation_replies_for_itself_and_a_merged_name_is_known() -> None:
    twin = make_organisation()
    claim = make_claim(organisation=make_organisation(merged_into=twin))
    by = make_user(role="editor")

    made = make_reply_link(
        by=by, now=JUDGED, resolution=resolution_of(claim), organisation=claim.organisation
    )

    assert (made.link.organisation, made.link.person) == (twin, None)


def test_a_new_link_revokes_the_unused_one_of_the_same_speaker() -> None:
    claim = make_claim()
    resolution = resolution_of(claim)
    other = make_claim(proposition=claim.proposition)
    first, beside = (
        issue(claim=claim, resolution=resolution),
        issue(claim=other, resolution=resolution),
    )

    issue(claim=claim, resolution=resolution, now=SOON)

    first.link.refresh_from_db()
    beside.link.refresh_from_db()
    assert (first.link.revoked_at, beside.link.revoked_at) == (SOON, None)


# --- following it --------------------------------------------------------------------


def test_a_forged_link_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0), pytest.raises(LinkUnknown):
        find_reply_link("a" * 32 + "." + "b" * 43, now=JUDGED)


def test_a_signed_token_of_no_link_is_unknown() -> None:
    with pytest.raises(LinkUnknown):
        find_reply_link(new_token(Purpose.REPLY), now=JUDGED)


def revoke(link: ReplyLink) -> None:
    revoke_reply_link(by=make_user(role="editor"), now=SOON, link=link)


def supersede(link: ReplyLink) -> None:
    Resolution.objects.filter(pk=link.resolution_id).update(superseded_by=make_resolution())


ENDS: dict[str, tuple[Callable[[ReplyLink], Any], timedelta, str]] = {
    "revoked": (revoke, timedelta(hours=2), "revoked on 2026-07-01"),
    "expired": (lambda link: None, timedelta(days=7), "expired on 2026-07-08"),
    "superseded": (supersede, timedelta(hours=2), "A later verdict has replaced"),
}


@pytest.mark.parametrize("case", ENDS)
def test_a_link_that_has_ended_opens_nothing(case: str) -> None:
    end, after, sentence = ENDS[case]
    made = issue()
    end(made.link)
    made.link.refresh_from_db()

    with pytest.raises(LinkGone, match=sentence):
        find_reply_link(made.token, now=JUDGED + after)
    with refused(LinkGone, "token"):
        answer_by_link(by=None, now=JUDGED + after, link=made.link, **WORDS)


def test_a_reply_comes_by_a_link_once_and_word_for_word() -> None:
    made = issue()

    reply = answer_by_link(by=None, now=SOON, link=made.link, **WORDS)

    assert (reply.author, reply.text, reply.recorded_by) == (*WORDS.values(), None)
    assert (reply.person, reply.received_at) == (made.link.person, SOON)
    assert find_reply_link(made.token, now=SOON).reply == reply
    with refused(LinkUsed, "link"):
        answer_by_link(by=None, now=SOON, link=made.link, **WORDS)
    with refused(LinkUsed, "link"):
        revoke_reply_link(by=made.link.made_by, now=SOON, link=made.link)
    with pytest.raises(LinkGone, match="on record"):
        find_reply_link(made.token, now=JUDGED + timedelta(days=8))


@pytest.mark.parametrize(
    ("words", "error", "field"),
    [
        ({"text": " "}, errors.RequiredField, "text"),
        ({"author": "\u202e"}, errors.RequiredField, "author"),
        ({"text": "a" * 5_001}, TooLong, "text"),
        ({"author": "a" * 201}, TooLong, "author"),
        ({"text": "\ud800"}, errors.UnstorableText, "text"),
    ],
    ids=["empty", "invisible", "long", "a long name", "a lone surrogate"],
)
def test_a_reply_that_cannot_be_printed_does_not_use_the_link(
    words: dict[str, str], error: type[errors.TrackerError], field: str
) -> None:
    made = issue()

    with refused(error, field):
        answer_by_link(by=None, now=SOON, link=made.link, **{**WORDS, **words})

    assert answer_by_link(by=None, now=SOON, link=made.link, **WORDS).pk


def test_a_reply_is_announced_without_its_words() -> None:
    made = issue()

    reply = answer_by_link(by=None, now=SOON, link=made.link, **WORDS)

    event = Event.objects.get(kind="reply.received")
    assert (event.noun, event.record) == ("replies", reply.pk)
    assert event.facts == {"resolution": made.link.resolution_id}


def test_a_link_is_revoked_once() -> None:
    link = issue().link
    revoke(link)

    with refused(errors.Conflict, "link"):
        revoke_reply_link(by=link.made_by, now=SOON, link=link)
