"""Suggestions on the pages: on a claim's, on a proposition's, in the worklist, while one writes."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.admin.conftest import Door
from tests.admin.world import make_staff
from tests.builders import make_claim, make_person, make_proposition, make_round
from tests.pairs import make_duplicate, merged, reworded, twins
from tracker.models import Claim, Proposition

pytestmark = pytest.mark.django_db
SAME = "The same: propose a merge"


def page_of(client: Client, record: Claim | Proposition) -> str:
    name = f"admin:tracker_{record._meta.model_name}_change"
    return client.get(reverse(name, args=[record.pk])).content.decode()


def compare(noun: str, kept: int, dropped: int) -> str:
    return reverse("admin:tracker_duplicate_propose", args=[noun, kept, dropped])


def test_a_judge_is_offered_no_merge(client: Client) -> None:
    client.force_login(make_staff("judge"))
    first, _ = twins(proposition=reworded()[0])
    assert first.proposition

    assert "May be the same as" not in page_of(client, first)
    assert "May be the same as" not in page_of(client, first.proposition)


def test_a_proposition_leads_to_what_may_be_the_same(coder: Client) -> None:
    first, second = reworded()

    page = page_of(coder, second)

    assert first.statement in page
    assert "the same condition, days in common" in page
    assert compare("proposition", first.pk, second.pk) in page


def test_a_claim_leads_to_what_its_speaker_said_again(coder: Client) -> None:
    first, second = twins()

    page = page_of(coder, second)

    assert SAME in page
    assert compare("claim", first.pk, second.pk) in page


def test_claims_on_two_propositions_lead_to_merging_these_first(coder: Client) -> None:
    person, (one, other) = make_person(), reworded()
    first, _ = (make_claim(person=person, proposition=p) for p in (one, other))

    page = page_of(coder, first)

    assert "Merge their propositions first" in page
    assert compare("proposition", one.pk, other.pk) in page


def test_a_pair_that_is_proposed_leads_to_its_proposal(coder: Client) -> None:
    made = make_duplicate()
    assert made.kept_proposition

    page = page_of(coder, made.kept_proposition)

    assert reverse("admin:tracker_duplicate_change", args=[made.pk]) in page
    assert SAME not in page


def test_what_was_merged_leads_to_the_survivor_and_back(coder: Client) -> None:
    first, second = twins()
    kept, dropped = reworded()
    merged(first, second)
    merged(kept, dropped)

    assert f'Merged into this one: <a class="t-link" href="/admin/tracker/claim/{second.pk}' in (
        page_of(coder, first)
    )
    assert f">claim {first.pk}</a>" in page_of(coder, second)
    assert f">proposition {kept.pk}</a>" in page_of(coder, dropped)
    assert f">proposition {dropped.pk}</a>" in page_of(coder, kept)


def test_the_worklist_shows_pairs_side_by_side(coder: Client) -> None:
    first, second = twins(proposition=reworded()[0])

    page = coder.get(reverse("admin:tracker_duplicate_likely")).content.decode()

    assert compare("claim", first.pk, second.pk) in page
    assert "By summer Aleppo is besieged." in page
    assert "Aleppo is besieged by summer." in page


def test_an_empty_worklist_says_so(coder: Client) -> None:
    page = coder.get(reverse("admin:tracker_duplicate_likely")).content.decode()

    assert "Nothing on record looks like a repeat." in page


def test_the_worklist_hides_from_a_judge_who_codes_what_they_must_not_see(client: Client) -> None:
    user = make_staff("judge")
    user.groups.add(make_staff("coder").groups.get())
    client.force_login(user)
    first, second = twins(proposition=make_proposition())
    make_round(proposition=first.proposition)

    page = client.get(reverse("admin:tracker_duplicate_likely")).content.decode()

    assert compare("claim", first.pk, second.pk) not in page
    assert second.quotation.exact not in page


# --- while one writes ----------------------------------------------------------------


def test_nobody_who_logs_nothing_is_shown_what_is_on_record(client: Client) -> None:
    client.force_login(make_staff("judge"))

    assert (
        client.get(reverse("admin:tracker_claim_met"), {"statement": "Aleppo"}).status_code == 403
    )


def test_words_that_are_being_written_meet_those_on_record(coder: Client) -> None:
    first, _ = reworded()
    address = reverse("admin:tracker_claim_met")

    page = coder.get(address, {"statement": "Aleppo is besieged by summer"}).content.decode()

    assert f"&quot;known_proposition&quot;: &quot;{first.pk}&quot;" in page
    assert coder.get(address, {"statement": " \0"}).content.strip() == b""


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_proposition_on_record_is_taken_by_a_click(door: Door) -> None:
    first = make_proposition(statement="Aleppo is besieged by summer.")
    page = (coder := door.let_in("coder")).page
    coder.goto("/admin/tracker/claim/add/")

    page.fill("[name=statement]", "Aleppo is besieged by the summer")
    page.click(".t-hint:has-text('Aleppo is besieged by summer.')")

    expect(page.locator("[name=known_proposition]")).to_have_value(str(first.pk))
    expect(page.locator("[name=statement]")).to_have_value("")
