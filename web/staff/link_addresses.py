"""The addresses of one-time links."""

from knowledge.settings import Settings


def link_path(token: str) -> str:
    """Give the path of the page for a one-time link's secret."""
    return f"/staff/password/{token}"


def link_address(settings: Settings, token: str) -> str:
    """Give the address of that page as far as the settings tell it, for a command to print."""
    port = settings.staff_port or settings.port
    origin = f"http://{settings.host}:{port}"
    if settings.public_origin and not settings.staff_port:
        origin = settings.public_origin
    return f"{origin}{settings.sub_path}{link_path(token)}"
