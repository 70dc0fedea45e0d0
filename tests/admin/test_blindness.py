"""A judge sees nothing that could sway them, on any page, until their verdict is in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.test_base import addresses, registered
from tests.admin.world import make_staff
from tests.distorting import make_distortion
from tracker.actions.rounds import hidden_from
from tracker.admin.blindness import hidden_claims
from tracker.models import Claim, User

pytestmark = pytest.mark.django_db

SECRETS = [
    "Sibyl Unseen",
    "Hidden Herald",
    "walls shall tumble",
    "perchance-hedge",
    "61.7\N{NO-BREAK SPACE}%",
]
WORDS = "The walls shall tumble, perchance-hedge"


@pytest.fixture
def secret() -> Claim:
    """A claim whose every telling part is a word found nowhere else, with a round under way."""
    outlet = builders.make_organisation(name="Hidden Herald", kind="media")
    source = builders.make_source(title="Hidden Herald extra", outlet=outlet)
    snapshot = builders.make_snapshot(text=f"Sibyl Unseen: {WORDS}.", source=source)
    quotation = builders.make_quotation(exact=WORDS, snapshot=snapshot)
    proposition = builders.make_proposition(
        condition_words="walls shall tumble", deadline_words="perchance-hedge"
    )
    claim = builders.make_claim(
        quotation=quotation,
        person=builders.make_person(name="Sibyl Unseen"),
        organisation=outlet,
        proposition=proposition,
        hedge="perchance-hedge",
        p=617,
    )
    make_distortion(quotation=quotation, exact="Sibyl Unseen")
    builders.make_benchmark(proposition=proposition, p=617)
    builders.make_reading(claim=claim)
    earlier = builders.make_resolution(proposition=proposition, rationale="walls shall tumble")
    builders.make_reply(resolution=earlier, author="Sibyl Unseen", text="walls shall tumble")
    builders.make_score_item(claim=claim, resolution=earlier)
    outcome = builders.make_outcome(proposition=proposition)
    builders.make_citation(outcome=outcome, source=source)
    builders.make_round(proposition=proposition)
    return claim


def pages_about(claim: Claim) -> Iterator[str]:
    """Every list, and the pages and histories of all that hangs on the claim."""
    proposition = claim.proposition
    assert proposition is not None
    snapshot = claim.quotation.snapshot
    told = [claim, proposition, claim.quotation, snapshot, snapshot.source, *claim.readings.all()]
    told += [*claim.quotation.distortions.all()]
    told += [*proposition.benchmarks.all(), *proposition.resolutions.all()]
    told += [*proposition.rounds.all(), *proposition.outcomes.all(), claim.score_item]
    told += [reply for one in proposition.resolutions.all() for reply in one.replies.all()]
    for record in told:
        name = f"admin:tracker_{record._meta.model_name}"
        yield reverse(f"{name}_change", args=[record.pk])
        yield reverse(f"{name}_history", args=[record.pk])
    for model in registered():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_changelist") + "?q=tumble"
    yield reverse("admin:index")
    yield reverse("admin:search") + "?s=claim"
    for app, model, field in ("tracker", "claim", "revises"), ("tracker", "citation", "source"):
        query = f"app_label={app}&model_name={model}&field_name={field}&term="
        yield f"{reverse('admin:autocomplete')}?{query}"


def leaks(client: Client, address: str) -> list[str]:
    """Which secrets a page gives away; names of people and outlets alone are no secret."""
    page = client.get(address)
    text = page.content.decode().replace("?q=tumble", "")
    tied = ["/person/", "/organisation/", "/affiliation/"]
    if page.status_code != 200 or any(noun in address for noun in tied):
        return []
    return [secret for secret in SECRETS if secret in text]


def judge_at_work() -> tuple[Client, User]:
    judge = make_staff("judge")
    client = Client()
    client.force_login(judge)
    return client, judge


@pytest.mark.long
def test_no_page_tells_a_judge_who_said_what_where_or_how_surely(secret: Claim) -> None:
    client, _ = judge_at_work()

    found = {address: leaks(client, address) for address in pages_about(secret)}

    assert {address: told for address, told in found.items() if told} == {}


def test_the_pages_of_people_do_not_lead_to_hidden_claims(secret: Claim) -> None:
    client, _ = judge_at_work()

    page = client.get(reverse("admin:tracker_person_change", args=[secret.person_id]))

    assert page.status_code == 200
    assert "walls shall tumble" not in page.content.decode()
    assert "61.7" not in page.content.decode()


@pytest.mark.long
def test_the_same_pages_tell_an_editor_everything(secret: Claim) -> None:
    client = Client()
    client.force_login(make_staff("editor"))

    told = {word for address in pages_about(secret) for word in leaks(client, address)}

    assert told == set(SECRETS)


def test_the_claim_opens_once_the_verdict_is_in(secret: Claim) -> None:
    client, judge = judge_at_work()
    address = reverse("admin:tracker_claim_change", args=[secret.pk])
    assert client.get(address).status_code == 404

    assert secret.proposition is not None
    builders.make_verdict(round=secret.proposition.rounds.get(), judge=judge)

    assert "walls shall tumble" in client.get(address).content.decode()


def test_claims_that_hang_on_a_judged_condition_are_hidden_too(secret: Claim) -> None:
    _, judge = judge_at_work()
    below = builders.make_proposition(condition=secret.proposition)
    hanging = builders.make_claim(proposition=below)

    assert set(hidden_claims(judge)) == {secret, hanging}
    assert set(hidden_from(judge)) == {secret.proposition, below}


@pytest.mark.long
def test_every_page_of_a_judge_stays_open_while_they_judge(secret: Claim) -> None:
    client, _ = judge_at_work()
    lists = [next(addresses(model)) for model in registered()]

    answers = {client.get(address).status_code for address in lists}

    assert answers <= {200, 403}
    assert admin.site.is_registered(Claim)
