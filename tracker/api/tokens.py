"""Tokens: made with a password or a session, shown once, sent only in the Authorization header."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from drf_spectacular.utils import extend_schema
from knox.views import LogoutView
from rest_framework import serializers
from rest_framework.authentication import (
    BaseAuthentication,
    BasicAuthentication,
    SessionAuthentication,
)
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions.users import issue_token
from tracker.api.access import TokenAuthentication
from tracker.api.base import Body, refuse_unknown_parameters
from tracker.api.fields import Text
from tracker.models import User


class Credentials(Body):
    """Who you are; nothing where a session or HTTP Basic says so already."""

    username = Text(required=False)
    password = Text(required=False)


class TokenRead(serializers.Serializer[Any]):
    token = serializers.CharField(help_text="Shown this once; only its hash is stored.")


class Tokens(LogoutView):  # type: ignore[misc]  # knox is untyped
    """Make a token, or revoke the one in use."""

    permission_classes = (AllowAny,)

    def get_authenticators(self) -> list[BaseAuthentication]:
        if self.request is not None and self.request.method == "DELETE":
            return [TokenAuthentication()]
        return [BasicAuthentication(), SessionAuthentication()]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, ())

    @extend_schema(
        summary="Make a token",
        request=Credentials,
        responses={201: TokenRead},
    )
    def post(self, request: Request) -> Response:
        return Response({"token": issue_token(user=self._user(request))}, status=201)

    def _user(self, request: Request) -> User:
        body = Credentials(data=request.data)
        body.is_valid(raise_exception=True)
        if isinstance(request.user, User):
            return request.user
        sent = body.validated_data
        if set(sent) != {"username", "password"}:
            raise NotAuthenticated
        user = authenticate(request._request, **sent)
        if not isinstance(user, User):
            raise AuthenticationFailed("Unknown username, or the wrong password.")
        return user

    @extend_schema(summary="Revoke the token in use", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        if request.auth is None:
            raise NotAuthenticated
        revoked: Response = super().post(request)
        return revoked
