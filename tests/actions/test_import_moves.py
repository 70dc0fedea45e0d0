"""What follows from an import: history, roles, frozen propositions, pages to compare again."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.builders import CODED, make_proposition, make_snapshot, make_source
from tests.importing import WORDS, imported, row, table
from tracker.actions.anchorings import catch_up
from tracker.models import Affiliation, Anchoring, Claim, Snapshot

pytestmark = pytest.mark.django_db


def test_history_and_roles_are_kept_as_by_logging() -> None:
    rows = [row(), row(external_id="a-2", hedge="might", proposition__statement="It holds.")]

    run = imported(table(rows))

    events = Claim.pgh_event_model.objects.select_related("pgh_context")
    assert events.count() == 2
    told = {(e.pgh_context.metadata["user"], e.pgh_context.metadata["action"]) for e in events}
    assert told == {(run.requested_by_id, "_carry_out")}
    assert Affiliation.objects.values_list("role").get() == ("fellow",)


def test_an_open_proposition_on_record_is_frozen_with_its_condition() -> None:
    condition = make_proposition(frozen=False)
    known = make_proposition(frozen=False, condition=condition)
    mine = {name: value for name, value in row().items() if not name.startswith("proposition")}

    run = imported(table([{**mine, "proposition.id": str(known.pk), "quotation.said_on": "2016"}]))

    assert run.state == "done", list(run.faults.values())
    known.refresh_from_db()
    condition.refresh_from_db()
    assert known.frozen_at
    assert condition.frozen_at
    assert Claim.objects.get().proposition == known


def test_a_page_that_changed_its_words_is_compared_by_a_job() -> None:
    imported(table([row()]))
    text = f"Nothing of the kind. {WORDS}, he says."

    imported(table([row(external_id="a-2", snapshot__text=text, freeze="")]))

    jobs = ProcrastinateJob.objects.filter(task_name="tracker.jobs.reanchor_snapshot")
    waiting = sorted(job.args["snapshot_id"] for job in jobs)
    assert waiting == sorted(Snapshot.objects.values_list("pk", flat=True))
    assert sum(catch_up(snapshot=s, now=CODED) for s in Snapshot.objects.all()) == 2
    assert Anchoring.objects.count() == 2


def test_the_text_of_a_known_page_is_one_snapshot() -> None:
    url = "https://example.org/a"
    source = make_source(url=url, canonical_url=url, title="On Aleppo")
    make_snapshot(source=source, text=row()["snapshot.text"])

    imported(table([row()]))

    assert Snapshot.objects.count() == 1
    assert Claim.objects.get().quotation.snapshot.source == source
