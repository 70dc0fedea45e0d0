"""What may not be seen is not there: for judges, for the public, for readers of the same words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import (
    make_capture,
    make_claim,
    make_lexicon,
    make_organisation,
    make_outcome,
    make_person,
    make_proposition,
    make_quotation,
    make_reading,
    make_resolution,
    make_round,
    make_snapshot,
    make_source,
    make_user,
    make_verdict,
)
from tests.distorting import make_distortion
from tests.duties import moved_to
from tracker.actions.rounds import visible_verdicts
from tracker.api.sight import Sight
from tracker.domain.judging import State
from tracker.models import Reply, Round, Verdict

SECRETS = ("Sibyl Speaker", "Secret Institute", "Hidden Herald", "most probably", "0.873")


@pytest.fixture
def judged(db: None) -> Round:
    """An open round on a proposition behind which everything is telling."""
    claim = make_claim(
        proposition=make_proposition(
            condition_words="if Sibyl Speaker is heard",
            deadline_words="Sibyl Speaker: by June",
            note="Sibyl Speaker said so.",
        ),
        organisation=make_organisation(name="Secret Institute"),
        person=make_person(name="Sibyl Speaker"),
        quotation=make_quotation(
            snapshot=make_snapshot(
                source=make_source(outlet=make_organisation(name="Hidden Herald"))
            )
        ),
        hedge="most probably",
        p=873,
    )
    make_capture(source=claim.quotation.snapshot.source)
    make_distortion(quotation=claim.quotation, exact="The city")
    make_reading(claim=claim)
    make_outcome(proposition=claim.proposition, note="Unlike Sibyl Speaker, the Herald saw it.")
    return make_round(proposition=claim.proposition, note="Sibyl Speaker asked for it.")


def _behind(judged: Round) -> dict[str, int]:
    claim = judged.proposition.claims.get()
    return {
        "claims": claim.pk,
        "quotations": claim.quotation.pk,
        "snapshots": claim.quotation.snapshot.pk,
        "sources": claim.quotation.snapshot.source.pk,
        "captures": claim.quotation.snapshot.source.captures.get().pk,
        "distortions": claim.quotation.distortions.get().pk,
        "readings": claim.readings.get().pk,
    }


@pytest.mark.parametrize(
    "noun", ["claims", "quotations", "distortions", "snapshots", "sources", "captures", "readings"]
)
def test_a_judge_does_not_find_what_stands_behind_the_proposition(
    judge: Door, judged: Round, noun: str
) -> None:
    pk = _behind(judged)[noun]

    assert judge.read(f"{noun}/{pk}/").status_code == 404
    assert judge.read(f"{noun}/").json()["results"] == []


@pytest.mark.parametrize("noun", ["propositions", "rounds", "outcomes"])
def test_what_a_judge_reads_carries_no_trace_of_the_speaker(
    judge: Door, judged: Round, noun: str
) -> None:
    answer = judge.read(f"{noun}/")

    assert len(answer.json()["results"]) == 1
    assert not [secret for secret in SECRETS if secret in answer.content.decode()]


def test_coders_and_editors_see_all_of_it(door: Callable[[str], Door], judged: Round) -> None:
    for role in ("editor", "admin"):
        client = door(role)
        for noun, pk in _behind(judged).items():
            assert client.read(f"{noun}/{pk}/").status_code == 200


def test_a_judge_who_has_answered_sees_what_stands_behind(judge: Door, judged: Round) -> None:
    make_verdict(round=judged, judge=judge.user)

    assert judge.read(f"claims/{_behind(judged)['claims']}/").status_code == 200


def test_claims_that_hang_on_the_proposition_are_hidden_too(judge: Door, judged: Round) -> None:
    claim = make_claim(proposition=make_proposition(condition=judged.proposition))

    assert judge.read(f"claims/{claim.pk}/").status_code == 404


def test_a_fresh_judge_does_not_see_the_resolution_that_was_appealed(judge: Door) -> None:
    proposition = make_proposition()
    resolution = make_resolution(proposition=proposition)
    reply = Reply.objects.create(
        resolution=resolution, author="Ada", text="No.", received_at=resolution.decided_at
    )
    make_round(proposition=proposition)

    assert judge.read(f"resolutions/{resolution.pk}/").status_code == 404
    assert judge.read(f"replies/{reply.pk}/").status_code == 404


def test_a_fresh_judge_does_not_see_how_the_earlier_round_was_judged(judge: Door) -> None:
    earlier = make_round(state=State.OPEN)
    verdict = make_verdict(round=earlier)
    moved_to(earlier, State.SETTLED)
    assert {line["id"] for line in judge.read("verdicts/").json()["results"]} == {verdict.pk}

    make_round(proposition=earlier.proposition, number=2)

    assert judge.read("verdicts/").json()["results"] == []


def test_base_rates_are_kept_from_judges(judge: Door, editor: Door, judged: Round) -> None:
    body = {"p": 0.3, "as_of": "2026-01-01", "method": "Sieges a year."}
    path = f"propositions/{judged.proposition.pk}/benchmarks/"

    assert editor.send(path, body).status_code == 201
    assert judge.read(path).json() == []
    assert [row["p"] for row in editor.read(path).json()] == [0.3]


@pytest.mark.parametrize("state", [State.OPEN, State.SPLIT, State.AGREED, State.SETTLED])
@pytest.mark.parametrize("role", ["coder", "judge", "editor", "admin"])
@pytest.mark.parametrize("answered", [True, False], ids=["answered", "silent"])
def test_lists_and_rounds_show_the_same_verdicts(
    db: None, state: State, role: str, answered: bool
) -> None:
    viewer = make_user(role=role)
    judged = make_round(needed=3)
    make_verdict(round=judged)
    if answered:
        make_verdict(round=judged, judge=viewer)
    moved_to(judged, state)

    seen = Sight(viewer, viewer.roles()).see(Verdict.objects.all())

    assert set(seen) == set(visible_verdicts(judged, viewer))


def test_judges_do_not_see_each_other_while_the_round_is_open(
    door: Callable[[str], Door], judged: Round
) -> None:
    verdict = make_verdict(round=judged)
    judge, editor = door("judge"), door("editor")

    for client in (judge, editor):
        assert client.read(f"verdicts/{verdict.pk}/").status_code == 404
        assert client.read(f"rounds/{judged.pk}/verdicts/").json() == []
        assert client.read("verdicts/").json()["results"] == []


def test_own_belief_is_shown_to_the_reader_alone(door: Callable[[str], Door]) -> None:
    reader, editor = door("judge"), door("editor")
    reading = make_reading(reader=reader.user, own_belief=250)

    assert editor.read(f"readings/{reading.pk}/").json()["own_belief"] is None
    assert reader.read(f"readings/{reading.pk}/").json()["own_belief"] == 0.25


def test_a_reader_sees_the_others_once_their_own_reading_is_in(judge: Door) -> None:
    claim = make_claim()
    other = make_reading(claim=claim)

    assert judge.read(f"readings/{other.pk}/").status_code == 404
    make_reading(claim=claim, reader=judge.user)
    assert judge.read(f"readings/{other.pk}/").status_code == 200


def _hidden() -> dict[str, Any]:
    """Records that the public must not find, by noun."""
    draft = make_claim(frozen=False)
    open_round = make_round(proposition=make_proposition())
    return {
        "claims": draft,
        "quotations": draft.quotation,
        "snapshots": draft.quotation.snapshot,
        "sources": draft.quotation.snapshot.source,
        "people": draft.person,
        "propositions": make_proposition(frozen=False),
        "rounds": open_round,
        "verdicts": make_verdict(round=open_round),
        "outcomes": make_outcome(proposition=open_round.proposition),
        "resolutions": make_resolution(published=False),
        "lexicons": make_lexicon(frozen=False),
        "readings": make_reading(),
    }


def test_the_public_finds_no_draft_and_nothing_unfinished(public: Door) -> None:
    for noun, record in _hidden().items():
        assert public.read(f"{noun}/{record.pk}/").status_code == 404, noun
        listed = [row["id"] for row in public.read(f"{noun}/", limit=200).json()["results"]]
        assert record.pk not in listed, noun


def test_the_public_reads_what_is_published(public: Door) -> None:
    claim = make_claim()
    judged = make_round(proposition=claim.proposition, needed=1)
    verdict = make_verdict(round=judged)
    outcome = make_outcome(proposition=claim.proposition)
    moved_to(judged, State.SETTLED)
    resolution = make_resolution(proposition=claim.proposition, round=judged)
    published = {
        "claims": claim,
        "quotations": claim.quotation,
        "sources": claim.quotation.snapshot.source,
        "people": claim.person,
        "propositions": claim.proposition,
        "rounds": judged,
        "verdicts": verdict,
        "outcomes": outcome,
        "resolutions": resolution,
    }

    for noun, record in published.items():
        assert public.read(f"{noun}/{record.pk}/").status_code == 200, noun
    shown = public.read(f"verdicts/{verdict.pk}/").json()
    assert shown["judge"] is None
    assert public.read(f"claims/{claim.pk}/").json()["resolution"]["outcome"] == "came_true"


def test_a_quotation_of_two_public_claims_is_listed_once(public: Door) -> None:
    quotation = make_quotation()
    for _ in range(2):
        make_claim(quotation=quotation)

    assert len(public.read("quotations/").json()["results"]) == 1
