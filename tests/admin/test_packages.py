"""Exports: what is asked for comes from the API by its own rule; nonsense is refused."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:tracker_exports")


def test_who_has_no_role_takes_nothing_away(client: Client) -> None:
    client.force_login(builders.make_user(role="", is_staff=True))

    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize(
    ("asked", "field", "told"),
    [
        ({"what": "secrets"}, "what", "is not one of the available choices"),
        ({"what": "codes", "state": "frozen"}, "state", "Filters are for claims"),
        (
            {"what": "claims", "said_from": "2026-02-01", "said_to": "2026-01-01"},
            "said_to",
            "before the first",
        ),
    ],
    ids=["what there is not", "a filter that does nothing", "days in the wrong order"],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    editor: Client, asked: dict[str, str], field: str, told: str
) -> None:
    page = editor.get(PAGE, asked)

    assert told in str(page.context["form"].errors[field])
    assert 'role="alert"' in page.content.decode()


def test_the_filtered_claims_come_as_a_table(editor: Client) -> None:
    wanted = builders.make_claim()
    builders.make_claim(frozen=False)
    assert wanted.person_id is not None
    asked = {"what": "claims", "shape": "csv", "speaker": wanted.person_id, "state": "frozen"}
    assert "Take the record away" in editor.get(PAGE).content.decode()

    answer = editor.get(PAGE, asked, follow=True)

    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # it streams
    assert len(text.splitlines()) == 2
    assert str(wanted.uuid) in text


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"what": "codes", "shape": "jsonl"}, "exports-codes.jsonl"),
        ({"what": "all", "shape": "csv"}, "exports-all.zip"),
    ],
    ids=["codes", "everything"],
)
def test_each_table_and_all_of_them_can_be_asked_for(
    client: Client, asked: dict[str, str], name: str
) -> None:
    client.force_login(make_staff("judge"))

    assert client.get(PAGE, asked).headers["Location"] == reverse(name)
