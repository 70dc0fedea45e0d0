"""Who is counted together, and that all workers count."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from rest_framework.test import APIRequestFactory

from tracker.api.throttles import PerAddress, caller, neighbourhood


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("nonsense", "", False),
    ],
    ids=["neighbours", "one household", "two households", "mapped", "no address"],
)
def test_an_address_stands_for_who_has_it(one: str, other: str, together: bool) -> None:
    assert (neighbourhood(one) == neighbourhood(other)) is together


@pytest.mark.parametrize(
    ("https", "seen"), [(False, "192.0.2.9"), (True, "198.51.100.7")], ids=["bare", "a proxy"]
)
def test_only_the_proxy_is_believed(settings: Any, https: bool, seen: str) -> None:
    settings.HTTPS = https
    forged = {"HTTP_X_FORWARDED_FOR": "203.0.113.1, 198.51.100.7", "REMOTE_ADDR": "192.0.2.9"}

    assert caller(APIRequestFactory().get("/", **forged)) == seen


@pytest.mark.django_db
def test_counts_are_kept_for_all_workers_and_nobodys_address_with_them() -> None:
    request = APIRequestFactory().get("/", REMOTE_ADDR="192.0.2.9")

    assert PerAddress().allow_request(request, None)

    key = PerAddress().get_cache_key(request, None)
    assert "192.0.2.9" not in key
    assert len(caches["shared"].get(key)) == 1
