"""What a request's body holds."""

import json
from typing import Any

from fastapi import Request

from web.server.problems import Problem


async def read_object(request: Request) -> dict[str, Any]:
    """Read a JSON object from a request's body.

    :raises Problem: if the body is no JSON object.
    """
    try:
        values = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Problem(400, "bad_request") from None
    if not isinstance(values, dict):
        raise Problem(400, "bad_request")
    return values
