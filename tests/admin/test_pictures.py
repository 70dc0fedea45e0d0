"""Pictures of scores on the pages of people, organisations and topics."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tracker.actions.scores import rescore
from tracker.admin.pictures import MEANS
from tracker.models import Organisation, Person, Topic

Subjects = tuple[Person, Organisation, Organisation, Topic]


@pytest.fixture
def subjects(db: None) -> Subjects:
    """Person, organisation, outlet and topic of five claims on five events, all of them true."""
    person, house = builders.make_person(name="Sibyl <b>"), builders.make_organisation()
    outlet, topic = builders.make_organisation(kind="media"), builders.make_topic()
    for _ in range(5):
        snapshot = builders.make_snapshot(source=builders.make_source(outlet=outlet))
        claim = builders.make_claim(
            person=person,
            organisation=house,
            quotation=builders.make_quotation(snapshot=snapshot),
            proposition=builders.make_proposition(topic=topic),
        )
        builders.make_resolution(proposition=claim.proposition)
    rescore()
    return person, house, outlet, topic


def page(client: Client, record: Any) -> str:
    name = f"admin:tracker_{record._meta.model_name}_change"
    return client.get(reverse(name, args=[record.pk])).content.decode()


def test_a_judge_at_work_sees_no_picture(client: Client, subjects: Subjects) -> None:
    client.force_login(make_staff("judge"))

    for record in subjects:
        shown = page(client, record)
        assert "Scores are not shown to judges" in shown
        assert "t-picture" not in shown


def test_somebody_without_a_claim_has_no_picture(editor: Client) -> None:
    assert "t-picture" not in page(editor, builders.make_person())


def test_every_subject_has_its_four_pictures(editor: Client, subjects: Subjects) -> None:
    for record in subjects:
        shown = page(editor, record)
        assert shown.count('role="img" aria-labelledby') == len(MEANS), record
        for name in MEANS.values():
            assert f'aria-label="{name}"' in shown


def test_two_events_make_no_score_to_draw(editor: Client) -> None:
    person = builders.make_person()
    for _ in range(2):
        claim = builders.make_claim(person=person)
        builders.make_resolution(proposition=claim.proposition)
    rescore()

    shown = page(editor, person)

    assert "score-people" not in shown
    assert "fewer than 3 say nothing about calibration" in shown


def test_what_an_organisation_said_and_what_it_published_are_two_records(
    editor: Client, subjects: Subjects
) -> None:
    _, house, outlet, _ = subjects
    builders.make_claim(person=None, organisation=outlet)

    both, one = page(editor, outlet), page(editor, house)

    assert "Record as speaker" in both
    assert "Record as outlet" in both
    assert "Record as outlet" not in one


def test_a_name_in_a_picture_or_its_snippet_stays_a_name(
    editor: Client, subjects: Subjects
) -> None:
    shown = page(editor, subjects[0])

    assert "<b>" not in shown.split("t-pictures")[1].split('id="claims"')[0]
    assert "Calibration: Sibyl &lt;b&gt;" in shown


def test_the_snippet_leads_to_the_picture_and_says_who_sees_it(
    editor: Client, subjects: Subjects, settings: Any
) -> None:
    person = subjects[0]
    closed = page(editor, person)
    settings.TRACKER_PUBLIC_READ = True

    opened = page(editor, person)

    assert "TRACKER_PUBLIC_READ" in closed
    assert "Anyone may read it there" in opened
    address = f"http://testserver/api/v1/scores/people/{person.pk}/hedges"
    assert f"&lt;img src=&quot;{address}.svg&quot;" in opened
    assert f'href="{address}.json"' in opened


def test_a_page_asks_as_often_of_few_claims_as_of_many(editor: Client, subjects: Subjects) -> None:
    person = subjects[0]
    page(editor, person)
    counts = []
    for _ in range(2):
        rescore()
        with CaptureQueriesContext(connection) as queries:
            page(editor, person)
        counts.append(len(queries))
        for _ in range(4):
            claim = builders.make_claim(person=person)
            builders.make_resolution(proposition=claim.proposition)

    assert counts[0] == counts[1]
