"""What a list shows, as a file."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tracker.models import Claim

pytestmark = pytest.mark.django_db


def exported(client: Client, noun: str, query: str = "") -> list[list[str]]:
    answer = client.get(reverse(f"admin:tracker_{noun}_export") + query)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # it streams
    return list(csv.reader(io.StringIO(text)))


def test_a_filter_that_is_not_there_is_refused_with_a_remedy(editor: Client) -> None:
    for query in ("?nothing=1", "?state__exact=draft&said_on__gt=x"):
        answer = editor.get(reverse("admin:tracker_claim_export") + query)

        assert answer.status_code == 400


def test_whoever_may_not_see_a_list_does_not_get_its_file(coder: Client) -> None:
    assert coder.get(reverse("admin:tracker_user_export")).status_code == 403
    assert coder.get(reverse("admin:tracker_codepattern_export")).status_code == 404


def test_the_file_holds_what_is_filtered_and_no_more(editor: Client) -> None:
    draft = builders.make_claim(frozen=False)
    builders.make_claim()

    header, *rows = exported(editor, "claim", "?state__exact=draft")

    assert header[:4] == ["Key", "Quotation", "Speaker", "Said"]
    assert [row[0] for row in rows] == [str(draft.pk)]
    assert rows[0][header.index("Exact words")] == draft.quotation.exact
    assert rows[0][header.index("Said")] == draft.said_on.isoformat()


def test_a_name_that_is_a_formula_is_text_in_the_file(editor: Client) -> None:
    builders.make_person(name="=HYPERLINK(1)")

    _, row = exported(editor, "person")

    assert row[1] == "'=HYPERLINK(1)"


def test_batches_hold_every_row_once(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.admin.exports.BATCH", 2)
    people = [builders.make_person() for _ in range(5)]

    _, *rows = exported(editor, "person")

    assert [row[0] for row in rows] == [str(p.pk) for p in reversed(people)]


def test_a_file_takes_as_many_queries_as_it_has_batches(editor: Client) -> None:
    for _ in range(3):
        builders.make_claim()
    with CaptureQueriesContext(connection) as asked:
        exported(editor, "claim")

    # session, user, roles, the list's own count and page, one batch, what became of it
    assert len(asked) <= 8


def test_a_judge_gets_no_row_that_the_list_keeps_from_them(client: Client) -> None:
    claim = builders.make_claim()
    builders.make_round(proposition=claim.proposition)
    client.force_login(make_staff("judge"))

    _, *rows = exported(client, "claim")

    assert rows == []
    assert Claim.objects.count() == 1
