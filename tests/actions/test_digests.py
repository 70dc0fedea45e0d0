"""The day's reminder: to whom something waits, once, blind, and again only for whom it failed."""

from __future__ import annotations

from datetime import timedelta
from email.message import Message
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.locmem import EmailBackend

from tests.actions.steps import answer, open_for
from tests.anchoring import make_anchoring
from tests.builders import (
    JUDGED,
    make_capture,
    make_claim,
    make_dispute,
    make_organisation,
    make_person,
    make_proposition,
    make_reply,
    make_resolution,
    make_round,
    make_user,
)
from tracker.actions.digests import MOST_LINES, SendingFailed, agenda_of, send_digests
from tracker.actions.duties import assign
from tracker.models import Digest, Round, User

pytestmark = pytest.mark.django_db
DAY = JUDGED.date()
SITE = "https://tracker.example"


@pytest.fixture(autouse=True)
def addressed(settings: Any) -> None:
    settings.TRACKER_BASE_URL = SITE
    settings.TRACKER_FROM_EMAIL = "tracker@tracker.example"


def judge(name: str = "jonas", **fields: Any) -> User:
    return make_user(role="judge", username=name, email=f"{name}@press.example", **fields)


def titles(user: User, **when: Any) -> list[tuple[str, int]]:
    sections = agenda_of(user, **{"day": DAY, "now": JUDGED, **when})
    return [(section.title, section.count) for section in sections]


def send(**when: Any) -> int:
    return send_digests(**{"day": DAY, "now": JUDGED, **when})


def parts(letter: Any) -> tuple[str, str]:
    """The plain and the HTML text of a letter, as a mail program reads it."""
    message: Message = letter.message()
    plain, rich = message.get_payload()
    assert (plain.get_content_type(), rich.get_content_type()) == ("text/plain", "text/html")
    return plain.get_payload(decode=True).decode(), rich.get_payload(decode=True).decode()


class Refusing(EmailBackend):
    """A mail server that takes no letter for jonas."""

    def send_messages(self, messages: Any) -> int:
        if any("jonas" in one for message in messages for one in message.to):
            raise ConnectionRefusedError
        return super().send_messages(messages)


# --- to whom -------------------------------------------------------------------------


def test_nobody_is_written_to_for_nothing() -> None:
    judge()

    assert (send(), mail.outbox, Digest.objects.count()) == (0, [], 0)


@pytest.mark.parametrize(
    "fields",
    [{"email": ""}, {"is_active": False}, {"role": ""}, {"role": "coder"}],
    ids=["no address", "gone", "no role", "a coder"],
)
def test_who_cannot_or_need_not_act_gets_no_letter(fields: dict[str, Any]) -> None:
    make_round()

    make_user(**{"role": "judge", "email": "jonas@press.example", **fields})

    assert (send(), mail.outbox) == (0, [])


@pytest.mark.parametrize("name", ["TRACKER_BASE_URL", "TRACKER_FROM_EMAIL"])
def test_a_letter_that_leads_nowhere_is_not_sent(settings: Any, name: str) -> None:
    setattr(settings, name, "")
    make_round()
    assert send() == 0
    judge()

    with pytest.raises(ImproperlyConfigured, match=f"Set {name}"):
        send()

    assert (mail.outbox, Digest.objects.count()) == ([], 0)


def test_a_letter_comes_once_a_day_and_again_the_next() -> None:
    jonas, round = judge(), make_round()

    assert (send(), send()) == (1, 0)
    assert send(day=DAY + timedelta(days=1)) == 1

    first, _ = mail.outbox
    assert (first.to, first.from_email) == (["jonas@press.example"], "tracker@tracker.example")
    assert first.subject == "1 thing waits for you: expert-claim tracker, 2026-07-01"
    assert first.message()["Auto-Submitted"] == "auto-generated"
    for text in parts(first):
        assert round.proposition.statement in text
        assert "deadline 2026-06-30" in text
        assert f"{SITE}/admin/tracker/round/{round.pk}/change/" in text
    assert Digest.objects.filter(user=jonas, day=DAY).get().items == 1


def test_what_fails_is_tried_again_and_nobody_else_is_written_to_twice(settings: Any) -> None:
    judge(), judge("juno")
    make_round()
    settings.EMAIL_BACKEND = "tests.actions.test_digests.Refusing"

    with pytest.raises(SendingFailed, match="1 sent, 1 failed"):
        send()
    assert [letter.to for letter in mail.outbox] == [["juno@press.example"]]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert send() == 1
    assert [letter.to[0] for letter in mail.outbox] == ["juno@press.example", "jonas@press.example"]


