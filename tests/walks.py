"""Every address of every door, as the URL resolver knows them, with records to fill them in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver, get_resolver

from tracker.actions.scores import Subject
from tracker.api.urls import NOUNS
from tracker.models import Claim

PARAMETER = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")
NOUN_OF = {view.noun: view for view in NOUNS}


@dataclass(frozen=True)
class Route:
    """One pattern of the resolver, from the root: `admin/tracker/claim/<path:object_id>/`."""

    pattern: str

    @property
    def parameters(self) -> list[str]:
        return [one or other for one, other in PARAMETER.findall(self.pattern)]

    @property
    def steps(self) -> list[str]:
        return [step.lstrip("^") for step in self.pattern.split("/")]

    def address(self, values: Sequence[str]) -> str:
        left = list(values)
        filled = PARAMETER.sub(lambda _: left.pop(0).replace("\\", "\\\\"), self.pattern)
        return "/" + filled.replace("^", "").replace("$", "")


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[Route]:
    """All routes of the site, those of included modules too."""
    for found in (resolver or get_resolver()).url_patterns:
        pattern = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from routes(found, pattern)
        else:
            yield Route(pattern)


def keys(model: Any, most: int = 8) -> list[str]:
    """The ids of a model's rows, the oldest and the newest where they are many."""
    rows = [str(pk) for pk in model._default_manager.order_by("pk").values_list("pk", flat=True)]
    return rows if len(rows) <= most else rows[: most // 2] + rows[-most // 2 :]


def names(model: Any) -> list[str]:
    """The other names of a model's oldest row in addresses."""
    row = model._default_manager.order_by("pk").first()
    return [str(getattr(row, name)) for name in ("uuid", "slug") if hasattr(row, name)]


class Filling:
    """What goes into the parameters of a route; LookupError where nobody has said it yet.

    `known` holds the values of parameters that no model answers for, such as a person's own token,
    by the first step of the route and the parameter.
    """

    def __init__(self, known: Mapping[tuple[str, str], Sequence[str]]) -> None:
        self.known = known

    def addresses(self, route: Route) -> list[str]:
        values = [self.values(route, name) for name in route.parameters]
        return [route.address(chosen) for chosen in product(*values)]

    def values(self, route: Route, name: str) -> Sequence[str]:
        steps = route.steps
        if (steps[0], name) in self.known:
            return self.known[steps[0], name]
        if steps[:3] == ["api", "v1", "scores"]:
            return self.subjects(name)
        if steps[:3] == ["api", "v1", "tokens"]:
            return ["1"]
        if steps[:2] == ["api", "v1"] and name == "key" and steps[2] in NOUN_OF:
            model = NOUN_OF[steps[2]].queryset.model
            return keys(model) + (names(model) if len(steps) < 5 else [])
        if steps[:2] == ["admin", "r"]:
            types = ContentType.objects.filter(app_label="tracker").values_list("pk", flat=True)
            return ["1"] if name == "object_id" else [str(pk) for pk in types[:4]]
        if steps[0] == "admin" and name in ("object_id", "id") and len(steps) > 3:
            few = steps[2] in ("user", "hedgeterm", "lexicon")
            return keys(apps.get_model(steps[1], steps[2]), 2 if few else 8) or ["1"]
        if steps[:3] == ["admin", "tracker", "duplicate"] and name != "object_id":
            return ["claim", "proposition"] if name == "noun" else keys(Claim, 2)
        if steps[0] == "admin" and name in ("app_label", "url"):
            return {"app_label": ["tracker"], "url": ["nothing"]}[name]
        raise LookupError(
            f"The walk knows no value of <{name}> in {route.pattern}: say it in tests/walks.py, "
            "so that this door is walked as a judge, too."
        )

    def subjects(self, name: str) -> Sequence[str]:
        if name == "kind":
            return [subject.value for subject in Subject]
        models = [apps.get_model("tracker", model) for model in ("person", "organisation", "topic")]
        return sorted({key for model in models for key in keys(model, 2)})
