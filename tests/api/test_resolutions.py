"""Resolutions: append-only, open to reply and to dispute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.api.conftest import Door, verdict
from tracker.models import Resolution


def test_a_second_resolution_needs_a_reason_and_a_published_one_stays(
    door: Callable[[str], Door], editor: Door, opened: str, frozen: dict[str, Any]
) -> None:
    door("judge").send(f"{opened}verdicts/", verdict("came_true"))
    door("judge").send(f"{opened}verdicts/", verdict("came_true"))
    first = editor.send(f"{opened}resolve/").json()
    publish = f"resolutions/{first['id']}/publish/"
    editor.send(publish, {"override_reason": "Asked."})
    again = editor.send(
        "rounds/", {"proposition": frozen["proposition"]["id"], "needed": 1, "reason": "appeal"}
    ).json()
    path = f"rounds/{again['id']}/"
    door("judge").send(f"{path}verdicts/", verdict("did_not"))

    silent = editor.send(f"{path}resolve/")
    changed = editor.send(f"{path}resolve/", {"change_reason": "A map came to light."})
    edited = editor.send(publish, {"override_reason": "Again."})

    assert (silent.status_code, silent.json()["code"]) == (422, "comment_required")
    assert changed.json()["seq"] == 2
    assert edited.status_code == 409
    assert editor.change(f"resolutions/{first['id']}/", {"outcome": "did_not"}).status_code == 405
    assert Resolution.objects.current().get().pk == changed.json()["id"]
    shown = editor.read(f"resolutions/{first['id']}/").json()
    assert shown["superseded_by"] == changed.json()["id"]


def test_a_dispute_that_is_upheld_opens_a_round(
    door: Callable[[str], Door], editor: Door, opened: str
) -> None:
    door("judge").send(f"{opened}verdicts/", verdict("came_true"))
    door("judge").send(f"{opened}verdicts/", verdict("came_true"))
    resolution = editor.send(f"{opened}resolve/").json()["id"]
    filing = {"resolution": resolution, "ground": "Fact", "text": "No.", "filed_by": "Ada"}
    early = editor.send("disputes/", filing)
    editor.send(f"resolutions/{resolution}/publish/", {"override_reason": "Asked."})
    reply = {"resolution": resolution, "author": "Ada Analyst", "text": "I stand by it."}
    editor.send("replies/", {**reply, "person": "ada-analyst"})

    dispute = editor.send("disputes/", filing).json()
    ruled = editor.send(
        f"disputes/{dispute['id']}/rule/", {"ruling": "upheld", "reason": "A new map."}
    ).json()

    assert early.status_code == 409
    assert ruled["ruling"] == "upheld"
    assert editor.read(f"rounds/{ruled['new_round']}/").json()["reason"] == "appeal"
    shown = editor.read(f"resolutions/{resolution}/").json()
    assert [row["text"] for row in shown["replies"]] == ["I stand by it."]
