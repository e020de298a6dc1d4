"""What several pages of editors show, and how they read what is asked for."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from knowledge.answers.notices import say_date
from web.server.site import Site
from web.server.words import shown_words


def guidance_frame(site: Site) -> dict[str, Any]:
    """Give what a page needs to show guidance: members' words, dates in words, the time zone."""

    def in_words(day: dt.date) -> str:
        return say_date(day, site.wording)

    return {
        "wording": shown_words(site.wording),
        "in_words": in_words,
        "zone": site.service.contacts.time_zone,
    }


def number_in(request: Request, name: str) -> int | None:
    """Give a whole number of the address, or None when there is none that can be used."""
    text = request.query_params.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def page_in(request: Request) -> int:
    """Give which page of a long list is asked for, from 1."""
    return max(number_in(request, "page") or 1, 1)


def query(values: Mapping[str, object], **changed: object) -> str:
    """Give the address's part behind the path, without what is empty."""
    all_values = {**values, **changed}
    text = urlencode({name: value for name, value in all_values.items() if value})
    return f"?{text}" if text else ""
