"""The 17 claims of the worked example on which two defensible readings differ, and what became."""

from __future__ import annotations

from tests.aleppo import Json, coded
from tracker.models import Claim, Resolution

# Method and outcome by the codebook, "Who decides", 3, worked out by hand from the two readings.
NEAR = {  # 4 against 5 settles at 4, 1 against 2 at 2
    **dict.fromkeys(("C13", "C14", "C18", "C21", "C31", "C33", "C34"), ("near_agreed", "mostly")),
    "C28": ("near_agreed", "mostly_not"),
}
VOID = dict.fromkeys(("C07", "C25", "C38"), ("agreed", "void_condition"))  # on either reading
ADJUDICATED = {
    "C06": ("adjudicated", "mostly"),
    "C08": ("adjudicated", "came_true"),
    "C11": ("adjudicated", "did_not"),
    "C15": ("adjudicated", "came_true"),
    "C24": ("adjudicated", "partly"),
    "C32": ("adjudicated", "came_true"),
}
SETTLES = {**NEAR, **VOID, **ADJUDICATED}
PREFIX = "aleppo-2016-"


def example_of(*names: str) -> Json:
    """The worked example cut down to these claims and what was judged of them."""
    example = coded()
    wanted = {f"{PREFIX}{name}" for name in names}
    example["claims"] = [c for c in example["claims"] if c["external_id"] in wanted]
    judged = {*names, *(f"{name}.condition" for name in names)}
    example["judging"] = [j for j in example["judging"] if j["proposition"] in judged]
    given = [v for j in example["judging"] for v in (*j["verdicts"], j.get("adjudication"))]
    refs = {ref for verdict in given if verdict for ref in verdict["cited"]}
    example["outcomes"] = [o for o in example["outcomes"] if o["ref"] in refs]
    for outcome in example["outcomes"]:
        outcome["propositions"] = [p for p in outcome["propositions"] if p in judged]
    cited = {c["source"]["ref"] for o in example["outcomes"] for c in o["citations"]}
    example["sources"] = [s for s in example["sources"] if s["ref"] in cited]
    return example


def differ(item: Json) -> bool:
    """Whether the two readings of what was judged are not the same."""
    one, other = item["verdicts"]
    return any(one.get(part) != other.get(part) for part in ("condition", "outcome"))


def settled() -> dict[str, tuple[str, str]]:
    """How each of these claims was settled and published: method and outcome."""
    found = {}
    for claim in Claim.objects.filter(external_id__in=[f"{PREFIX}{name}" for name in SETTLES]):
        resolution = Resolution.objects.current().published().get(proposition=claim.proposition)
        name = claim.external_id.removeprefix(PREFIX)
        found[name] = (resolution.method, resolution.outcome)
    return found
