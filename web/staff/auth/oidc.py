"""Sign-in through the organisation's own OpenID Connect provider."""

import logging
from collections.abc import Mapping
from typing import Any

from authlib.integrations.starlette_client import OAuth, OAuthError
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from itsdangerous import BadSignature, URLSafeTimedSerializer

from knowledge.settings import Settings
from people.accounts import ROLES, Role
from people.errors import BadName, NameTaken, StaffError, SwitchedOff
from web.server.site import Site
from web.staff.addresses import local_path, own_origin
from web.staff.auth.access import Refused
from web.staff.auth.cookies import set_cookie
from web.staff.auth.sign_in import signed_in
from web.staff.pages import Pages

_PATH = "/staff/oidc"
_COOKIE = "staff_oidc"
_SECONDS = 600  # how long somebody may take at the provider
_NAMES = ("preferred_username", "email", "sub")

logger = logging.getLogger(__name__)


def oidc_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of sign-in at the provider; none when no provider is set."""
    routes = APIRouter()
    settings, root = site.settings, site.settings.sub_path
    if not settings.oidc_issuer:
        return routes
    provider = _provider(settings)
    kept = URLSafeTimedSerializer(site.secret, salt="staff-oidc")

    @routes.get(_PATH)
    async def begin(request: Request) -> Response:
        if not site.staff.rates.within(request, None):
            raise Refused(429, "too_many")
        # Authlib keeps state, nonce and PKCE's verifier here; we keep it in a cookie of our own.
        session: dict[str, Any] = {}
        request.scope["session"] = session
        try:
            redirect: Response = await provider.authorize_redirect(
                request, f"{own_origin(request, settings)}{root}{_PATH}/callback"
            )
        except Exception as error:  # Authlib brings whichever HTTP client it finds, with its errors
            logger.error("The sign-in provider cannot be asked: %s", type(error).__name__)
            raise Refused(503, "provider_away") from None
        session["next"] = local_path(request.query_params.get("next", ""))
        set_cookie(request, redirect, root, _COOKIE, kept.dumps(session), _SECONDS)
        return redirect

    @routes.get(f"{_PATH}/callback")
    async def finish(request: Request) -> Response:
        try:
            session = kept.loads(request.cookies.get(_COOKIE, ""), max_age=_SECONDS)
        except BadSignature:
            raise Refused(403, "provider_refused") from None
        request.scope["session"] = session
        claims = await _claims(provider, settings, request)
        subject = f"{claims['iss']} {claims['sub']}"
        role = mapped_role(settings, claims)
        if role is None:
            await run_in_threadpool(site.staff.users.not_allowed_elsewhere, subject)
            raise Refused(403, "no_role")
        try:
            user = await run_in_threadpool(
                site.staff.users.signed_in_elsewhere, subject, _name(claims), role
            )
        except StaffError as problem:
            codes = {NameTaken: "name_taken", SwitchedOff: "switched_off", BadName: "bad_name"}
            raise Refused(403, codes.get(type(problem), "no_role")) from None
        response = await signed_in(site, pages, request, user, str(session.get("next", "")))
        response.delete_cookie(_COOKIE, path=root or "/", httponly=True, samesite="lax")
        return response

    return routes


def mapped_role(settings: Settings, claims: Mapping[str, Any]) -> Role | None:
    """Give the highest role that the settings give to what the provider says of a person."""
    found: set[str] = set()
    for rule in settings.oidc_rules:
        values = claims.get(rule.claim)
        values = values if isinstance(values, list) else [values]
        if rule.value in [str(value) for value in values if value is not None]:
            found.add(rule.role)
    return next((role for role in reversed(ROLES) if role in found), None)


def _provider(settings: Settings) -> Any:
    oauth = OAuth()
    return oauth.register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret or None,
        server_metadata_url=f"{settings.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"},
    )


async def _claims(provider: Any, settings: Settings, request: Request) -> dict[str, Any]:
    """Give what the provider says of a person, checked: state, PKCE, nonce, signature, issuer."""
    try:
        token = await provider.authorize_access_token(request)
        claims = dict(token["userinfo"])
        if str(claims["iss"]).rstrip("/") != settings.issuer:
            raise OAuthError("another provider")
        # Providers often say the groups only here.
        if "userinfo_endpoint" in await provider.load_server_metadata():
            more = dict(await provider.userinfo(token=token))
            if more.get("sub") != claims["sub"]:
                raise OAuthError("another person")
            claims = {**more, **claims}
    except Exception as error:  # whatever comes from outside and is not right signs nobody in
        # The kind only: the text can hold what the provider said of a person.
        logger.warning("A sign-in at the provider failed: %s", type(error).__name__)
        raise Refused(403, "provider_refused") from None
    return claims


def _name(claims: Mapping[str, Any]) -> str:
    return next((str(claims[name]) for name in _NAMES if claims.get(name)), "")
