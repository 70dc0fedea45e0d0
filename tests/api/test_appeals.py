"""Appeals: public once they are ruled on, judged afresh, and hidden from who judges them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import (
    JUDGED,
    make_dispute,
    make_proposition,
    make_reply,
    make_resolution,
    make_round,
    make_user,
    make_verdict,
)
from tests.links import make_link
from tracker.domain.judging import State
from tracker.models import Resolution

pytestmark = pytest.mark.django_db


def ruled(ruling: str = "rejected", **fields: Any) -> Any:
    fields = {"ruling_reason": "Seen before.", "ruled_at": JUDGED, **fields}
    return make_dispute(ruling=ruling, ruled_by=make_user(role="editor"), **fields)


def judged(door: Door) -> Resolution:
    """A published resolution of a round in which this judge sat."""
    round = make_round(proposition=make_proposition(), state=State.SETTLED)
    make_verdict(round=round, judge=door.user)
    return make_resolution(proposition=round.proposition, round=round)


def test_the_public_sees_an_appeal_once_it_is_ruled_on(public: Door) -> None:
    pending = make_dispute()
    unpublished = ruled(resolution=make_resolution(published=False))

    for hidden in (pending, unpublished):
        assert public.read(f"disputes/{hidden.pk}/").status_code == 404
    assert public.read("disputes/").json()["results"] == []


@pytest.mark.parametrize("ruling", ["upheld", "rejected"])
def test_a_ruling_is_public_with_its_reason_its_dates_and_its_round(
    public: Door, ruling: str
) -> None:
    dispute = ruled(ruling)

    shown = public.read(f"disputes/{dispute.pk}/").json()

    assert (shown["ruling"], shown["ruling_reason"]) == (ruling, "Seen before.")
    assert (shown["ground"], shown["text"], shown["filed_by"]) == (
        "evidence",
        "A source was missed.",
        "The analyst",
    )
    assert shown["filed_at"] and shown["ruled_at"]
    assert shown["ruled_by"] is None
    assert [row["id"] for row in public.read("disputes/").json()["results"]] == [dispute.pk]


def test_a_reply_is_public_with_its_resolution_and_not_before(public: Door) -> None:
    waiting = make_reply(resolution=make_resolution(published=False))
    printed = make_reply(text="I said <b>if</b>.")

    assert public.read(f"replies/{waiting.pk}/").status_code == 404
    assert public.read(f"replies/{printed.pk}/").json()["text"] == "I said <b>if</b>."
    shown = public.read(f"resolutions/{printed.resolution_id}/").json()
    assert [reply["text"] for reply in shown["replies"]] == ["I said <b>if</b>."]


def test_an_appeal_waits_for_fresh_judges_alone(door: Callable[[str], Door], editor: Door) -> None:
    earlier, fresh = door("judge"), door("judge")
    resolution = judged(earlier)
    filing = {"resolution": resolution.pk, "ground": "Fact", "text": "No.", "filed_by": "Ada"}
    dispute = editor.send("disputes/", filing).json()
    ruling = {"ruling": "upheld", "reason": "A new map."}
    round = editor.send(f"disputes/{dispute['id']}/rule/", ruling).json()["new_round"]

    def offered(judge: Door) -> list[int]:
        rows = judge.read("rounds/", awaiting_me="true").json()["results"]
        return [row["id"] for row in rows]

    assert (offered(earlier), offered(fresh)) == ([], [round])


def test_fresh_judges_learn_nothing_from_replies_links_or_appeals(
    door: Callable[[str], Door], judge: Door
) -> None:
    resolution = judged(door("judge"))
    reply = make_reply(resolution=resolution, author="Sibyl Speaker")
    link = make_link(resolution=resolution, reply=reply, sent_to="sibyl@press.example")
    dispute = ruled("upheld", resolution=resolution, filed_by="Sibyl Speaker")
    make_round(proposition=resolution.proposition, reason="appeal")
    behind = {"replies": reply, "reply-links": link, "disputes": dispute, "resolutions": resolution}

    for noun, record in behind.items():
        assert judge.read(f"{noun}/{record.pk}/").status_code == 404, noun
        assert "ibyl" not in judge.read(f"{noun}/").content.decode(), noun
    listed = judge.read("rounds/").content.decode()
    assert "ibyl" not in listed
