"""Every page of the workbench, as every role: it opens or refuses, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admin.world import make_staff, make_world

pytestmark = pytest.mark.django_db

ROLES = ["coder", "judge", "editor", "admin", ""]
PAGES = {200, 403, 404}


def registered() -> list[type[models.Model]]:
    return sorted(admin.site._registry, key=lambda model: model._meta.label)


def addresses(model: type[models.Model]) -> Iterator[str]:
    """The list, the search, the page to add one, and the pages of one that exists."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    yield reverse(f"{name}_changelist")
    yield reverse(f"{name}_changelist") + "?q=siege"
    yield reverse(f"{name}_add")
    key = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    if key is not None:
        yield reverse(f"{name}_change", args=[key])
        yield reverse(f"{name}_history", args=[key])
        yield reverse(f"{name}_delete", args=[key])


def signed_in(role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_staff(role))
    return client


def visit(client: Client, address: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    return response.status_code, len(asked)


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "no role")
def test_every_page_opens_or_refuses(role: str) -> None:
    make_world()
    client = signed_in(role)

    answers = {
        address: visit(client, address)[0] for model in registered() for address in addresses(model)
    }

    assert {a: s for a, s in answers.items() if s not in PAGES} == {}
    opened = [address for address, status in answers.items() if status == 200]
    assert opened == [] or role
    assert len(opened) > 30 or not role


# Who is blinded, and who may do everything: the others' pages are among theirs.
@pytest.mark.long
@pytest.mark.parametrize("role", ["judge", "admin"])
def test_no_page_asks_more_when_rows_double(role: str) -> None:
    make_world()
    client = signed_in(role)
    pages = [a for model in registered() for a in addresses(model)] + [reverse("admin:index")]
    for address in pages:
        visit(client, address)
    before = {address: visit(client, address)[1] for address in pages}

    make_world()
    make_world()
    for address in pages:  # what is remembered between requests is asked again after a change
        visit(client, address)

    after = {address: visit(client, address)[1] for address in pages}
    assert {a: (before[a], after[a]) for a in pages if after[a] > before[a]} == {}


@pytest.mark.long
def test_nothing_can_be_deleted_by_a_page() -> None:
    make_world()
    client = signed_in("admin")

    refused = [
        client.post(address, {"post": "yes"}).status_code
        for model in registered()
        for address in addresses(model)
        if address.endswith("/delete/")
    ]

    assert set(refused) == {403}


@pytest.mark.parametrize("role", ["coder", "judge", "editor", "admin"])
def test_the_home_page_counts_what_waits(role: str) -> None:
    make_world()

    page = signed_in(role).get(reverse("admin:index")).content.decode()

    assert "Due" in page
    assert ("Awaiting publication" in page) is (role in ("editor", "admin"))
    assert ("Open rounds for me" in page) is (role != "coder")


@pytest.mark.parametrize(
    "given", ["²", "٣", "-1", "9" * 30], ids=["superscript", "٣", "-1", "huge"]
)
@pytest.mark.parametrize(
    "page",
    [
        "outcome/add/?proposition=",
        "distortion/add/?quotation=",
        "claim/add/?snapshot=",
    ],
)
def test_what_is_no_id_in_an_address_names_nothing(page: str, given: str) -> None:
    assert signed_in("editor").get(f"/admin/tracker/{page}{given}").status_code == 200
