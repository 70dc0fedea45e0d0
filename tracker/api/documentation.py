"""The description for programs, JSON or YAML, and for people: a page that needs no other server."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any

import orjson
import yaml
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularSwaggerSplitView

from tracker.api.description import DATA, description

JSON, YAML = "application/vnd.oai.openapi+json", "application/vnd.oai.openapi"
FORMATS = {"json": JSON, "yaml": YAML}
AGENTS = DATA / "llms.txt"
KEPT = 300
"""Seconds for which a client may keep the description without asking again."""

docs = require_safe(SpectacularSwaggerSplitView.as_view(url_name="schema"))


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Answers with the OpenAPI description; JSON unless `?format=yaml` or Accept says otherwise."""
    body, etag = written(form_of(request))
    answer = HttpResponse(body, content_type=FORMATS[form_of(request)])
    answer["ETag"] = etag
    answer["Vary"] = "Accept"
    answer["Cache-Control"] = f"public, max-age={KEPT}"
    answer["Access-Control-Allow-Origin"] = "*"
    found: Any = get_conditional_response(request, etag, response=answer)
    return found or answer


def form_of(request: HttpRequest) -> str:
    """Returns json or yaml."""
    named = request.GET.get("format")
    if named in FORMATS:
        return str(named)
    return "yaml" if request.get_preferred_type([JSON, YAML]) == YAML else "json"


@cache
def written(form: str) -> tuple[bytes, str]:
    """Returns the description in one form, and its ETag; made once in each process."""
    body = orjson.dumps(description()) if form == "json" else _yaml()
    return body, f'"{sha256(body).hexdigest()[:32]}"'


def _yaml() -> bytes:
    plain = orjson.loads(orjson.dumps(description()))
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True).encode()


@require_safe
def for_agents(request: HttpRequest) -> HttpResponse:
    """Answers with what a language model needs to find its way (llmstxt.org)."""
    site = request.build_absolute_uri("/").rstrip("/")
    places = {name: f"{site}{reverse(name)}" for name in ("root", "schema", "docs")}
    return HttpResponse(
        AGENTS.read_text().format(**places), content_type="text/plain; charset=utf-8"
    )
