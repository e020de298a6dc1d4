"""A folder of training data about a garden, small enough to learn in seconds."""

import json
from pathlib import Path
from typing import Any

PASSAGES = [
    ("pond", "The pond", ["Fill the pond with rain water.", "Feed the fish twice a week in May."]),
    ("heap", "The heap", ["Turn the compost heap every month.", "Never put cooked food on it."]),
    ("roof", "The glasshouse", ["Open the roof at noon.", "Shut it before the sun goes down."]),
]
QUESTIONS = [
    ("pond", "how often are the fish fed", [1]),
    ("pond", "what kind of fish live there", []),
    ("heap", "when do I turn the compost", [0]),
    ("heap", "who turns the compost", []),
    ("roof", "what time is the roof opened", [0]),
    ("roof", "how much did the roof cost", []),
]
MESSAGES = [
    ("I have been suspended this morning", "suspension", "suspension"),
    ("they suspended me and took my laptop", "suspension", "suspension"),
    ("how long is maternity leave", "ordinary", "none"),
    ("what does the policy say about suspension", "ordinary", "suspension"),
    ("can I speak to a person", "person", "none"),
    ("would I win at a hearing", "own_case", None),
]


def write_data(folder: Path) -> Path:
    """Write a set of questions for each of two gardens, and the messages."""
    for body in ("our garden", "their garden"):
        place = folder / "reading" / body.replace(" ", "-")
        passages = [
            {"id": f"{body}:{name}", "body": body, "document": name, "title": title}
            | {"headings": [], "sentences": sentences}
            for name, title, sentences in PASSAGES
        ]
        questions = [
            {"passage": f"{body}:{name}", "question": question, "sentences": sentences}
            for name, question, sentences in QUESTIONS
        ]
        write(place / "passages.jsonl", passages)
        write(place / "questions.jsonl", questions)
    messages = [
        {"message": text, "kind": kind} | ({"matter": matter} if matter else {})
        for text, kind, matter in MESSAGES
    ]
    write(folder / "messages" / "garden.jsonl", messages)
    return folder


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
