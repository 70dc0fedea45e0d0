"""The whole way through: from an empty database to a score, through the API alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.aleppo import Json, Player, coded, make_users
from tests.differing import ADJUDICATED, NEAR, SETTLES, VOID, differ, example_of, settled
from tracker.models import Claim, Quotation, Snapshot, Source

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
# The coder's three: one conditional, one “unlikely”, one relayed by way of two papers.
CONDITIONAL, UNLIKELY, RELAYED = "C15", "C12", "C10"


class Newsroom:
    """The example's users, each with a client of their own."""

    def __init__(self) -> None:
        self.clients = {}
        for name, user in make_users().items():
            self.clients[name] = APIClient()
            self.clients[name].force_authenticate(user)

    def ask(self, user: str, path: str, **query: Any) -> Json:
        answer = self.clients[user].get(f"/api/v1/{path}", query)
        assert answer.status_code == 200, answer.content
        found: Json = json.loads(answer.content)
        return found

    def send(self, user: str, path: str, body: Json, status: int) -> Json:
        answer = self.clients[user].post(f"/api/v1/{path}", body, format="json")
        assert answer.status_code == status, answer.content
        found: Json = json.loads(answer.content)
        return found

    def post(self, user: str, path: str, body: Json) -> Json:
        answer = self.clients[user].post(f"/api/v1/{path}", body, format="json")
        assert answer.status_code in (200, 201), (path, answer.content)
        found: Json = json.loads(answer.content)
        return found


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


def test_three_claims_go_from_the_article_to_scores_worked_out_by_hand(newsroom: Newsroom) -> None:
    player = Player(newsroom.post, example_of(CONDITIONAL, UNLIKELY, RELAYED))

    player.play()

    zilberman = newsroom.ask("editor", f"claims/{player.claims[CONDITIONAL]}/")
    assert zilberman["speaker"]["person"]["name"] == "Boris Zilberman"
    assert zilberman["hedge"] == {
        **zilberman["hedge"],
        "term": "might yet",
        "low": 0.1,
        "point": 0.4,
        "high": 0.65,
        "stacked": True,
    }
    assert zilberman["resolution"]["condition"] == "met"
    assert zilberman["resolution"]["outcome"] == "came_true"
    lister = newsroom.ask("editor", f"claims/{player.claims[UNLIKELY]}/")
    # “unlikely to forgo” speaks of the opposite of “keeps”: what is scored is 1 - .190 = .810.
    assert lister["polarity"] == "denies"
    salem = newsroom.ask("editor", f"claims/{player.claims[RELAYED]}/")
    assert [hop["outlet"]["name"] for hop in salem["quotation"]["hops"]] == [
        "The Wall Street Journal"
    ]
    assert salem["quotation"]["provenance"] == "C"
    assert salem["probability"] is None

    # Two scored events, both came true. Leaving the own event out, the rate of the other is
    # (1 + 1/2) / (1 + 1) = .75, so the base rate's Brier score is .25 ** 2 = .0625.
    scores = {line["subject"]["name"]: line for line in table(newsroom)}
    might_yet, keeps = scores["Boris Zilberman"], scores["Charles Lister"]
    assert might_yet["n"] == might_yet["events"] == 1
    assert might_yet["brier"] == pytest.approx(0.6**2)
    assert might_yet["improvement"]["mean"] == pytest.approx(0.0625 - 0.36)
    assert keeps["brier"] == pytest.approx(0.19**2)
    assert keeps["improvement"]["mean"] == pytest.approx(0.0625 - 0.0361)
    assert {line["rank"] for line in scores.values()} == {None}
    assert scores["Paul Salem"]["accounts"] == {"no_probability": 1}


def table(newsroom: Newsroom) -> Iterator[Json]:
    yield from newsroom.ask("editor", "scores/people/")["results"]


def test_the_split_round_went_to_an_adjudicator_and_kept_both_verdicts(newsroom: Newsroom) -> None:
    player = Player(newsroom.post, example_of(CONDITIONAL))
    player.play()

    proposition = player.propositions[CONDITIONAL]
    resolution = newsroom.ask("editor", "resolutions/", proposition=proposition)["results"][0]
    verdicts = newsroom.ask("editor", f"rounds/{resolution['round']}/verdicts/")

    assert resolution["method"] == "adjudicated"
    assert [(v["stage"], v["condition"], v["outcome"]) for v in verdicts] == [
        ("independent", "met", "came_true"),
        ("independent", "not_met", "void_condition"),
        ("adjudication", "met", "came_true"),
    ]


def test_the_two_readings_differ_on_seventeen_claims() -> None:
    about = {
        item["proposition"].removesuffix(".condition")
        for item in coded()["judging"]
        if differ(item)
    }

    assert about == set(SETTLES)
    assert (len(NEAR), len(VOID), len(ADJUDICATED)) == (8, 3, 6)


@pytest.mark.long
def test_the_whole_example_is_marked_and_nobody_is_ranked(newsroom: Newsroom) -> None:
    player = Player(newsroom.post)

    player.play()

    accounts: dict[str, int] = {}
    for line in table(newsroom):
        assert line["rank"] is None
        for account, count in line["accounts"].items():
            accounts[account] = accounts.get(account, 0) + count
    assert settled() == SETTLES
    assert Claim.objects.frozen().count() == 39
    assert Claim.objects.filter(coded_after_outcome=True).count() == 39
    assert accounts["void"] == 1
    # C02, C12, C15, C18, C22, C26, C28, C30, C32, C33 and C34: forecasts with a hedge that the
    # lexicon knows, in the speaker's own words, on conditions that were met.
    assert accounts["scored"] == 11


ARTICLE = SHARED / "aleppo_article.txt"
WITH_ARTICLE = pytest.mark.skipif(
    not ARTICLE.exists(), reason="The article is its publisher's and not part of the project."
)


def quoted(newsroom: Newsroom, text: str, claim: Json, status: int) -> Json:
    return newsroom.send(
        "coder",
        "claims/",
        {
            "source": {"url": "https://example.org/article", "title": "The article"},
            "snapshot": {"text": text},
            "quotation": {
                "exact": claim["quote"],
                "start": claim["start"],
                "end": claim["end"],
                "said_on": "2016-04-11",
            },
            "speaker": {"person": claim["name"]},
        },
        status,
    )


@WITH_ARTICLE
def test_swapped_words_are_refused_and_all_39_quotations_stand_in_the_article(
    newsroom: Newsroom,
) -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    claims = json.loads((SHARED / "aleppo_2016.json").read_text(encoding="utf-8"))["claims"]
    conditional = next(claim for claim in claims if claim["id"] == CONDITIONAL)
    swapped = conditional["quote"].replace("if Putin and Assad do", "if Assad and Putin do")
    assert swapped != conditional["quote"]

    for place in ({}, {"start": None, "end": None}):
        refusal = quoted(newsroom, text, {**conditional, "quote": swapped, **place}, 422)
        assert "quotation" in json.dumps(refusal["errors"])
    assert not Source.objects.exists() and not Snapshot.objects.exists()

    for claim in claims:
        logged = quoted(newsroom, text, claim, 201)
        assert logged["quotation"]["exact"] == text[claim["start"] : claim["end"]]
    assert Quotation.objects.count() == 39
