"""The way to the Rasa server, on loopback."""

import logging
from typing import Any

import httpx

from knowledge.language.text import clean

logger = logging.getLogger(__name__)


class Rasa:
    """Sends messages to Rasa's REST channel.

    :param address: Rasa's address, such as http://127.0.0.1:5005.
    :param seconds: how long to wait for a reply.
    """

    def __init__(self, address: str, seconds: float) -> None:
        self._client = httpx.AsyncClient(base_url=address, timeout=seconds)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def send(self, sender: str, message: str) -> list[dict[str, Any]]:
        """Give Rasa's replies to a message; an empty list when it gives none or cannot be reached.

        :param sender: a conversation named by `Sessions.new_id`: a hostile one stops Rasa.
        """
        try:
            response = await self._client.post(
                "/webhooks/rest/webhook", json={"sender": sender, "message": as_said(message)}
            )
            response.raise_for_status()
            replies = response.json()
        except (httpx.HTTPError, ValueError) as error:
            # The kind of error only: its text can hold what was sent.
            logger.warning("Rasa gave no reply: %s", type(error).__name__)
            return []
        if not isinstance(replies, list):
            return []
        found = [reply.get("custom") for reply in replies if isinstance(reply, dict)]
        return [custom for custom in found if isinstance(custom, dict) and "status" in custom]


def as_said(message: str) -> str:
    """Give a message as Rasa may see it: cleaned, and never a command such as /restart."""
    return clean(message).lstrip("/ \n\t") or "?"
