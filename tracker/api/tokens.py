"""Tokens: made with a password or a session, shown once, sent only in the Authorization header."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.authentication import (
    BaseAuthentication,
    BasicAuthentication,
    SessionAuthentication,
)
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.actions.tokens import Made, make_token, revoke_token
from tracker.api.access import TokenAuthentication
from tracker.api.base import refuse_unknown_parameters
from tracker.api.bodies import Body
from tracker.api.fields import Several, Text, find, optional_text
from tracker.api.rates import PerLoginAddress, PerLoginName
from tracker.api.receipts import Receipted
from tracker.domain.roles import Scope
from tracker.models import Token, User
from tracker.models.tokens import Shown

SECRET = {"Cache-Control": "no-store"}
KEY = OpenApiParameter("key", str, OpenApiParameter.PATH, description="The token's id.")


class TokenWish(Body):
    """What the token is to be; who you are, where neither a session nor HTTP Basic says so."""

    username = Text(required=False)
    password = Text(required=False)
    name = optional_text(help_text="What it is for.")
    scopes = Several(
        child=serializers.ChoiceField(choices=[(scope.value, scope.value) for scope in Scope]),
        help_text="What it may do, as far as you may; each of them reads. Left out: read.",
    )
    expires_at = serializers.DateTimeField(
        required=False, help_text="A year ahead at most. Left out: in 90 days."
    )


class TokenRead(serializers.Serializer[Any]):
    """A token by its name and use; the token itself was shown when it was made."""

    id = serializers.UUIDField(source="uuid")
    name = serializers.CharField(allow_blank=True)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=[(scope.value, scope.value) for scope in Scope])
    )
    made_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry")
    last_used_at = serializers.DateTimeField(
        allow_null=True, help_text="To the minute; null: never."
    )
    in_use = serializers.SerializerMethodField(help_text="This request came with it.")

    def get_in_use(self, token: Token) -> bool:
        auth = self.context["request"].auth
        return isinstance(auth, Shown) and auth.digest == token.pk


class NewToken(TokenRead):
    token = serializers.CharField(help_text="Shown this once; only its hash is stored.")


class TokenView(APIView):
    """One's own tokens, by a session or a token."""

    permission_classes = (AllowAny,)

    def get_authenticators(self) -> list[BaseAuthentication]:
        return [TokenAuthentication(), SessionAuthentication()]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, ())

    @property
    def by(self) -> User:
        user = self.request.user
        if not isinstance(user, User):
            raise NotAuthenticated
        return user

    def shown(self, token: Token) -> dict[str, Any]:
        return dict(TokenRead(token, context={"request": self.request}).data)


class Tokens(Receipted, TokenView):
    """Make a token, list your own, or revoke the one in use."""

    told_once = ("post",)

    def get_authenticators(self) -> list[BaseAuthentication]:
        if self.request is not None and self.request.method == "POST":
            return [BasicAuthentication(), SessionAuthentication()]
        return super().get_authenticators()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Before a password is looked at: a wrong one would end the request uncounted.
        for throttle in (PerLoginAddress(), PerLoginName()) if request.method == "POST" else ():
            if not throttle.allow_request(request, self):
                self.throttled(request, throttle.wait())
        super().initial(request, *args, **kwargs)

    @extend_schema(
        operation_id="tokens_list",
        summary="List your tokens in force",
        responses={200: TokenRead(many=True)},
    )
    def get(self, request: Request) -> Response:
        own = Token.objects.filter(user=self.by).in_force(timezone.now())
        return Response([self.shown(token) for token in own])

    @extend_schema(summary="Make a token", request=TokenWish, responses={201: NewToken})
    def post(self, request: Request) -> Response:
        wish = dict(TokenWish.read(request.data))
        password = {name: wish.pop(name) for name in ("username", "password") if name in wish}
        made = self._made(self._user(request, password), wish)
        return Response(
            {**self.shown(made.token), "token": made.secret}, status=201, headers=SECRET
        )

    def _made(self, user: User, wish: dict[str, Any]) -> Made:
        scopes = [Scope(name) for name in wish.pop("scopes", ())]
        return make_token(by=user, scopes=scopes, now=timezone.now(), **wish)

    def _user(self, request: Request, password: dict[str, str]) -> User:
        if isinstance(request.user, User):
            return request.user
        if set(password) != {"username", "password"}:
            raise NotAuthenticated
        user = authenticate(request._request, **password)
        if not isinstance(user, User):
            raise AuthenticationFailed("Unknown username, or the wrong password.")
        return user

    @extend_schema(
        operation_id="tokens_leave",
        summary="Revoke the token in use",
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request) -> Response:
        if not isinstance(request.auth, Shown):
            raise NotAuthenticated
        revoke_token(by=self.by, token=Token.objects.get(pk=request.auth.digest))
        return Response(status=204)


class TokenOf(TokenView):
    """One of your tokens; an administrator's are everybody's."""

    @extend_schema(summary="Read about one token", parameters=[KEY], responses=TokenRead)
    def get(self, request: Request, key: str) -> Response:
        return Response(self.shown(self._find(key)))

    @extend_schema(summary="Revoke a token", parameters=[KEY], request=None, responses={204: None})
    def delete(self, request: Request, key: str) -> Response:
        token = self._find(key)
        auth = request.auth
        if isinstance(auth, Shown) and auth.scopes == {Scope.READ} and auth.digest != token.pk:
            raise PermissionDenied
        revoke_token(by=self.by, token=token)
        return Response(status=204)

    def _find(self, key: str) -> Token:
        found = find(Token.objects.of(self.by), key)
        if not isinstance(found, Token):
            raise Http404
        return found
