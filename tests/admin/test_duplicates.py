"""Duplicates in the workbench: compared side by side, proposed, confirmed by somebody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.world import make_staff
from tests.builders import make_claim, make_person, make_round
from tests.pairs import WHY, make_duplicate, reworded, twins
from tracker.models import Claim, Duplicate
from tracker.models.duplicates import DuplicateState

pytestmark = pytest.mark.django_db


def compare(noun: str, kept: int, dropped: int) -> str:
    return reverse("admin:tracker_duplicate_propose", args=[noun, kept, dropped])


def button(name: str, made: Duplicate) -> str:
    return reverse(f"admin:tracker_duplicate_{name}", args=[made.pk])


def page_of(client: Client, made: Duplicate) -> str:
    return client.get(button("change", made)).content.decode()


def test_a_judge_sees_no_duplicates(client: Client) -> None:
    client.force_login(make_staff("judge"))
    made, pair = make_duplicate(), reworded()

    assert client.get(button("change", made)).status_code == 403
    assert client.get(reverse("admin:tracker_duplicate_likely")).status_code == 403
    assert client.get(compare("proposition", pair[0].pk, pair[1].pk)).status_code == 403


@pytest.mark.parametrize("noun", ["claim", "proposition", "person"])
def test_what_is_not_there_cannot_be_compared(coder: Client, noun: str) -> None:
    assert coder.get(compare(noun, 10**9, 10**9 + 1)).status_code == 404


def test_a_proposal_shows_first_what_it_would_do(coder: Client) -> None:
    kept, dropped = reworded()
    person = make_person()
    later = make_claim(proposition=kept, person=person, said_on=date(2026, 2, 1))
    earlier = make_claim(proposition=dropped, person=person, said_on=date(2026, 1, 2))
    address = compare("proposition", kept.pk, dropped.pk)

    page = coder.get(address).content.decode()
    coder.post(address, {"reason": ""})
    assert not Duplicate.objects.exists()
    coder.post(address, {"reason": WHY})

    assert "1 claim moves" in page
    assert (
        f'become a further utterance of <a class="t-link" href="/admin/tracker/claim/{earlier.pk}'
        in page
    )
    assert f"claim {later.pk}</a>" in page
    assert compare("proposition", dropped.pk, kept.pk) in page
    assert Duplicate.objects.get().kept_proposition == kept


def test_of_two_claims_the_first_utterance_is_shown_as_the_kept_one(coder: Client) -> None:
    second, first = twins()
    Claim.objects.filter(pk=first.pk).update(said_on=date(2026, 1, 2))

    page = coder.get(compare("claim", second.pk, first.pk)).content.decode()

    kept, _, dropped = page.partition("Merged into it:")
    assert f">claim {first.pk}</a>" in kept
    assert f">claim {second.pk}</a>" in dropped


def test_what_stands_against_a_merge_leaves_no_button(coder: Client) -> None:
    kept, dropped = reworded()
    make_round(proposition=dropped)
    address = compare("proposition", kept.pk, dropped.pk)

    page = coder.get(address).content.decode()
    answer = coder.post(address, {"reason": WHY}).content.decode()

    assert "resolve or abandon its round first" in page
    assert "Propose the merge</button>" not in page
    assert "resolve or abandon its round first" in answer
    assert not Duplicate.objects.exists()


def test_nobody_is_offered_what_they_proposed(client: Client) -> None:
    user = make_staff("coder")
    client.force_login(user)
    made = make_duplicate(proposed_by=user)

    page = page_of(client, made)
    answer = client.post(button("confirm", made)).content.decode()

    assert "it waits for somebody else" in page
    assert button("confirm", made) not in page
    assert "You proposed this" in answer
    assert Duplicate.objects.get().state == DuplicateState.PROPOSED


def test_somebody_else_merges_by_a_button(coder: Client) -> None:
    first, second = twins()
    made = make_duplicate(kept_claim=first, dropped_claim=second)
    offered = page_of(coder, made)

    coder.post(button("confirm", made), {"reason": "Word for word."})

    assert button("confirm", made) in offered
    assert Claim.objects.get(pk=second.pk).merged_into == first
    assert "Word for word." in page_of(coder, made)
    assert button("confirm", made) not in page_of(coder, made)


def test_keeping_them_apart_asks_why(coder: Client) -> None:
    made = make_duplicate()

    coder.post(button("reject", made), {"reason": ""})
    assert Duplicate.objects.get().state == DuplicateState.PROPOSED
    coder.post(button("reject", made), {"reason": "Another summer."})

    assert Duplicate.objects.get().decision_reason == "Another summer."


def test_the_list_shows_both_and_where_they_stand(coder: Client) -> None:
    make_duplicate()
    first, second = twins()
    make_duplicate(kept_claim=first, dropped_claim=second)

    page = coder.get(reverse("admin:tracker_duplicate_changelist")).content.decode()

    assert "Aleppo is besieged by summer. / By summer Aleppo is besieged." in page
    assert "Likely duplicates" in page


def test_the_home_page_counts_what_waits_for_a_second_person(client: Client) -> None:
    user = make_staff("coder")
    client.force_login(user)
    make_duplicate(proposed_by=user)
    alone = client.get(reverse("admin:index")).content.decode()
    make_duplicate()

    page = client.get(reverse("admin:index")).content.decode()

    counted = '<span class="t-count">{}</span><span class="t-count-title">Merges to confirm'
    assert counted.format(0) in alone
    assert counted.format(1) in page


def test_the_list_of_claims_leaves_out_what_was_merged(coder: Client) -> None:
    first, second = twins()
    Claim.objects.filter(pk=second.pk).update(state="merged", merged_into=first)
    listed = reverse("admin:tracker_claim_changelist")
    page = f"/admin/tracker/claim/{second.pk}/"

    assert page not in coder.get(listed).content.decode()
    assert page in coder.get(f"{listed}?state__exact=merged").content.decode()


def test_a_judge_who_codes_sees_no_pair_that_they_have_to_judge(client: Client) -> None:
    user = make_staff("judge")
    user.groups.add(make_staff("coder").groups.get())
    client.force_login(user)
    first, second = twins()
    hidden = make_duplicate(kept_claim=first, dropped_claim=second)
    shown = make_duplicate()
    make_round(proposition=first.proposition)

    assert client.get(button("change", hidden)).status_code == 404
    assert client.get(compare("claim", first.pk, second.pk)).status_code == 404
    assert client.get(button("change", shown)).status_code == 200
