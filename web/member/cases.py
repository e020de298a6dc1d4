"""What members send to people: cases and feedback; and the check before they send."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request

from knowledge.messages.personal_data import find_personal_data
from people.cases import read_case
from people.feedback import read_feedback
from people.fields import BadField
from web.member.chat import can_be_kept, read_message
from web.server.body import read_object
from web.server.problems import Problem
from web.server.site import Site


def people_routes(site: Site) -> APIRouter:
    """Give the routes for cases, feedback and the check for personal data."""
    routes = APIRouter()

    @routes.post("/cases")
    async def add_case(request: Request) -> dict[str, Any]:
        values = await read_object(request)
        session = site.sessions.of(values.get("session"))
        site.rates.count(request, session)
        try:
            case = read_case(values)
            reference = await asyncio.to_thread(site.cases.add, case, session)
        except BadField as problem:
            raise Problem(422, "bad_case", problem=str(problem)) from None
        return {"reference": reference, "expect": site.advice_line.expect()}

    @routes.delete("/cases/{reference}")
    def take_back(reference: str, request: Request) -> dict[str, Any]:
        session = site.sessions.of(request.headers.get("x-session"))
        if not site.cases.delete(reference, session):
            raise Problem(404, "not_found")
        return {"deleted": True}

    @routes.post("/feedback")
    async def add_feedback(request: Request) -> dict[str, Any]:
        values = await read_object(request)
        session = site.sessions.of(values.get("session"))
        site.rates.count(request, session)
        try:
            feedback = read_feedback(values)
        except BadField as problem:
            raise Problem(422, "bad_case", problem=str(problem)) from None
        await asyncio.to_thread(site.feedback.add, feedback)
        message_id = values.get("message_id")
        if can_be_kept(message_id):
            site.questions.judge_later(session, message_id, feedback.helpful)
        return {"stored": True}

    @routes.post("/check")
    async def check(request: Request) -> dict[str, Any]:
        values = await read_object(request)
        site.rates.count_check(request)
        message = read_message(site, values.get("message"))
        found = await asyncio.to_thread(lambda: find_personal_data(message, site.entities()))
        return {"personal_data": [{"kind": item.kind, "text": item.text} for item in found]}

    return routes
