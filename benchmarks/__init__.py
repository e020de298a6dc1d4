"""Benchmarks: what is measured, and against whom."""

from pathlib import Path

from knowledge.training.examples import read_questions

LONG = 25  # words; a question with more is a story, and is timed apart
OURS = Path(__file__).resolve().parent.parent / "knowledge" / "training" / "data" / "reading"


def our_questions() -> list[str]:
    """Give the questions about the bundled guidance that we wrote for training, each once."""
    return list(dict.fromkeys(each.question for each in read_questions(OURS)))
