"""The worked example played through the API, as its users would log, mark and publish it.

`python -m tests.aleppo` plays it into an empty database of its own and writes the fixture.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent / "fixtures"
CODED = HERE / "coded" / "aleppo_2016.json"
FIXTURE = HERE / "aleppo_2016.json"
USERS = {
    "coder": ("Cora Coder", "coder"),
    "judge_one": ("Jonas Judge", "judge"),
    "judge_two": ("Juno Judge", "judge"),
    "editor": ("Edda Editor", "editor"),
}
Json = dict[str, Any]
Post = Callable[[str, str, Json], Json]  # user name, path under /api/v1/, body -> answer


def coded() -> Json:
    """The example as its coders wrote it: names and references, no database ids."""
    example: Json = json.loads(CODED.read_text(encoding="utf-8"))
    return example


class Player:
    """Posts the coded example in the order of the work, and remembers which id each name got."""

    def __init__(self, post: Post, example: Json | None = None) -> None:
        self.post = post
        self.example = example or coded()
        self.sources: dict[str, int] = {}
        self.outcomes: dict[str, int] = {}
        self.propositions: dict[str, int] = {}
        self.claims: dict[str, int] = {}
        self.quotations: dict[str, Json] = {}

    def play(self) -> None:
        self.file_topics()
        for claim in self.example["claims"]:
            self.log(claim)
        for change in self.example["distortions"]:
            self.distort(change)
        for source in self.example["sources"]:
            body = {name: value for name, value in source.items() if name != "ref"}
            self.sources[source["ref"]] = self.post("coder", "sources/", body)["id"]
        for outcome in self.example["outcomes"]:
            self.record(outcome)
        for item in self.example["judging"]:
            self.judge(item)

    def file_topics(self) -> None:
        ids: dict[str, int] = {}
        for topic in self.example["topics"]:
            parent = {"parent": ids[topic["parent"]]} if "parent" in topic else {}
            answer = self.post("coder", "topics/", {"name": topic["name"], **parent})
            ids[topic["name"]] = answer["id"]

    def log(self, claim: Json) -> Json:
        """Logs one claim; a condition is sent whole the first time, then by its id."""
        name = claim["external_id"].removeprefix("aleppo-2016-")
        proposition = dict(claim["proposition"])
        condition = dict(proposition.get("condition") or {})
        known_as = condition.pop("ref", None)
        if known_as in self.propositions:
            condition = {"id": self.propositions[known_as]}
        if condition:
            proposition["condition"] = condition
        body = {
            "source": self.example["source"],
            "snapshot": self.example["snapshot"],
            **claim,
            "proposition": proposition,
        }
        if "distorts" in claim:
            body["distorts"] = self.claims[claim["distorts"]["ref"]]
        answer = self.post("coder", "claims/", body)
        self.claims[name] = answer["id"]
        self.quotations[name] = answer["quotation"]
        self.propositions[name] = answer["proposition"]["id"]
        if known_as:
            self.propositions[known_as] = answer["proposition"]["condition"]["id"]
        return answer

    def distort(self, change: Json) -> None:
        """Records words of the same text that change a claim's quotation."""
        quotation = self.quotations[change["quotation"]["ref"]]
        where = {"quotation": quotation["id"], "snapshot": quotation["snapshot"]}
        self.post("coder", "distortions/", {**change, **where})

    def record(self, outcome: Json) -> None:
        body = {name: value for name, value in outcome.items() if name != "ref"}
        body["citations"] = [
            {"source": {"id": self.sources[c["source"]["ref"]]}, "saw": c["saw"]}
            for c in outcome["citations"]
        ]
        body["propositions"] = [self.propositions[name] for name in outcome["propositions"]]
        self.outcomes[outcome["ref"]] = self.post("editor", "outcomes/", body)["id"]

    def judge(self, item: Json) -> None:
        """Opens the round, takes both verdicts, adjudicates what stays split, publishes."""
        proposition = self.propositions[item["proposition"]]
        opened = self.post("editor", "rounds/", {"proposition": proposition})
        path = f"rounds/{opened['id']}/"
        for verdict in item["verdicts"]:
            self.post(verdict["judge"], f"{path}verdicts/", self.body_of(verdict))
        if "adjudication" in item:
            self.post("editor", f"{path}verdicts/", self.body_of(item["adjudication"]))
        when = {"occurred_on": item["occurred_on"]} if "occurred_on" in item else {}
        resolution = self.post("editor", f"{path}resolve/", when)
        override = {"override_reason": self.example["override_reason"]}
        self.post("editor", f"resolutions/{resolution['id']}/publish/", override)

    def body_of(self, verdict: Json) -> Json:
        """A coded verdict as the API takes it."""
        body = {name: value for name, value in verdict.items() if name != "judge"}
        return {**body, "cited": [self.outcomes[ref] for ref in verdict["cited"]]}


def make_users() -> dict[str, Any]:
    """The example's users, who cannot log in until somebody gives them a password."""
    from django.contrib.auth.models import Group

    from tracker.models import User

    made = {}
    for username, (name, role) in USERS.items():
        first, _, last = name.partition(" ")
        user, _ = User.objects.get_or_create(
            username=username,
            defaults={"first_name": first, "last_name": last, "is_staff": True, "password": "!"},
        )
        user.groups.set([Group.objects.get(name=role)])
        made[username] = user
    return made


def poster(users: dict[str, Any]) -> Post:
    """Posts through the API in this process, and stops at the first answer that is no success."""
    from rest_framework.test import APIClient

    clients = {}
    for name, user in users.items():
        clients[name] = APIClient(SERVER_NAME="localhost")
        clients[name].force_authenticate(user)

    def post(user: str, path: str, body: Json) -> Json:
        answer = clients[user].post(f"/api/v1/{path}", body, format="json")
        if answer.status_code >= 300:
            raise AssertionError(f"{user} {path} {answer.status_code}: {answer.content.decode()}")
        found: Json = json.loads(answer.content)
        return found

    return post


NOUNS = [
    "User",
    "Organisation",
    "Person",
    "Affiliation",
    "Source",
    "Snapshot",
    "Quotation",
    "Relay",
    "Topic",
    "Proposition",
    "Claim",
    "Distortion",
    "Outcome",
    "Citation",
    "Evidence",
    "Round",
    "Verdict",
    "Resolution",
    "ScoreItem",
]
COMPUTED = ("known_as",)  # by the database, from the other columns


def state() -> list[Json]:
    """All that the example makes, with permanent identities instead of ids."""
    from django.core.management import call_command

    text = StringIO()
    call_command(
        "dumpdata",
        *[f"tracker.{noun}" for noun in NOUNS],
        use_natural_foreign_keys=True,
        use_natural_primary_keys=True,
        stdout=text,
    )
    rows: list[Json] = json.loads(text.getvalue())
    for row in rows:
        for name in COMPUTED:
            row["fields"].pop(name, None)
    return rows


def dump(path: Path) -> None:
    """Writes the fixture, a row a line."""
    lines = (json.dumps(row, ensure_ascii=False) for row in state())
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        os.environ["TRACKER_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        Player(poster(make_users())).play()
        dump(FIXTURE)
        call_command("db", "stop")
        sys.stdout.write(f"Wrote {FIXTURE}.\n")


if __name__ == "__main__":
    main()
