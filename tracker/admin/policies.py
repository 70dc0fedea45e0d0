"""What a page may load and run: the Content-Security-Policy of every answer.

All pages of ours do without inline scripts and inline styles. On the workbench Unfold needs more:
Alpine, which opens its menus, compiles the expressions of its attributes (`unsafe-eval`); the
theme's colours, and what htmx shows while it waits, come as a <style> each, allowed by its hash.
Pictures of scores carry their style with them, so that they can be taken elsewhere; the
documentation page has a <style> of its own.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256

from django.http import HttpRequest, HttpResponse

from tracker.domain.drawing import STYLES

HEADER = "Content-Security-Policy"
# SHA-256 of a <style> that a library writes; a new version, or another colour in UNFOLD, is another
# hash, and the test says which.
THEME = "'sha256-DZ3nrGTj11hrWZ/f4K/m4MHmbs9niGOgeXn5DiRPBJk='"
INDICATORS = "'sha256-bsV5JivYxvGywDAZ22EZJKBFip65Ng9xoJVLbBg7bdo='"
DOCUMENTATION = "'sha256-MMpT0iDxyjALd9PdfepImGX3DBfJPXZ4IlDWdPAgtn0='"


def hashed(text: str) -> str:
    """The source by which a policy allows exactly this text between its tags."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


NOTHING = {"default-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'"}
STRICT = NOTHING | {
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
}
PICTURES = " ".join(hashed(style) for style in STYLES)
WORKBENCH = STRICT | {
    "script-src": "'self' 'unsafe-eval'",
    "style-src": f"'self' {THEME} {INDICATORS} {PICTURES}",
}
DOCS = STRICT | {"style-src": f"'self' {DOCUMENTATION}"}


def written(policy: Mapping[str, str]) -> str:
    """The policy as the header has it."""
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def policy_of(request: HttpRequest) -> Mapping[str, str]:
    """The tightest policy under which the page of this address works."""
    found = request.resolver_match
    if found and found.app_name == "admin":
        return WORKBENCH
    return DOCS if found and found.view_name == "docs" else STRICT


class ContentPolicy:
    """Middleware: gives each answer its policy, unless the view has set its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, written(policy_of(request)))
        return response
