"""A judge who has not answered walks through every door, and finds nothing that could sway them.

The walk takes its addresses from the URL resolver: a door that is new is walked unasked, or fails
the walk until tests/walks.py knows how to fill its address in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.test import Client
from django.urls import reverse

from tests.builders import make_user
from tests.secret import ADDRESS, MARKERS, NUMBERS, TELLING, Secret, make_secret
from tests.walks import NOUN_OF, Filling, Route, routes
from tracker.actions.calendars import make_calendar
from tracker.api.base import Noun
from tracker.api.urls import NOUNS
from tracker.models import Affiliation, Organisation, Person, User

pytestmark = [pytest.mark.long, pytest.mark.django_db]

# Registers of people and houses list their names; what they said stays behind.
REGISTERS = tuple(
    f"{door}{noun}"
    for door, nouns in {
        "/api/v1/": ("people/", "organisations/", "scores/"),
        "/admin/tracker/": ("person/", "organisation/", "affiliation/", "claim/names/"),
    }.items()
    for noun in nouns
)
REGISTERED = (Person, Organisation, Affiliation)
WALKERS = {"a judge": {"judge"}, "a judge who codes": {"judge", "coder"}}


@pytest.fixture
def secret() -> Secret:
    return make_secret()


def person(roles: Iterable[str]) -> User:
    user = make_user(role="", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def filling(user: User) -> Filling:
    """Values for the parameters that no model answers for."""
    token = make_calendar(by=user, now=user.date_joined).token
    return Filling(
        {
            ("feeds", "token"): [token, "x" * 43],
            ("reply", "token"): ["x" * 43],
            ("codebook", "version"): ["1.0"],
            ("feeds", "name"): ["claims", "resolutions", "corrections"],
            ("timegate", "url"): [ADDRESS],
            ("timemap", "form"): ["link", "json"],
            ("timemap", "url"): [ADDRESS],
        }
    )


def queries(route: Route) -> Iterator[str]:
    """The bare address, and what the doors take besides: searches, other shapes, suggestions."""
    yield ""
    if route.pattern == "admin/autocomplete/":
        yield from (f"?{urlencode(question)}" for question in suggestions())
    elif route.pattern == "admin/search/":
        yield from ("?s=claim", "?s=tumble", "?s=tumble&extended=1")
    elif not route.parameters and route.pattern.startswith("admin/tracker/"):
        yield from ("?q=tumble", "?q=Sibyl&kind=person", "?words=perchance", "?all=")
    elif route.steps[:2] == ["api", "v1"]:
        view = NOUN_OF.get(route.steps[2], Noun)
        shapes = [shape.format for shape in getattr(view, "shapes", ())]
        yield from (f"?format={shape}" for shape in (*shapes, "api"))


def suggestions() -> Iterator[dict[str, str]]:
    """A field for every noun that forms could offer to complete, but for the registers' own."""
    nouns: dict[Any, dict[str, str]] = {}
    for model in apps.get_app_config("tracker").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.ManyToManyField):
                named = {"model_name": str(model._meta.model_name), "field_name": field.name}
                nouns[field.related_model] = {"app_label": "tracker", **named, "term": ""}
    yield from (found for noun, found in nouns.items() if noun not in REGISTERED)


def told(answer: Any, address: str) -> list[str]:
    """The markers in an answer, body and headers; what the address itself said is no news."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = f"{answer.headers} {body.decode(errors='replace')}"
    for said in {address, quote(address, safe=""), ADDRESS, quote(ADDRESS, safe="")}:
        text = text.replace(said, "")
    looked_for = TELLING if address.startswith(REGISTERS) else MARKERS
    by_chance = NUMBERS if address == "/metrics" else ()  # seconds may read like anything
    return [marker for marker in looked_for if marker in text and marker not in by_chance]


def walked(client: Client, user: User) -> Iterator[tuple[str, Any]]:
    """Every address as GET, and the first of each route as HEAD and OPTIONS too.

    Who codes besides is let into more doors, and asks in every shape; the judge who does not goes
    through the same doors once more, as plainly as can be.
    """
    plain = not user.groups.filter(name="coder").exists()
    fill = filling(user)
    for route in routes():
        for n, address in enumerate(fill.addresses(route)):
            for query in [""] if plain else queries(route):
                yield f"{address}{query}", client.get(address + query)
            if n == 0 and not plain:
                yield address, client.head(address)
                yield address, client.options(address)


@pytest.mark.parametrize("walker", WALKERS)
def test_no_door_tells_a_judge_who_said_what_where_or_how_surely(
    secret: Secret, walker: str
) -> None:
    judge = person(WALKERS[walker])
    client = signed_in(judge)

    leaks: dict[str, list[str]] = {}
    answers = 0
    for address, answer in walked(client, judge):
        answers += 1
        assert answer.status_code != 500, address
        if address != "/admin/logout/" and (found := told(answer, address)):
            leaks[address] = found

    assert not leaks, "\n".join(f"{address}: {found}" for address, found in leaks.items())
    assert answers > 300


# --- searches and filters as oracles ---------------------------------------------------


def probes(secret: Secret) -> Iterator[tuple[str, str, str]]:
    """A list, a question that only what is hidden would answer, and one that nothing answers."""
    claim, source = secret.claim, secret.source
    ids = {"speaker": claim.person_id, "organisation": claim.organisation_id}
    ids |= {"outlet": source.outlet_id, "source": source.pk, "claim": claim.pk}
    for view in NOUNS:
        filters = view.filterset_class.get_filters() if view.filterset_class else {}
        for name, pk in ids.items():
            if name in filters:
                yield f"/api/v1/{view.noun}/", f"{name}={pk}", f"{name}=999999999"
        if "q" in filters:
            yield f"/api/v1/{view.noun}/", "q=perchance", "q=zzzzzzzzz"
    for model, page in admin.site._registry.items():
        if model._meta.app_label != "tracker":
            continue
        listed = reverse(f"admin:tracker_{model._meta.model_name}_changelist")
        if page.search_fields:
            yield listed, "q=perchance", "q=zzzzzzzzz"
        for column in model._meta.concrete_fields:
            if isinstance(column, models.TextField):
                question = f"{column.name}__contains="
                yield listed, f"{question}perchance", f"{question}zzzzzzzzz"


def heard(client: Client, address: str, question: str) -> tuple[int, str]:
    """What a list answers, without what the question itself said and what is new each time."""
    answer = client.get(f"{address}?{question}")
    text = answer.content.decode().replace(question.partition("=")[2], "")
    rows = re.findall(r'<tr.*?</tr>|"id":\d+', text, re.DOTALL)
    return answer.status_code, "".join(rows)


def test_no_search_or_filter_answers_a_judge_by_what_is_hidden(secret: Secret) -> None:
    client = signed_in(person({"judge"}))

    told = [
        f"{address}?{question}"
        for address, question, other in probes(secret)
        if not address.startswith(REGISTERS)
        and heard(client, address, question) != heard(client, address, other)
    ]

    assert not told, "\n".join(told)
