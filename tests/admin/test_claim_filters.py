"""Claims of one subject, and what became of them: links on its page lead to exactly these."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff, make_story
from tracker.actions.scores import Subject, rescore
from tracker.admin.claim_filters import listed
from tracker.models import Claim

pytestmark = pytest.mark.django_db


def numbers(client: Client, address: str) -> set[int]:
    return {claim.pk for claim in client.get(address).context["cl"].result_list}


@pytest.mark.parametrize("of", ["parties-1", "people-", "people-²", "people-999999", "people"])
def test_whose_claims_there_are_not_is_passed_over(editor: Client, of: str) -> None:
    claim = builders.make_claim()

    page = editor.get(reverse("admin:tracker_claim_changelist"), {"of": of, "account": "open"})

    assert {row.pk for row in page.context["cl"].result_list} == {claim.pk}


def test_every_number_on_a_page_leads_to_its_claims(editor: Client) -> None:
    story = make_story()
    assert story.proposition is not None
    rescore()
    builders.make_claim(frozen=False, person=story.person)
    merged = builders.make_claim(person=builders.make_person(merged_into=story.person))
    pages = {
        Subject.PEOPLE: ("person", story.person_id),
        Subject.ORGANISATIONS: ("organisation", story.organisation_id),
        Subject.OUTLETS: ("organisation", story.quotation.snapshot.source.outlet_id),
        Subject.TOPICS: ("topic", story.proposition.topic_id),
    }
    for subject, (noun, pk) in pages.items():
        assert pk is not None
        page = editor.get(reverse(f"admin:tracker_{noun}_change", args=[pk]))
        record = next(one for one in page.context["records"] if one.subject is subject)
        for line in (*record.states, *record.counts):
            assert len(numbers(editor, line.address)) == line.n, (subject, line)
        assert story.pk in numbers(editor, listed(subject, pk, state__exact="frozen"))

    assert story.person_id is not None
    assert merged.pk in numbers(editor, listed(Subject.PEOPLE, story.person_id))


def test_a_judge_cannot_ask_what_became_of_them(client: Client) -> None:
    client.force_login(make_staff("judge"))
    claim = builders.make_claim()
    assert claim.person_id is not None

    asked = listed(Subject.PEOPLE, claim.person_id, account="void")
    assert f"whose: people: {claim.person} " in client.get(asked).content.decode()

    assert numbers(client, asked) == {claim.pk}


def test_a_subjects_claims_take_constant_queries(editor: Client) -> None:
    person = builders.make_person()
    counts = []
    for _ in range(2):
        builders.make_claim(person=person)
        with CaptureQueriesContext(connection) as asked:
            editor.get(listed(Subject.PEOPLE, person.pk, account="open"))
        counts.append(len(asked))

    # session, user, roles, the name, the capped count, the rows, what became of them
    assert counts == [7, 7]
    assert Claim.objects.count() == 2
