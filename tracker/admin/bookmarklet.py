"""The bookmarklet: a link that takes the words selected in any web page to the log form."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse


def bookmarklet(request: HttpRequest) -> str:
    """The link's address: code that runs in the reader's page and opens this site's log form.

    What it brings travels behind the # of the form's address, which browsers send to no server.
    """
    address = request.build_absolute_uri(reverse("admin:tracker_claim_add"))
    code = render_to_string("tracker/bookmarklet.js", {"address": address})
    lines = (line.strip() for line in code.splitlines())
    return "javascript:" + quote("\n".join(line for line in lines if line))
