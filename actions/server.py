"""The action endpoint: rasa-sdk's executor behind one route. Rasa alone may reach it."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions.member import member_actions
from knowledge.service import Service


def create_action_app(service: Service) -> FastAPI:
    """Make the app that Rasa calls to run an action; it must listen on loopback only."""
    executor = ActionExecutor()
    for action in member_actions(service):
        executor.register_action(action)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/webhook")
    async def webhook(request: Request) -> JSONResponse:
        call: dict[str, Any] = await request.json()
        # Rasa does not send the domain (enable_selective_domain) and our actions do not read it,
        # but the executor asks for one.
        call["domain"] = call.get("domain") or {"version": "3.1"}
        try:
            result = await executor.run(call)
        except ActionExecutionRejection as error:
            return JSONResponse({"error": str(error), "action_name": error.action_name}, 400)
        except ActionNotFoundException as error:
            return JSONResponse({"error": str(error), "action_name": error.action_name}, 404)
        return JSONResponse(result.model_dump() if result else {})

    return app
