"""A word typed to the running product is in no file of its data folder once it is cleared."""

import json
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.product import Running

pytestmark = pytest.mark.servers

# JSON writes the second word's accent as an escape; SQLite and logs may write it either way.
WORDS = ("quixotic4711", "éblouissant4711")
MESSAGES = (
    "What does off-rolling mean for the {} pupil?",
    "I have been suspended from {} school today",
    "Which {} lightbulbs should the caretaker buy?",
    "Can I talk to a real person about {} please?",
)
STATUSES = {"answered", "urgent"}


def files_with(folder: Path, word: str) -> set[str]:
    """Give the files that hold a word, as it is or escaped."""
    forms = {word.encode(), json.dumps(word).strip('"').encode(), word.encode("utf-16-le")}
    found = set()
    for path in folder.rglob("*"):
        try:
            content = path.read_bytes() if path.is_file() else b""
        except FileNotFoundError:
            continue  # a journal that was finished meanwhile
        if any(form in content for form in forms):
            found.add(path.name)
    return found


def test_a_word_is_in_no_file_after_its_conversation_was_cleared(
    http: httpx.Client, running: Running
) -> None:
    session, statuses = None, set()
    for message in MESSAGES:
        for word in WORDS:
            asked = {"message": message.format(word), "session": session, "message_id": uuid4().hex}
            response = http.post("/chat", json=asked)
            assert response.status_code == 200, response.text
            session = response.json()["session"]
            statuses |= {reply["status"] for reply in response.json()["replies"]}
    assert statuses >= STATUSES
    assert statuses & {"not_covered", "out_of_scope"}
    for word in WORDS:
        found = files_with(running.home, word)
        assert "conversations.db" in found
        assert found & {"advice.db", "advice.db-wal"}
    assert http.delete("/conversation", headers={"x-session": session or ""}).json() == {
        "deleted": True
    }
    assert [files_with(running.home, word) for word in WORDS] == [set(), set()]
