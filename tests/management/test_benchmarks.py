"""A benchmark measures answers, never refusals, and the bare server reads the same database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application

from tracker.management.benchmarks import Figure, Refused, measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_request")]


def test_a_refusal_is_not_measured() -> None:
    def forbidding(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("403 Forbidden", [])
        return [b"no"]

    with pytest.raises(Refused, match=r"/health/ answered 403 Forbidden"):
        list(measure(forbidding, "no token"))


def test_an_address_without_its_token_is_a_refusal() -> None:
    with pytest.raises(Refused, match=r"/api/v1/claims/ answered 401"):
        list(measure(get_wsgi_application(), "no token"))


def test_the_ratio_says_how_many_we_answer_while_bare_answers_one() -> None:
    assert Figure("x", ours=4.0, bare=1.0).ratio == 0.25
