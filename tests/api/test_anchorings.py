"""Anchorings: alarms are listed, shown as a difference, and answered once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.anchoring import make_anchoring
from tests.api.conftest import Door
from tests.builders import make_claim, make_quotation, make_round, make_snapshot, make_source
from tracker.models import Anchoring

pytestmark = pytest.mark.django_db

SAID = "The city might be besieged by summer"
SHARPENED = SAID.replace("might", "will")


def changed(**fields: Any) -> Anchoring:
    """A page that sharpened what was quoted from it."""
    quotation = make_quotation(exact=SAID, snapshot=make_snapshot(text=SAID))
    snapshot = make_snapshot(text=SHARPENED, source=quotation.snapshot.source)
    words = {"exact": SHARPENED, "start": 0, "end": len(SHARPENED), "distance": 5}
    return make_anchoring(quotation=quotation, snapshot=snapshot, **words, **fields)


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("acknowledge", {}, 400, "invalid"),
        ("acknowledge", {"note": " "}, 422, "comment_required"),
        ("accept", {"state": "exact"}, 400, "invalid"),
    ],
    ids=["no note", "a blank note", "an unknown field"],
)
def test_an_answer_that_says_nothing_is_refused(
    coder: Door, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    alarm = changed()

    answer = coder.send(f"anchorings/{alarm.pk}/{path}/", body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert Anchoring.objects.alarms().get() == alarm


def test_what_is_gone_cannot_be_accepted_and_nothing_is_answered_twice(coder: Door) -> None:
    gone, alarm = make_anchoring(state="orphan"), changed()
    coder.send(f"anchorings/{alarm.pk}/accept/")

    for refused in (gone, alarm):
        answer = coder.send(f"anchorings/{refused.pk}/accept/")
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


def test_a_judge_answers_no_alarm(judge: Door) -> None:
    assert judge.send(f"anchorings/{changed().pk}/accept/").status_code == 403


def test_an_alarm_shows_what_was_quoted_and_what_stands_there(coder: Door) -> None:
    alarm = changed()

    found = coder.read(f"anchorings/{alarm.pk}/").json()

    assert found["quotation"] == {"id": alarm.quotation_id, "exact": SAID}
    assert (found["state"], found["exact"], found["distance"]) == ("changed", SHARPENED, 5)
    assert (found["alarm"], found["seen_by"]) == (True, None)
    assert found["snapshot"]["text_sha256"] == alarm.snapshot.text_sha256
    assert [(piece["op"], piece["text"]) for piece in found["diff"]] == [
        ("equal", "The city "),
        ("delete", "might"),
        ("insert", "will"),
        ("equal", " be besieged by summer"),
    ]


def test_an_accepted_passage_is_confirmed_by_name(coder: Door) -> None:
    alarm = changed()

    answer = coder.send(f"anchorings/{alarm.pk}/accept/", {"note": "The speaker's correction."})

    found = answer.json()
    assert (answer.status_code, found["state"], found["alarm"]) == (200, "confirmed", False)
    assert coder.user is not None
    assert (found["seen_by"]["id"], found["note"]) == (coder.user.pk, "The speaker's correction.")


def test_an_acknowledged_change_stays_a_change(coder: Door) -> None:
    gone = make_anchoring(state="orphan")

    found = coder.send(f"anchorings/{gone.pk}/acknowledge/", {"note": "Taken down."}).json()

    assert (found["state"], found["alarm"], found["note"]) == ("orphan", False, "Taken down.")


def test_anchorings_are_found_by_what_they_hang_on(coder: Door) -> None:
    alarm, moved = changed(), make_anchoring(state="moved")
    merged = make_source(merged_into=alarm.snapshot.source)
    claim = make_claim(quotation=alarm.quotation)
    make_claim().further_quotations.add(moved.quotation)

    def ids(**query: Any) -> list[int]:
        answer = coder.read("anchorings/", **query)
        return [row["id"] for row in answer.json()["results"]]

    assert ids() == [moved.pk, alarm.pk]
    assert ids(alarm="true") == ids(state="changed") == ids(claim=claim.pk) == [alarm.pk]
    assert ids(alarm="false") == [moved.pk]
    assert ids(quotation=alarm.quotation_id) == ids(snapshot=alarm.snapshot_id) == [alarm.pk]
    assert ids(source=alarm.snapshot.source_id) == [alarm.pk]
    assert ids(source=merged.pk) == []
    assert ids(claim=claim.pk, alarm="false") == []


def test_a_claim_counts_its_alarms(coder: Door, public: Door) -> None:
    alarm = changed()
    claim = make_claim(quotation=alarm.quotation)
    claim.further_quotations.add(make_anchoring(state="orphan").quotation)
    make_anchoring(quotation=alarm.quotation, state="moved")

    assert coder.read(f"claims/{claim.pk}/").json()["alarms"] == 2
    assert public.read(f"claims/{claim.pk}/").json()["alarms"] is None


def test_a_judge_does_not_learn_of_the_words_behind_a_proposition(judge: Door) -> None:
    claim = make_claim(quotation=changed().quotation)
    make_round(proposition=claim.proposition)
    sibling = make_anchoring(
        quotation=make_quotation(snapshot=claim.quotation.snapshot, exact="The city"),
        snapshot=make_snapshot(text="Updated.", source=claim.quotation.snapshot.source),
    )
    behind = [*claim.quotation.anchorings.all(), sibling]

    assert judge.read("anchorings/").json()["results"] == []
    for one in behind:
        assert judge.read(f"anchorings/{one.pk}/").status_code == 404
        assert judge.send(f"anchorings/{one.pk}/accept/").status_code in (403, 404)


def test_the_public_sees_no_anchoring(public: Door) -> None:
    alarm = changed()
    make_claim(quotation=alarm.quotation)

    assert public.read("anchorings/").json()["results"] == []
    assert public.read(f"anchorings/{alarm.pk}/").status_code == 404
