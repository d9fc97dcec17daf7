"""Signing in to the API with a token: obtaining one with login and password, giving it back, how long it lives.

A token is a password of its own: one a person, thirty days by the machine's clock, ended by giving it back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import authenticate
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from drf_spectacular.utils import OpenApiResponse, extend_schema
from redis.exceptions import RedisError
from rest_framework import serializers, status
from rest_framework.authtoken.models import Token
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle, SimpleRateThrottle

from cases.api.base import Resource, problems
from cases.api.errors import SignInFailed, Unavailable
from cases.api.gate import LIVES
from cases.api.input import Instant, Strict, body
from coordination import audit
from coordination.models import User


class _Patient(SimpleRateThrottle):
    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the attempt; without the counter nobody may try, for then anybody could try without end."""
        try:
            return bool(super().allow_request(request, view))
        except RedisError:
            raise Unavailable(gettext("Signing in does not work at the moment.")) from None


class ByAddress(_Patient):
    """Thirty attempts a minute from one address."""

    scope, rate = "token-address", "30/min"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """Count by address."""
        return f"throttle:{self.scope}:{self.get_ident(request)}"


class ByLogin(_Patient):
    """Ten attempts a minute at one account, from wherever they come."""

    scope, rate = "token-login", "10/min"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """Count by the login tried."""
        data = request.data if isinstance(request.data, dict) else {}
        return f"throttle:{self.scope}:{str(data.get('login', ''))[:60].encode().hex()}"


class SignInShape(Strict):
    """Login and password."""

    login = serializers.CharField(max_length=60)
    password = serializers.CharField(max_length=200, trim_whitespace=False, write_only=True)


class TokenShape(serializers.Serializer[Any]):
    """A token, and when it ends."""

    token = serializers.CharField()
    expires_at = Instant()


class TokenView(Resource):
    """Obtaining a token and giving it back."""

    def get_permissions(self) -> list[BasePermission]:
        """Anybody may try to sign in; a token is given back by its person."""
        return [] if self.request.method == "POST" else [IsAuthenticated()]

    def get_throttles(self) -> list[BaseThrottle]:
        """Only attempts to sign in are counted."""
        return [ByAddress(), ByLogin()] if self.request.method == "POST" else []

    def get_authenticators(self) -> list[Any]:
        """An attempt to sign in is made by nobody yet; a stale header does not stand in its way."""
        return (
            [] if self.request is not None and self.request.method == "POST" else super().get_authenticators()
        )

    @extend_schema(
        operation_id="token_obtain", tags=["sign-in"], request=SignInShape, auth=[],
        responses={200: TokenShape, **problems(400, 401, 429)},
        description="Obtain a token with login and password. For everybody; at most ten attempts a minute.",
    )  # fmt: skip
    @transaction.atomic
    def post(self, request: Request) -> Response:
        """Check login and password, and hand out the person's token."""
        asked = body(SignInShape, request)
        user = authenticate(self.present, username=asked["login"], password=asked["password"])
        if not isinstance(user, User):
            raise SignInFailed(gettext("Login or password are wrong."))
        token = _token_of(user)
        audit.record(user, "token.obtained", at=self.now, subject=audit.Subject("user", user.pk))
        return Response(TokenShape({"token": token.key, "expires_at": token.created + LIVES}).data)

    @extend_schema(
        operation_id="token_revoke", tags=["sign-in"], request=None,
        responses={204: OpenApiResponse(description="The token is worth nothing any more."), **problems(401)},
        description="Give the own token back. For everybody who is signed in.",
    )  # fmt: skip
    @transaction.atomic
    def delete(self, request: Request) -> Response:
        """Forget the person's token."""
        gone, _ = Token.objects.filter(user=self.user).delete()
        if gone:
            audit.record(self.user, "token.revoked", at=self.now, subject=audit.Subject("user", self.user.pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _token_of(user: User) -> Token:
    """The person's token; one that is too old is replaced."""
    now: datetime = timezone.now()
    Token.objects.filter(user=user, created__lte=now - LIVES).delete()
    token, _ = Token.objects.get_or_create(user=user)
    return token
