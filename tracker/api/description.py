"""The OpenAPI description as a whole: what no single view can say; kept in one copy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from drf_spectacular.generators import SchemaGenerator

from tracker.api import fieldsets, headers
from tracker.api.examples import BODIES

Json = dict[str, Any]
DATA = Path(__file__).resolve().parent.parent / "data"
WRITTEN = "#/components/examples/"
PROBLEM = "application/problem+json"
# Nouns in the order of the work, and what each is.
TAGS = {
    "claims": "Who said what, how surely, in exact words.",
    "sources": "Documents: articles, posts, broadcasts, reports.",
    "captures": "Pages asked for by their address, or uploaded, and what became of each.",
    "snapshots": "Texts as they stood when they were captured; they never change.",
    "quotations": "Words of a snapshot, to the letter, and the way they came.",
    "annotations": "Quotations out of other people's tools.",
    "anchorings": "Where quoted words stand in later captures of their page.",
    "distortions": "Places where a headline or a relay sharpened what was said.",
    "people": "Identifiable people whose claims are logged.",
    "organisations": "Institutions that speak, employ speakers or publish.",
    "topics": "What claims are about: a tree.",
    "propositions": "Neutral sentences that the world can make wrong, by a day.",
    "duplicates": "Records that may be one, proposed, merged or kept apart.",
    "readings": "What readers take a hedge to mean, blind.",
    "lexicons": "Published readings of hedge words, version by version.",
    "outcomes": "Dated facts with their sources.",
    "rounds": "Propositions under judgement.",
    "assignments": "Seats of judges in rounds.",
    "overrides": "Exceptions from the separation of duties, with their reasons.",
    "verdicts": "What one judge answers in a round.",
    "resolutions": "What was decided, version by version; published after a right of reply.",
    "replies": "What speakers reply, verbatim.",
    "reply-links": "Links by which a speaker replies without a login.",
    "reply": "The page behind such a link.",
    "disputes": "Appeals against a resolution, and the rulings.",
    "scores": "Every figure with its n, interval, reader band and exclusions.",
    "score-runs": "Published tables that anybody can compute again.",
    "agreement": "How far coders agree.",
    "events": "What happened in the record, newest first; `order=id` follows along.",
    "calendars": "Private addresses of calendars of what comes due.",
    "tokens": "Keys for programs.",
    "root": "Where to begin.",
}
SINGULAR = {"people": "person", "replies": "reply", "reply-links": "reply link"}
PARAMETERS = {
    "key": "Id or uuid; where the record has one, its slug.",
    "kind": "Of this kind.",
    "version": "Version, such as 1.0.",
    "token": "The secret of the address.",
    "form": "`link` (RFC 7089) or `json`.",
    "external_id": "Your own reference.",
    "record": "Id of the record that it is about.",
    "standing": "Subjects of this tier only.",
    "ended": "Whether it has ended, well or not.",
    "frozen": "Whether the wording is fixed.",
    "merged": "Whether it was merged into another.",
    "published": "Whether it is published.",
    "current": "Whether it stands, or was superseded.",
    "open": "Whether it is still open.",
    "revoked": "Whether it was revoked.",
    "used": "Whether it was used.",
    "found_nothing": "Whether the search for evidence found nothing.",
    "coded_after_outcome": "Whether it was coded after the outcome was known.",
    "conditional": "Whether it has a condition.",
}
ANSWERS = {"200": "As it stands now.", "201": "Made; the whole record.", "204": "Done."}
_building = Lock()
_built: Json = {}


def description() -> Json:
    """Returns the description of every address; building it takes about a second."""
    with _building:
        if not _built:
            generator: Any = SchemaGenerator
            _built.update(generator().get_schema(request=None, public=True))
    return _built


def complete(result: Json, **_: Any) -> Json:
    """Adds to a generated description what it needs to be read on its own."""
    result["info"]["description"] = (DATA / "api.md").read_text()
    tags = {operation["tags"][0] for _, _, operation in operations(result)}
    result["tags"] = [{"name": n, "description": t} for n, t in TAGS.items() if n in tags]
    _name(result)
    shapes = result["components"]["schemas"]
    shapes |= fieldsets.shapes()
    for name, shape in shapes.items():
        _plain(name, shape)
    examples = _examples()
    kept = {n: {"value": v} for n, v in examples.items() if n in shapes or n.isdigit()}
    result["components"]["examples"] = kept
    for method, path, operation in operations(result):
        _tell(method, path, operation)
        _need(operation, shapes)
        _show(operation, kept)
        headers.tell(method, path, operation)
    result["components"]["headers"] = headers.components()
    _link(result)
    return result


def operations(result: Json) -> Iterator[tuple[str, str, Json]]:
    """Yields method, path and operation."""
    for path, item in result["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


@cache
def _examples() -> Json:
    """Examples by the name of the component that they are of; of problems by status."""
    return {**BODIES, **json.loads((DATA / "api_examples.json").read_text())}


def _name(result: Json) -> None:
    """Gives operations names that read well in clients: claims_freeze, not claims_freeze_create."""
    found = [operation for _, _, operation in operations(result)]
    taken = {operation["operationId"] for operation in found}
    for operation in found:
        # exports/all.zip: a name that no language takes has no dot.
        old = operation["operationId"].replace(".", "_")
        new = re.sub("_retrieve$", "_read", re.sub("_partial_update$", "_change", old))
        bare = re.sub("_(create|list)$", "", new)
        if bare.count("_") and not {f"{bare}_create", f"{bare}_list"} <= taken:
            noun = operation["tags"][0].replace("-", "_")
            new = bare if bare != noun else new
        operation["operationId"] = new


def _tell(method: str, path: str, operation: Json) -> None:
    """Says in words what the operation does and what its parameters mean."""
    noun = operation["tags"][0]
    one = SINGULAR.get(noun, noun.removesuffix("s"))
    usual = f"List {noun.replace('-', ' ')}" if "{" not in path else f"Read one {one}"
    operation.setdefault("summary", usual)
    operation.setdefault("description", f"{operation['summary']}.")
    for parameter in operation.get("parameters", []):
        name, text = parameter["name"], parameter.get("description", "")
        if not text or text.startswith("* `"):
            parameter["description"] = _meaning(name)
    for status, answer in operation["responses"].items():
        answer["description"] = answer["description"] or ANSWERS.get(status, "As described.")


def _need(operation: Json, shapes: Json) -> None:
    """Says that a body is needed, where some field of it is."""
    body = operation.get("requestBody", {})
    for content in body.get("content", {}).values():
        ref = content["schema"].get("$ref", "").rpartition("/")[2]
        if not ref or shapes[ref].get("required") or "oneOf" in shapes[ref]:
            body["required"] = True


def _meaning(name: str) -> str:
    if name in PARAMETERS:
        return PARAMETERS[name]
    stem, _, side = name.rpartition("_")
    if side in ("from", "to"):
        return f"{stem.capitalize()} on this day or {'later' if side == 'from' else 'earlier'}."
    return f"With this {name}: its id, or one of the values that are listed."


def _plain(name: str, shape: Json) -> None:
    """Takes out what speaks to our own programmers."""
    text = shape.get("description", "")
    if "`makes`" in text or text.startswith("A record as it goes out"):
        del shape["description"]
    if "enum" in shape:
        shape["description"] = _values(shape["enum"], text)


def _values(values: list[str], text: str) -> str:
    labels = dict(re.findall(r"\* `([^`]*)` - (.*)", text))
    known = _meanings()
    told = ((v, known.get(v) or labels.get(v, v)) for v in values)
    return "\n".join(f"* `{value}`: {meaning}" for value, meaning in told)


@cache
def _meanings() -> Mapping[str, str]:
    found: Mapping[str, str] = json.loads((DATA / "api_values.json").read_text())
    return found


def _show(operation: Json, kept: Json) -> None:
    """Sets beside bodies and answers what one looks like; every problem has an example."""
    contents = [operation.get("requestBody", {}).get("content", {})]
    contents += [answer.get("content", {}) for answer in operation["responses"].values()]
    for content in contents:
        for media_type, body in content.items():
            name = str(body.get("schema", {}).get("$ref", "")).rpartition("/")[2]
            if media_type == "application/json" and name in kept and "examples" not in body:
                body["examples"] = {name: {"$ref": f"{WRITTEN}{name}"}}
    for status, answer in operation["responses"].items():
        if status in kept and PROBLEM in answer.get("content", {}):
            answer["content"][PROBLEM]["examples"] = {status: {"$ref": f"{WRITTEN}{status}"}}


KEY = {"key": "$response.body#/id"}
KEY_OF_FIRST = {"parameters": {"key": "$response.body#/results/0/id"}}


def _link(result: Json) -> None:
    """Links what makes or lists records to what may be done with them."""
    paths = result["paths"]
    for path, item in paths.items():
        onward = {
            step["operationId"]: {**KEY_OF_FIRST, "operationId": step["operationId"]}
            for further, steps in paths.items()
            if further.startswith(f"{path}{{key}}/") and further.count("{") == path.count("{") + 1
            for step in steps.values()
        }
        made = item.get("post", {}).get("responses", {}).get("201")
        listed = item.get("get", {}).get("responses", {}).get("200")
        if made and onward:
            made["links"] = {n: {**link, "parameters": KEY} for n, link in onward.items()}
        if listed and onward:
            listed["links"] = onward
