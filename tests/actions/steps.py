"""The steps of the work in one call each, and the proof that a refusal leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from threading import Barrier
from typing import Any, TypeVar

import pytest
from django.apps import apps
from django.db import connection

from tests.builders import CODED, DEADLINE, JUDGED, SAID, TEXT, make_user
from tracker.actions.claims import ClaimDraft, log_claim
from tracker.actions.documents import QuotationDraft, SnapshotDraft, SourceDraft
from tracker.actions.people import SpeakerDraft
from tracker.actions.propositions import PropositionDraft
from tracker.actions.resolutions import publish, resolve
from tracker.actions.rounds import open_round, submit_verdict
from tracker.domain.errors import TrackerError
from tracker.models import Claim, Proposition, Resolution, Round, User

WORDS = "The city will be besieged by summer"
LATER = JUDGED + timedelta(days=8)  # the reply window of a resolution made at JUDGED is over
Done = TypeVar("Done")
_number = count(1)


def source(**fields: Any) -> SourceDraft:
    address = f"https://paper.example/{next(_number)}"
    return SourceDraft(**{"url": address, "title": "Siege", "published_on": SAID, **fields})


def quotation(**fields: Any) -> QuotationDraft:
    return QuotationDraft(**{"exact": WORDS, "said_on": SAID.isoformat(), **fields})


def proposition(**fields: Any) -> PropositionDraft:
    number = next(_number)
    whole = {
        "statement": f"City {number} is besieged.",
        "criteria": "It is not besieged on any day until then.",
        "deadline": DEADLINE,
    }
    return PropositionDraft(**{**whole, **fields})


def claim(**fields: Any) -> ClaimDraft:
    """A draft with source, text, quotation and a new speaker: just enough to be logged."""
    least = {
        "source": source(),
        "snapshot": SnapshotDraft(text=TEXT),
        "quotation": quotation(),
        "speaker": SpeakerDraft(person=f"Speaker {next(_number)}"),
    }
    return ClaimDraft(**{**least, **fields})


def forecast(**fields: Any) -> ClaimDraft:
    """A claim that is coded to the end and frozen, at 80 percent."""
    whole = {"proposition": proposition(), "kind": "forecast", "p_point": 800, "freeze": True}
    return claim(**{**whole, **fields})


def log(draft: ClaimDraft | None = None, *, by: User | None = None) -> Claim:
    return log_claim(by=by or make_user(), now=CODED, draft=draft or claim())


def open_for(what: Proposition, *, by: User | None = None, **fields: Any) -> Round:
    by = by or make_user(role="editor")
    return open_round(by=by, now=JUDGED, proposition=what, **fields)


def answer(round: Round, outcome: str = "came_true", *, by: User | None = None, **more: Any) -> Any:
    fields = {"rationale": "Two papers report it.", "searched": "Both archives.", **more}
    by = by or make_user(role="judge")
    return submit_verdict(by=by, now=JUDGED, round=round, outcome=outcome, **fields)


def judged(what: Proposition, *outcomes: str, condition: str = "", **fields: Any) -> Round:
    """A round of independent verdicts, all of the same answer to the condition."""
    round = open_for(what, needed=len(outcomes), **fields)
    answered = condition or ("met" if what.condition_id else "not_applicable")
    for outcome in outcomes:
        answer(round, outcome, condition=answered)
    round.refresh_from_db()
    return round


def resolved(what: Proposition, outcome: str = "came_true", **fields: Any) -> Resolution:
    round = judged(what, outcome, outcome, condition=fields.pop("condition", ""))
    return resolve(by=make_user(role="editor"), now=JUDGED, round=round, **fields)


def published(what: Proposition, outcome: str = "came_true", **fields: Any) -> Resolution:
    made = resolved(what, outcome, **fields)
    return publish(by=make_user(role="editor"), now=LATER, resolution=made)


def census() -> dict[str, int]:
    """How many rows each of our tables holds, history included."""
    tables = sorted(model._meta.db_table for model in apps.get_app_config("tracker").get_models())
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


@contextmanager
def refused(error: type[TrackerError], field: str = "") -> Iterator[Any]:
    """Pass if what is done inside is refused with this error and leaves no row behind."""
    before = census()
    with pytest.raises(TrackerError) as caught:
        yield caught
    assert type(caught.value) is error
    assert caught.value.field == field or not field
    assert census() == before


def at_once(*deeds: Callable[[], Done]) -> list[Done | TrackerError]:
    """What comes of deeds that begin at the same moment, each on a connection of its own."""
    barrier = Barrier(len(deeds))

    def do(deed: Callable[[], Done]) -> Done | TrackerError:
        try:
            barrier.wait()
            return deed()
        except TrackerError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))
