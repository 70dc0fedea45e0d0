"""A published table for tests that do not ask what it says."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from tests.builders import JUDGED, make_user
from tracker.models import ScoreRun


def make_run(**fields: Any) -> ScoreRun:
    """A published table of people in which nobody stands; what it says is not computed."""
    fields = {
        "title": "Sieges",
        "method_version": "1.0",
        "as_of": JUDGED,
        "seed": 1,
        "input_sha256": sha256(b"[]").hexdigest(),
        "table": {"n": 0, "speakers": []},
        "published_at": JUDGED,
        **fields,
    }
    if "published_by" not in fields:
        fields["published_by"] = make_user(role="editor")
    return ScoreRun.objects.create(**fields)
