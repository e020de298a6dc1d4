"""Where a request for a staff page comes from, and where it was sent to."""

import ipaddress
from collections.abc import Callable

from fastapi import HTTPException, Request

from knowledge.settings import Settings

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def from_allowed_address(networks: tuple[str, ...]) -> Callable[[Request], None]:
    """Give the check that a request comes from one of these networks; of none, from anywhere.

    From elsewhere it is as if there were no staff pages.
    """
    allowed = _Allowed(networks)

    def check(request: Request) -> None:
        if not allowed.has(request):
            raise HTTPException(404)

    return check


class _Allowed:
    """The networks that may see pages of staff; none stands for all."""

    def __init__(self, networks: tuple[str, ...]) -> None:
        self.networks = [ipaddress.ip_network(text, strict=False) for text in networks]

    def has(self, request: Request) -> bool:
        if not self.networks:
            return True
        try:
            address = ipaddress.ip_address(request.client.host if request.client else "")
        except ValueError:
            return False
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return any(address in network for network in self.networks)


def is_for_staff(request: Request, settings: Settings) -> bool:
    """Say whether a request is for a page of staff, from where there are such pages."""
    path = request.url.path.removeprefix(settings.sub_path)
    return _is_staff(path) and _Allowed(settings.staff_networks).has(request)


def own_origin(request: Request, settings: Settings) -> str:
    """Give the address of our own website, as browsers see it."""
    if settings.public_origin and not settings.staff_port:
        return settings.public_origin
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def from_own_page(request: Request, settings: Settings) -> bool:
    """Say whether a form was sent by a page of ours: browsers say so, and nobody else's can."""
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    own = {f"http://{host}", f"https://{host}", settings.public_origin} - {""}
    return origin is not None and origin.lower() in own


def on_loopback(request: Request) -> bool:
    """Say whether the site was reached by plain HTTP on this very machine."""
    return request.url.scheme == "http" and request.url.hostname in _LOOPBACK


def local_path(path: str) -> str:
    """Give a path of a staff page to go to after sign-in; the first one for anything else."""
    plain = path.isascii() and path.isprintable() and "\\" not in path
    return path if plain and _is_staff(path) and path.startswith("/") else "/staff"


def _is_staff(path: str) -> bool:
    return path.split("?")[0].split("/")[1:2] in (["staff"], ["adviser"], ["editor"], ["admin"])
