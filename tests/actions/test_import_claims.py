"""The law of bulk: rows make the records that `log_claim` makes of them one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import CODED, make_organisation, make_person, make_source, make_user
from tests.importing import WORDS, imported, row, table
from tracker.actions.claims import ClaimDraft, log_claim
from tracker.actions.import_drafts import row_of
from tracker.actions.propositions import PropositionDraft
from tracker.domain.errors import TrackerError
from tracker.domain.import_columns import CLAIMS
from tracker.models import (
    Affiliation,
    Claim,
    Event,
    Organisation,
    Person,
    Proposition,
    Quotation,
    Relay,
    Snapshot,
    Source,
    Topic,
    User,
)

pytestmark = pytest.mark.django_db
NOUNS = (Person, Organisation, Topic, Affiliation, Source, Snapshot, Quotation, Relay, Proposition)


def picture(record: models.Model | None) -> Any:
    """A record with all that it points at, without what is drawn or numbered."""
    if record is None or isinstance(record, User):
        return record and str(record)
    found = {}
    for field in record._meta.concrete_fields:
        if field.name in ("id", "uuid"):
            continue
        value = getattr(record, field.name)
        found[field.name] = picture(value) if isinstance(field, models.ForeignKey) else value
    return found


def record() -> Any:
    """All that is on record, as far as two ways of logging must agree on it."""
    claims = [picture(claim) for claim in Claim.objects.order_by("id")]
    rest = {
        noun.__name__: sorted(repr(picture(one)) for one in noun._default_manager.all())
        for noun in NOUNS
    }
    return claims, rest, Event.objects.count()


class _Undo(Exception):
    """Takes a savepoint back."""


def undone(work: Any) -> Any:
    """What the work returns; what it wrote is taken back."""
    found = None
    try:
        with transaction.atomic():
            found = work()
            raise _Undo
    except _Undo:
        return found


def drafts(rows: list[dict[str, str]]) -> list[ClaimDraft]:
    made = []
    for number, cells in enumerate(rows, start=2):
        header = [CLAIMS.column(name) for name in cells]
        groups, wrong = CLAIMS.of_cells(header, list(cells.values()))
        assert not wrong
        made.append(row_of(number, groups).draft)
    return made


def one_by_one(by: User, rows: list[dict[str, str]]) -> Any:
    """The record after logging each row; a proposition said before is named by its id."""
    known: dict[PropositionDraft, int] = {}
    sources: dict[Any, int] = {}
    try:
        for draft in drafts(rows):
            meant = draft.proposition
            sent = replace(draft, proposition=_known(meant, known)) if meant else draft
            if not draft.source.url and draft.source in sources:
                sent = replace(sent, source=replace(draft.source, id=sources[draft.source]))
            claim = log_claim(by=by, now=CODED, draft=sent)
            sources.setdefault(draft.source, claim.quotation.snapshot.source_id)
            one, filed = meant, claim.proposition
            while one and filed:
                known.setdefault(one, filed.pk)
                one, filed = one.condition, filed.condition
    except TrackerError as error:
        return error.code
    return record()


def _known(draft: PropositionDraft, known: dict[PropositionDraft, int]) -> PropositionDraft:
    if draft in known:
        return PropositionDraft(id=known[draft])
    if draft.condition and draft.condition in known:
        return replace(draft, condition=PropositionDraft(id=known[draft.condition]))
    return draft


def at_once(by: User, rows: list[dict[str, str]]) -> Any:
    """The record after the import, or the code of its first fault."""
    run = imported(table(rows), by=by)
    return record() if run.state == "done" else run.faults.values_list("code", flat=True)[0]


ONE_ROW = st.fixed_dictionaries(
    {
        "source.url": st.sampled_from(
            ["", "https://example.org/a", "http://www.example.org/a/", "https://known.example/x"]
        ),
        "source.title": st.sampled_from(["", "On Aleppo", WORDS]),
        "source.outlet": st.sampled_from(["", "The Paper", "the  paper", "Known House"]),
        "source.published_on": st.sampled_from(["", "2016-04-11"]),
        "snapshot.text": st.sampled_from(
            [f"“{WORDS},” he said.", f"{WORDS}\n{WORDS}, he said.", f"{WORDS} unlikely. {WORDS}."]
        ),
        "quotation.exact": st.sampled_from([WORDS, f"{WORDS},", "Nobody said this, ever"]),
        "quotation.said_on": st.sampled_from(["", "2016-04", "2016-04-11"]),
        "quotation.mode": st.sampled_from(["", "headline", "paraphrase"]),
        "quotation.hops": st.sampled_from(["", '[{"mode": "translated", "outlet": "The Wire"}]']),
        "speaker.person": st.sampled_from(["", "Ada Analyst", "ADA  analyst", "José", "Known One"]),
        "speaker.person.aliases": st.sampled_from(["", "José|Ada A.", "Jose"]),
        "speaker.organisation": st.sampled_from(["", "Institute", "The Paper"]),
        "speaker.role": st.sampled_from(["", "fellow"]),
        "kind": st.sampled_from(["", "forecast", "conditional_forecast", "assertion_of_fact"]),
        "polarity": st.sampled_from(["", "denies", "abstains"]),
        "hedge": st.sampled_from(["", "unlikely", "might yet", "very likely, I think", "blue"]),
        "probability": st.sampled_from(["", "0.7"]),
        "proposition.statement": st.sampled_from(["", "It falls.", "It holds."]),
        "proposition.criteria": st.sampled_from(["", "No road is open."]),
        "proposition.deadline": st.sampled_from(["", "2016-06-21", "2015-01-01"]),
        "proposition.topic": st.sampled_from(["", "Syria", "syria"]),
        "proposition.condition.statement": st.sampled_from(["", "", "The truce ends."]),
        "freeze": st.sampled_from(["", "true"]),
        "failed_test": st.sampled_from(["", "", "", "T1"]),
    }
).map(lambda cells: {name: value for name, value in cells.items() if value})


@given(rows=st.lists(ONE_ROW, min_size=1, max_size=4))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_rows_make_the_records_of_logging_them_one_by_one(
    db: None, rows: list[dict[str, str]]
) -> None:
    by = User.objects.get_or_create(username="importer")[0]
    by.groups.add(Group.objects.get_or_create(name="coder")[0])

    logged = undone(lambda: one_by_one(by, world(rows)))

    assert undone(lambda: at_once(by, world(rows))) == logged


def world(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows, beside records that some of them name."""
    make_person(name="Known One", aliases=["Known"], slug="known-one")
    house = make_organisation(name="Known House", aliases=["The Paper"], slug="known-house")
    url = "https://known.example/x"
    make_source(url=url, canonical_url=url, title=WORDS, outlet=house)
    return rows


def test_the_usual_row_agrees_too() -> None:
    by = make_user()
    rows = [row(), row(external_id="a-2", speaker__person="Bo Other", hedge="might yet")]

    logged = undone(lambda: one_by_one(by, rows))

    assert isinstance(logged, tuple)
    assert undone(lambda: at_once(by, rows)) == logged