def test_an_address_that_is_none_stops_nobody_else() -> None:
    make_user(role="judge", email="a@b\nBcc: all@press.example")
    judge()
    make_round()

    with pytest.raises(SendingFailed):
        send()

    assert [letter.to for letter in mail.outbox] == [["jonas@press.example"]]


# --- what waits for a judge ----------------------------------------------------------


def test_a_letter_tells_a_judge_nothing_but_the_question() -> None:
    jonas = judge()
    claim = make_claim(
        person=make_person(name="Sibyl Speaker"),
        organisation=make_organisation(name="Secret Institute"),
        hedge="most probably",
        p=873,
    )
    make_resolution(proposition=claim.proposition)
    make_reply(resolution=claim.proposition.resolutions.get(), author="Sibyl Speaker")
    make_round(proposition=claim.proposition, reason="appeal")

    assert titles(jonas) == [("Rounds that wait for your verdict", 1)]
    send()
    secrets = ("Sibyl", "Institute", "probably", "873", "Came true", claim.quotation.exact)
    for text in parts(mail.outbox[0]):
        before, question, after = text.partition(claim.proposition.statement)
        assert question
        assert not [secret for secret in secrets if secret in before + after]


def test_rounds_that_a_judge_would_be_refused_do_not_wait_for_them() -> None:
    jonas = judge()
    make_round(proposition=make_claim(coder=jonas).proposition)
    answered = open_for(make_proposition())
    answer(answered, by=jonas)

    assert titles(jonas) == []


def test_a_split_waits_for_its_judges_until_they_revise() -> None:
    jonas, round = judge(), open_for(make_proposition())
    answer(round, by=jonas)
    answer(round, "did_not")

    assert titles(jonas) == [("Splits that you may revise once", 1)]
    assert titles(judge("juno")) == []
    answer(Round.objects.get(), by=jonas)
    assert titles(jonas) == []


def test_more_than_fits_is_a_number_and_a_link() -> None:
    judge()
    for _ in range(MOST_LINES + 2):
        make_round()

    send()

    plain, rich = parts(mail.outbox[0])
    assert plain.count("/change/") == MOST_LINES
    assert "and 2 more: https://tracker.example/admin/tracker/round/?waiting=me" in plain
    assert 'href="https://tracker.example/admin/tracker/round/?waiting=me"' in rich
    assert Digest.objects.get().items == MOST_LINES + 2


def test_words_stay_words_in_both_kinds_of_letter() -> None:
    judge()
    make_round(proposition=make_proposition(statement="A <b> & “c” wins."))

    send()

    plain, rich = parts(mail.outbox[0])
    assert "A <b> & “c” wins." in plain
    assert "A &lt;b&gt; &amp; “c” wins." in rich


# --- what waits for an editor --------------------------------------------------------


def test_an_editor_is_told_what_needs_a_decision() -> None:
    editor = make_user(role="editor")
    make_proposition(deadline=DAY - timedelta(days=1))
    make_round(state="split")
    make_round(state="agreed")
    soon = JUDGED + timedelta(days=3)
    make_resolution(published=False, reply_until=soon)
    make_reply(resolution=make_resolution(published=False, reply_until=soon))
    make_resolution(published=False, reply_until=JUDGED)
    make_dispute()
    make_dispute(ruling="rejected", ruling_reason="No.", ruled_by=editor, ruled_at=JUDGED)
    make_capture(status="failed")
    make_anchoring(state="orphan", start=None, end=None, exact="")

    assert titles(editor) == [
        ("Due, without a round", 1),
        ("Judges differ", 1),
        ("Agreed, to be resolved", 1),
        ("Speakers replied", 1),
        ("Reply window over, to be published", 1),
        ("Disputes to be ruled on", 1),
        ("Pages that could not be captured", 1),
        ("Quotations that changed or vanished", 1),
    ]


def test_an_editor_judges_only_where_they_have_a_seat() -> None:
    editor, round = make_user(role="editor"), make_round()
    assert titles(editor) == []

    assign(by=make_user(role="editor"), now=JUDGED, round=round, judge=editor)

    assert titles(editor) == [("Rounds that wait for your verdict", 1)]
